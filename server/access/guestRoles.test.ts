import { toJson } from '../testing/json.ts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readDeltaPage } from '../../src/wire/odata/deltaPage.ts';
import { startService, type Service } from '../testing/testService.ts';

/** What becomes of a guest's work when their role, or a task's privacy, changes. */

let service: Service;
let shared: string;
beforeEach(async () => {
  service = await startService();
  shared = await made('/me/taskfolders', { Name: 'Trip' });
});
afterEach(() => service.close());

const bob = { Authorization: 'Bearer bob-shared' };

async function made(path: string, body: object): Promise<string> {
  const answer = await service.send('POST', path, body);
  expect(answer.status).toBe(201);
  return String(answer.body['Id']);
}

/** Returns the path of Bob's permission to write. */
async function share(): Promise<string> {
  const path = `/threefold/v1/taskfolders/${shared}/permissions`;
  const answer = await service.request('POST', path, { emailAddress: { address: 'bob@example.com' }, role: 'write' });
  expect(answer.status).toBe(201);
  return `${path}/${answer.body['id']}`;
}

/** What the delta feed of the folder says to Bob since the last time. */
function follow() {
  let link: string | undefined;
  return async () => {
    const all = { changed: [] as string[], gone: [] as string[] };
    for (;;) {
      const isFirst = link === undefined;
      const path = link ?? `/api/v2.0/users/ann@example.com/taskfolders('${shared}')/tasks`;
      const answer = await service.request('GET', path, undefined, { ...bob, Prefer: 'odata.track-changes' });
      const page = readDeltaPage(answer.body, toJson);
      for (const entry of page.entries) {
        if (entry.kind === 'gone') all.gone.push(entry.id);
        else all.changed.push(String(entry.value['Subject']));
      }
      link = (page.deltaLink ?? page.nextLink ?? '').slice('http://localhost:4100'.length);
      if (!isFirst && page.deltaLink !== undefined) return all;
    }
  };
}

test('uploads of somebody who may only read now end, also when they may write again', async () => {
  const id = await made(`/me/taskfolders('${shared}')/tasks`, { Subject: 'Tickets' });
  const permission = await share();
  const url = `/beta/users/ann@example.com/outlook/tasks/${id}/attachments/createUploadSession`;
  const body = { attachmentItem: { attachmentType: 'file', name: 'File', size: 8 } };
  const begin = async () => {
    const answer = await service.request('POST', url, body, bob);
    expect(answer.status).toBe(201);
    return new URL(String(answer.body['uploadUrl'])).pathname;
  };
  const piece = { 'Content-Range': 'bytes 0-3/8', 'Content-Type': 'application/octet-stream', Authorization: '' };
  const send = (path: string) => service.request('PUT', path, 'abcd', piece);
  const upload = await begin();
  // Writing said once more changes nothing.
  await service.request('PATCH', permission, { role: 'write' });
  expect((await send(upload)).status).toBe(200);
  await service.request('PATCH', permission, { role: 'read' });
  await service.request('PATCH', permission, { role: 'write' });
  expect((await send(upload)).status).toBe(404);
  expect((await send(await begin())).status).toBe(200);
});

test('a PATCH that completes a series and makes it private takes it from guests, and leaves no copy for them', async () => {
  const series = {
    DueDateTime: { DateTime: '2026-03-26T00:00:00', TimeZone: 'UTC' },
    Recurrence: { Pattern: { Type: 'Daily', Interval: 1 }, Range: { Type: 'NoEnd', StartDate: '2026-03-26' } },
  };
  const id = await made(`/me/taskfolders('${shared}')/tasks`, { Subject: 'Water', ...series });
  await share();
  const guest = follow();
  expect(await guest()).toMatchObject({ changed: ['Water'], gone: [] });
  const patch = { Status: 'Completed', Sensitivity: 'Private' };
  expect((await service.send('PATCH', `/me/tasks('${id}')`, patch)).status).toBe(200);
  expect(await guest()).toMatchObject({ changed: [], gone: [id] });
  expect((await service.send('GET', `/me/taskfolders('${shared}')/tasks/$count`)).text).toBe('2');
});
