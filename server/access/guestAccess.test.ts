import { valuesOf, toJson, listOf } from '../testing/json.ts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readDeltaPage } from '../../src/wire/odata/deltaPage.ts';
import { annId, cyId, startService, tenantId, type TestResponse, type Service } from '../testing/testService.ts';

/** What a guest can read and write in a shared folder (docs/decisions/0024-sharing.md). */

let service: Service;
let shared: string;
let other: string;
beforeEach(async () => {
  service = await startService();
  shared = await made('/me/taskfolders', { Name: 'Trip' });
  other = await made('/me/taskfolders', { Name: 'Diary' });
  await share('bob', 'write');
});
afterEach(() => service.close());

const as = (bearer: string) => ({ Authorization: `Bearer ${bearer}` });
const users = '/users/ann@example.com';
const codeOf = ({ status, body }: TestResponse) => [status, body['error']?.['code']];

async function made(path: string, body: object, bearer = 'ann'): Promise<string> {
  const answer = await service.send('POST', path, body, as(bearer));
  expect(answer.status).toBe(201);
  return String(answer.body['Id']);
}

/** Returns the path of the permission. */
async function share(name: string, role: 'read' | 'write', folder = shared): Promise<string> {
  const path = `/threefold/v1/taskfolders/${folder}/permissions`;
  const answer = await service.request('POST', path, { emailAddress: { address: `${name}@example.com` }, role });
  expect([200, 201]).toContain(answer.status);
  return `${path}/${answer.body['id']}`;
}

const task = (subject: string, more: object = {}, folder = shared) =>
  made(`/me/taskfolders('${folder}')/tasks`, { Subject: subject, ...more });
const asBob = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
  service.send(method, path, body, { ...as('bob-shared'), ...headers });
const subjects = (answer: TestResponse) => valuesOf(answer.body).map((one) => String(one['Subject']));

test('lists contain only what is shared, and name its owner', async () => {
  await task('Tickets', { Categories: ['Rail'] });
  await task('Hidden', { Sensitivity: 'Private', Categories: ['Love'] });
  await task('Dear diary', {}, other);
  for (const key of [annId, `${annId}@${tenantId}`, 'ANN@Example.com']) {
    expect(subjects(await asBob('GET', `/users('${key}')/tasks`))).toEqual(['Tickets']);
  }
  const folders = await asBob('GET', `${users}/taskfolders?$count=true`);
  expect(folders.body).toMatchObject({ '@odata.count': 1, value: [{ Id: shared, Name: 'Trip' }] });
  expect((await asBob('GET', `${users}/taskfolders/$count`)).text).toBe('1');
  expect((await asBob('GET', `${users}/taskgroups`)).body['value']).toEqual([]);
  const listed = await asBob('GET', `${users}/taskfolders('${shared}')/tasks?$count=true&$orderby=Subject`);
  const user = `Users('${annId}@${tenantId}')`;
  expect(listed.body).toMatchObject({
    '@odata.context': `http://localhost:4100/api/v2.0/$metadata#Users('${annId}%40${tenantId}')/TaskFolders('${shared}')/Tasks`,
    '@odata.count': 1,
    value: [{ '@odata.id': expect.stringContaining(`/${user}/Tasks(`) as unknown, Owner: 'Ann Example' }],
  });
  const filtered = `${users}/tasks?$filter=${encodeURIComponent("Owner eq 'ann example' and Sensitivity ne 'Normal'")}`;
  expect(subjects(await asBob('GET', filtered))).toEqual([]);
  const zoned = { Prefer: 'outlook.timezone="Asia/Tokyo"' };
  expect(subjects(await asBob('GET', `${users}/tasks`, undefined, zoned))).toEqual(['Tickets']);
  expect((await asBob('GET', `${users}/tasks/$count`)).text).toBe('1');
  expect(subjects(await asBob('GET', `${users}/tasks?$expand=Attachments`))).toEqual(['Tickets']);
  const categories = await service.request(
    'GET',
    '/beta/users/ann@example.com/outlook/masterCategories',
    undefined,
    as('bob-shared'),
  );
  expect(valuesOf(categories.body).map((one) => one['displayName'])).toEqual(['Rail']);
  // The owner's own lists are unchanged.
  expect((await service.send('GET', '/me/tasks/$count')).text).toBe('3');
  // A cached response is not sent to others, nor after the permission is withdrawn.
  await share('bob', 'read', other);
  expect(subjects(await asBob('GET', `${users}/tasks`))).toEqual(['Tickets', 'Dear diary']);
});

