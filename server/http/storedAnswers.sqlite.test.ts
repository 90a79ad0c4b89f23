import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startService, type Service } from '../testing/testService.ts';

/** A write that is stored is answered as stored, whatever fails afterwards. */

let service: Service;
let task: string;
beforeEach(async () => {
  service = await startService();
  task = String((await service.send('POST', '/me/tasks', { Subject: 'With a file' })).body['Id']);
});
afterEach(() => service.close());

const run = (text: string) => sql.raw(text).execute(service.database.db);
const attach = (size: number, query = '') =>
  service.send('POST', `/me/tasks('${task}')/attachments${query}`, {
    '@odata.type': '#Microsoft.OutlookServices.FileAttachment',
    Name: 'a.bin',
    ContentBytes: Buffer.alloc(size, 7).toString('base64'),
  });
const count = async () => (await service.send('GET', `/me/tasks('${task}')/attachments/$count`)).text;

test('an attachment whose upload cannot be deleted yet', async () => {
  await run(`create trigger refused before delete on attachment_uploads begin select raise(abort, 'not now'); end`);
  const made = await attach(300_000);
  expect([made.status, made.body['Name']]).toEqual([201, 'a.bin']);
  expect(await count()).toBe('1');
});

test('an attachment whose bytes cannot be read again', async () => {
  await run('create trigger lost after insert on attachments begin delete from attachment_chunks; end');
  const made = await attach(1_000);
  expect([made.status, made.body['Name'], made.body['ContentBytes']]).toEqual([201, 'a.bin', undefined]);
  expect(made.headers.get('location')).toContain(String(made.body['Id']));
  expect(await count()).toBe('1');
});

test('a member that no answer has is refused before anything is stored', async () => {
  expect((await attach(10, '?$select=Nothing')).status).toBe(400);
  expect(await count()).toBe('0');
  const writes = [
    ['POST', '/me/tasks', { Subject: 'x' }],
    ['PATCH', `/me/tasks('${task}')`, { Subject: 'x' }],
    ['POST', `/me/tasks('${task}')/complete`, undefined],
    ['POST', '/me/taskfolders', { Name: 'x' }],
    ['PATCH', "/me/taskfolders('Tasks')", { Name: 'x' }],
    ['POST', '/me/taskgroups', { Name: 'x' }],
  ] as const;
  const state = async () => {
    const lists = ['/me/tasks', '/me/taskfolders', '/me/taskgroups'];
    return Promise.all(lists.map(async (list) => (await service.send('GET', list)).text));
  };
  const before = await state();
  for (const [method, path, body] of writes) {
    const { status } = await service.send(method, `${path}?$select=Nothing`, body);
    expect([method, path, status]).toEqual([method, path, 400]);
  }
  expect(await state()).toEqual(before);
});
