import { afterEach, beforeEach, expect, test } from 'vitest';
import { startService, type Service } from '../testing/testService.ts';

/** Change events of folders that others share (docs/decisions/0024-sharing.md). */

let service: Service;
let folderId: string;
beforeEach(async () => {
  service = await startService();
  folderId = String((await service.send('POST', '/me/taskfolders', { Name: 'Trip' })).body['Id']);
});
afterEach(async () => {
  service.events.close();
  await service.close();
});

type Event = { event: string; data: unknown };

/** Reads events one by one; comments are skipped. */
async function listen(bearer: string, headers: Record<string, string> = {}) {
  const response = await service.open('/threefold/v1/events', { Authorization: `Bearer ${bearer}`, ...headers });
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  return async (): Promise<Event | undefined> => {
    while (!text.includes('\n\n')) {
      const piece = await reader?.read();
      if (piece === undefined || piece.done) return undefined;
      text += piece.value;
    }
    const [block = ''] = text.split('\n\n', 1);
    text = text.slice(block.length + 2);
    const fields = new Map(block.split('\n').map((line) => [line.split(':', 1)[0], line.replace(/^\w*: /, '')]));
    return { event: fields.get('event') ?? '', data: JSON.parse(fields.get('data') ?? '{}') as unknown };
  };
}

async function share(address: string, role = 'write'): Promise<string> {
  const path = `/threefold/v1/taskfolders/${folderId}/permissions`;
  return `${path}/${(await service.request('POST', path, { emailAddress: { address }, role })).body['id']}`;
}

const shared = (folders: readonly string[], access = false) => ({
  event: 'shared',
  data: { mailboxes: folders.length === 0 ? [] : [{ address: 'ann@example.com', folders }], access },
});

test('a guest is notified at once of a shared, changed, renamed and withdrawn folder, and of nothing else', async () => {
  const next = await listen('bob-shared');
  expect((await next())?.event).toBe('hello');
  const path = await share('bob@example.com');
  expect(await next()).toEqual(shared([], true));
  await service.send('POST', '/me/tasks', { Subject: 'Elsewhere' });
  await service.send('POST', `/me/taskfolders('${folderId}')/tasks`, { Subject: 'Secret', Sensitivity: 'Private' });
  const task = (await service.send('POST', `/me/taskfolders('${folderId}')/tasks`, { Subject: 'Tickets' })).body['Id'];
  expect(await next()).toEqual(shared([folderId]));
  await service.send('PATCH', `/me/tasks('${task}')`, { Sensitivity: 'Private' });
  expect(await next()).toEqual(shared([folderId]));
  await service.send('PATCH', `/me/tasks('${task}')`, { Subject: 'Hotel' });
  await service.send('DELETE', `/me/tasks('${task}')`);
  await service.send('PATCH', `/me/taskfolders('${folderId}')`, { Name: 'Journey' });
  expect(await next()).toEqual(shared([], true));
  await service.request('PATCH', path, { role: 'read' });
  expect(await next()).toEqual(shared([], true));
  await service.request('DELETE', path);
  expect(await next()).toEqual(shared([], true));
  await service.send('POST', `/me/taskfolders('${folderId}')/tasks`, { Subject: 'Not for Bob' });
  await service.send('POST', '/me/tasks', { Subject: 'Mine' }, { Authorization: 'Bearer bob' });
  expect((await next())?.event).toBe('change');
});

test('the owner and other guests are notified of a guest’s write', async () => {
  await share('bob@example.com');
  await share('cy@example.com', 'read');
  const [owner, other] = [await listen('ann'), await listen('cy-shared')];
  await Promise.all([owner(), other()]);
  const path = `/users/ann@example.com/taskfolders('${folderId}')/tasks`;
  const made = await service.send('POST', path, { Subject: 'Tickets' }, { Authorization: 'Bearer bob-shared' });
  expect(made.status).toBe(201);
  expect(await owner()).toMatchObject({ event: 'change', data: { folders: [folderId], structure: false } });
  expect(await other()).toEqual(shared([folderId]));
});

test('a token without the shared scope gets none of these events; a resuming client is told that anything may have changed', async () => {
  await share('bob@example.com');
  const [plain, resumed] = [await listen('bob'), await listen('bob-shared', { 'Last-Event-ID': '2' })];
  expect((await plain())?.event).toBe('hello');
  expect((await resumed())?.event).toBe('hello');
  expect(await resumed()).toEqual(shared([folderId], true));
  await service.send('POST', `/me/taskfolders('${folderId}')/tasks`, { Subject: 'Tickets' });
  expect(await resumed()).toEqual(shared([folderId]));
  await service.send('POST', '/me/tasks', { Subject: 'Mine' }, { Authorization: 'Bearer bob' });
  expect((await plain())?.event).toBe('change');
});