test('a private task is not found, however it is requested', async () => {
  const id = await task('Hidden', { Sensitivity: 'Private' });
  const file = { '@odata.type': '#Microsoft.OutlookServices.FileAttachment', Name: 'File', ContentBytes: 'AAAA' };
  const attachment = await made(`/me/tasks('${id}')/attachments`, file);
  const attempts: readonly (readonly [string, string, unknown?])[] = [
    ['GET', `/tasks('${id}')`],
    ['GET', `/taskfolders('${shared}')/tasks('${id}')`],
    ['PATCH', `/tasks('${id}')`, { Subject: 'Found', Sensitivity: 'Normal' }],
    ['DELETE', `/tasks('${id}')`],
    ['POST', `/tasks('${id}')/complete`],
    ['GET', `/tasks('${id}')/attachments`],
    ['GET', `/tasks('${id}')/attachments('${attachment}')/$value`],
    ['POST', `/tasks('${id}')/attachments`, file],
    ['DELETE', `/tasks('${id}')/attachments('${attachment}')`],
  ];
  for (const [method, path, body] of attempts) {
    expect([path, ...codeOf(await asBob(method, users + path, body))]).toEqual([path, 404, 'ErrorItemNotFound']);
  }
  for (const [method, path, body] of [
    ['GET', `tasks/${id}/authors`],
    ['POST', `tasks/${id}/move`, { DestinationId: shared }],
  ] as const) {
    const answer = await service.request(method, `/threefold/v1/users/ann@example.com/${path}`, body, as('bob-shared'));
    expect(codeOf(answer)).toEqual([404, 'ErrorItemNotFound']);
  }
});

test('a guest cannot make a task private', async () => {
  const id = await task('Tickets');
  const place = `${users}/taskfolders('${shared}')/tasks`;
  const create = await asBob('POST', place, { Subject: 'Mine', Sensitivity: 'Private' });
  expect(codeOf(create)).toEqual([403, 'ErrorAccessDenied']);
  expect(codeOf(await asBob('PATCH', `${users}/tasks('${id}')`, { Sensitivity: 'Private' }))[0]).toBe(403);
  expect((await asBob('PATCH', `${users}/tasks('${id}')`, { Sensitivity: 'Personal' })).status).toBe(200);
});

/** Reads a delta feed from its last position. */
function follow(bearer: string, path: string) {
  let link: string | undefined;
  const headers = { ...as(bearer), Prefer: 'odata.track-changes' };
  return async (): Promise<{ status: number; changed: string[]; gone: string[]; link: string }> => {
    const all = { changed: [] as string[], gone: [] as string[] };
    for (;;) {
      const isFirst = link === undefined;
      const answer = await service.request('GET', link ?? `/api/v2.0${path}`, undefined, headers);
      if (answer.status !== 200) return { status: answer.status, ...all, link: '' };
      const page = readDeltaPage(answer.body, toJson);
      for (const entry of page.entries) {
        if (entry.kind === 'gone') all.gone.push(entry.id);
        else all.changed.push(String(entry.value['Subject']));
      }
      link = (page.deltaLink ?? page.nextLink ?? '').slice('http://localhost:4100'.length);
      if (!isFirst && page.deltaLink !== undefined) return { status: 200, ...all, link };
    }
  };
}

test('a task that becomes private is deleted for guests; made visible again, it is a change', async () => {
  const id = await task('Tickets');
  await task('Hidden', { Sensitivity: 'Private' });
  const guest = follow('bob-shared', `${users}/taskfolders('${shared}')/tasks`);
  const owner = follow('ann', `/me/taskfolders('${shared}')/tasks`);
  expect(await guest()).toMatchObject({ changed: ['Tickets'], gone: [] });
  expect(await owner()).toMatchObject({ changed: ['Tickets', 'Hidden'], gone: [] });

  await service.send('PATCH', `/me/tasks('${id}')`, { Sensitivity: 'Private' });
  expect(await guest()).toMatchObject({ changed: [], gone: [id] });
  expect(await owner()).toMatchObject({ changed: ['Tickets'], gone: [] });

  await service.send('PATCH', `/me/tasks('${id}')`, { Subject: 'Ring' });
  expect(await guest()).toMatchObject({ changed: [], gone: [] });
  await service.send('PATCH', `/me/tasks('${id}')`, { Sensitivity: 'Normal' });
  expect(await guest()).toMatchObject({ changed: ['Ring'], gone: [] });
  expect(await owner()).toMatchObject({ changed: ['Ring'], gone: [] });

  // Private and visible again between two reads: it is still there, and was never deleted.
  await service.send('PATCH', `/me/tasks('${id}')`, { Sensitivity: 'Private' });
  await service.send('PATCH', `/me/tasks('${id}')`, { Sensitivity: 'Normal' });
  expect(await guest()).toMatchObject({ changed: ['Ring'], gone: [] });
  await service.send('PATCH', `/me/tasks('${id}')`, { Sensitivity: 'Private' });
  for (const [place, sensitivity] of [
    [other, 'Normal'],
    [shared, 'Normal'],
  ]) {
    await service.request('POST', `/threefold/v1/tasks/${id}/move`, { DestinationId: place });
    await service.send('PATCH', `/me/tasks('${id}')`, { Sensitivity: sensitivity });
  }
  expect(await guest()).toMatchObject({ changed: ['Ring'], gone: [] });

  // A task that guests never saw is not reported to them.
  const secret = await task('Secret', { Sensitivity: 'Private' });
  await service.send('DELETE', `/me/tasks('${secret}')`);
  await service.request(
    'POST',
    `/beta/me/outlook/taskFolders/${shared}/tasks/${await task('x', { Sensitivity: 'Private' })}/permanentDelete`,
  );
  expect(await guest()).toMatchObject({ changed: [], gone: [] });
  await service.send('PATCH', `/me/tasks('${id}')`, { Sensitivity: 'Private' });
  await service.send('DELETE', `/me/tasks('${id}')`);
  expect(await guest()).toMatchObject({ changed: [], gone: [id] });
});

test('a delta token is valid only for its reader', async () => {
  await share('cy', 'read');
  await task('Tickets');
  const path = `${users}/taskfolders('${shared}')/tasks`;
  const { link } = await follow('bob-shared', path)();
  expect((await service.request('GET', link, undefined, as('bob-shared'))).status).toBe(200);
  for (const bearer of ['ann-shared', 'cy-shared']) {
    expect(codeOf(await service.request('GET', link, undefined, as(bearer)))).toEqual([
      400,
      'ErrorInvalidSyncStateData',
    ]);
  }
  const own = (await follow('ann', `/me/taskfolders('${shared}')/tasks`)()).link;
  const token = new URL(`http://x${own}`).search;
  expect(codeOf(await asBob('GET', `${path}${token}`))).toEqual([400, 'ErrorInvalidSyncStateData']);
});

test('a delta query of the list of shared folders is rejected with a message', async () => {
  const answer = await asBob('GET', `${users}/taskfolders`, undefined, { Prefer: 'odata.track-changes' });
  expect(answer.status).toBe(200);
  expect(answer.headers.get('preference-applied')).toBeNull();
  expect(answer.body['@odata.deltaLink']).toBeUndefined();
  const token = await asBob('GET', `${users}/taskfolders?$deltatoken=abc`);
  expect(codeOf(token)).toEqual([400, 'ErrorInvalidSyncStateData']);
});

test('withdrawn access ends at the next request, uploads included', async () => {
  const id = await task('Tickets');
  const permission = await share('bob', 'write');
  const guest = follow('bob-shared', `${users}/taskfolders('${shared}')/tasks`);
  expect((await guest()).status).toBe(200);
  const begin = async () => {
    const url = `/beta/users/ann@example.com/outlook/tasks/${id}/attachments/createUploadSession`;
    const body = { attachmentItem: { attachmentType: 'file', name: 'File', size: 8 } };
    const answer = await service.request('POST', url, body, as('bob-shared'));
    expect(answer.status).toBe(201);
    return new URL(String(answer.body['uploadUrl'])).pathname;
  };
  const piece = { 'Content-Range': 'bytes 0-3/8', 'Content-Type': 'application/octet-stream', Authorization: '' };
  const send = (path: string) => service.request('PUT', path, 'abcd', piece);

  const [first, second, third] = [await begin(), await begin(), await begin()];
  expect((await send(first)).status).toBe(200);
  await service.send('PATCH', `/me/tasks('${id}')`, { Sensitivity: 'Private' });
  expect(codeOf(await send(first))).toEqual([404, 'ErrorItemNotFound']);
  await service.send('PATCH', `/me/tasks('${id}')`, { Sensitivity: 'Normal' });
  expect((await send(first)).status).toBe(200);
  await service.request('PATCH', permission, { role: 'read' });
  expect(codeOf(await send(second))).toEqual([404, 'ErrorItemNotFound']);
  await service.request('PATCH', permission, { role: 'write' });
  await service.request('DELETE', permission);
  expect(codeOf(await send(third))).toEqual([404, 'ErrorItemNotFound']);
  expect(await service.database.db.selectFrom('attachment_contents').selectAll().execute()).toEqual([]);
  expect((await guest()).status).toBe(404);
  expect(codeOf(await asBob('GET', `${users}/tasks('${id}')`))).toEqual([404, 'ErrorItemNotFound']);
  // After the permission is granted again, the old token continues.
  await share('bob', 'read');
  expect(await guest()).toMatchObject({ status: 200, changed: ['Tickets'], gone: [] });
});

test('a task deleted by a guest is in the owner’s bin; the guest can restore it, and nothing else', async () => {
  await share('cy', 'write');
  const [mine, theirs] = [await task('Tickets'), await task('Hotel')];
  expect((await asBob('DELETE', `${users}/tasks('${mine}')`)).status).toBe(204);
  await service.send('DELETE', `/me/tasks('${theirs}')`);
  const bin = await service.request('GET', '/threefold/v1/deleteditems');
  expect(valuesOf(bin.body).map(({ id }) => id)).toEqual([theirs, mine].toSorted().toReversed());
  const below = '/threefold/v1/users/ann@example.com/deleteditems';
  const restore = (id: string, bearer: string) =>
    service.request('POST', `${below}/${id}/restore`, undefined, as(bearer));
  expect((await service.request('GET', below, undefined, as('bob-shared'))).status).toBe(404);
  expect((await service.request('DELETE', `${below}/${mine}`, undefined, as('bob-shared'))).status).toBe(404);
  expect(codeOf(await restore(theirs, 'bob-shared'))).toEqual([404, 'ErrorItemNotFound']);
  expect(codeOf(await restore(mine, 'cy-shared'))).toEqual([404, 'ErrorItemNotFound']);
  await share('bob', 'read');
  expect(codeOf(await restore(mine, 'bob-shared'))).toEqual([403, 'ErrorAccessDenied']);
  await share('bob', 'write');
  expect((await restore(mine, 'bob-shared')).body).toMatchObject({ id: mine, folderId: shared });
  expect((await asBob('GET', `${users}/tasks('${mine}')`)).status).toBe(200);
  await service.send('DELETE', `/me/tasks('${mine}')`);
  expect(codeOf(await restore(mine, 'bob-shared'))).toEqual([404, 'ErrorItemNotFound']);
});

test('a guest moves tasks between folders where they may write', async () => {
  const id = await task('Tickets');
  const second = await made('/me/taskfolders', { Name: 'Second' });
  await share('bob', 'read', second);
  const guest = follow('bob-shared', `${users}/taskfolders('${shared}')/tasks`);
  await guest();
  const move = (to: string) =>
    service.request(
      'POST',
      `/threefold/v1/users/ann@example.com/tasks/${id}/move`,
      { DestinationId: to },
      as('bob-shared'),
    );
  expect(codeOf(await move(other))).toEqual([404, 'ErrorItemNotFound']);
  expect(codeOf(await move(second))).toEqual([403, 'ErrorAccessDenied']);
  await share('bob', 'write', second);
  expect((await move(second)).body).toMatchObject({ Id: id, ParentFolderId: second, Owner: 'Ann Example' });
  expect(await guest()).toMatchObject({ changed: [], gone: [id] });
  // A folder that is not shared.
  await service.request('POST', `/threefold/v1/tasks/${id}/move`, { DestinationId: other });
  expect(codeOf(await asBob('GET', `${users}/tasks('${id}')`))).toEqual([404, 'ErrorItemNotFound']);
  const rename = await service.request(
    'POST',
    `/threefold/v1/users/ann@example.com/taskfolders/${second}/move`,
    {
      DestinationGroupKey: '0006f0b7-0000-0000-c000-000000000046',
    },
    as('bob-shared'),
  );
  expect(codeOf(rename)).toEqual([403, 'ErrorAccessDenied']);
});

test('counting, idempotency and batches are separate for guests and owner', async () => {
  const headers = {
    'Repeatability-Request-ID': 'aaaaaaaa-1111',
    'Repeatability-First-Sent': 'Wed, 25 Mar 2026 12:00:00 GMT',
  };
  const path = `${users}/taskfolders('${shared}')/tasks`;
  const first = await asBob('POST', path, { Subject: 'Tickets' }, headers);
  const again = await asBob('POST', path, { Subject: 'Tickets' }, headers);
  expect([again.status, again.body['Id']]).toEqual([201, first.body['Id']]);
  const own = await service.send('POST', `/me/taskfolders('${shared}')/tasks`, { Subject: 'Tickets' }, headers);
  expect(own.status).toBe(201);
  expect(own.body['Id']).not.toBe(first.body['Id']);

  const requests = [
    { id: '1', method: 'GET', url: `/users/${annId}/outlook/taskFolders/${shared}/tasks/$count` },
    { id: '2', method: 'GET', url: `/users/${cyId}/outlook/tasks` },
    { id: '3', method: 'GET', url: '/me/outlook/tasks/$count' },
  ];
  const batch = await service.request('POST', '/beta/$batch', { requests }, as('bob-shared'));
  const statuses = listOf(batch.body['responses']).map(({ id, status }) => [id, status]);
  expect(statuses.toSorted()).toEqual([
    ['1', 200],
    ['2', 404],
    ['3', 200],
  ]);
});
