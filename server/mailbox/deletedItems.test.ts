import { valuesOf } from '../testing/json.ts';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isPostgresRun } from '../testing/testDatabase.ts';
import { startService, type TestResponse, type Service } from '../testing/testService.ts';
import { runMaintenance } from './maintenance.ts';

let service: Service;
beforeEach(async () => {
  service = await startService();
});
afterEach(() => service.close());

const bin = '/threefold/v1/deleteditems';
const day = 24 * 60 * 60_000;
const idOf = ({ body }: TestResponse) => String(body['Id']);

const make = async (subject: string, folderId = 'Tasks') =>
  idOf(await service.send('POST', `/me/taskfolders('${folderId}')/tasks`, { Subject: subject }));
const makeFolder = async (name: string) => idOf(await service.send('POST', '/me/taskfolders', { Name: name }));
const drop = async (id: string) => {
  service.clock.pass(1);
  expect((await service.send('DELETE', `/me/tasks('${id}')`)).status).toBe(204);
};
const dropFolder = async (id: string) => {
  service.clock.pass(1);
  expect((await service.send('DELETE', `/me/taskfolders('${id}')`)).status).toBe(204);
};
const listed = async (query = '') => valuesOf((await service.request('GET', bin + query)).body);
const names = async () => (await listed()).map(({ name }) => name);
const restore = (id: string) => service.request('POST', `${bin}/${id}/restore`);
const subjects = async (folderId = 'Tasks') => {
  const { body } = await service.send('GET', `/me/taskfolders('${folderId}')/tasks`);
  return valuesOf(body)
    .map(({ Subject }) => Subject)
    .toSorted();
};
const errorOf = ({ status, body }: TestResponse) => [status, body['error']?.['code']];
const notFound = [404, 'ErrorItemNotFound'];

test('lists tasks and folders, newest first, and a folder with the tasks deleted with it', async () => {
  const home = await makeFolder('Home');
  const [alone] = [await make('alone', home), await make('with', home), await make('too', home)];
  await drop(alone);
  const last = await make('last');
  await dropFolder(home);
  await drop(last);
  expect((await service.request('GET', bin)).body['value']).toEqual([
    {
      id: last,
      kind: 'task',
      name: 'last',
      folderId: expect.any(String),
      folderName: 'Tasks',
      taskCount: 1,
      deletedAt: '2026-03-25T12:00:00.003Z',
      keptUntil: '2026-04-24T12:00:00.003Z',
    },
    {
      id: home,
      kind: 'folder',
      name: 'Home',
      folderId: null,
      folderName: null,
      taskCount: 2,
      deletedAt: '2026-03-25T12:00:00.002Z',
      keptUntil: '2026-04-24T12:00:00.002Z',
    },
    expect.objectContaining({ id: alone, kind: 'task', name: 'alone', folderId: null, folderName: null }),
  ]);
});

test('pages follow each other exactly, also for items deleted at the same instant', async () => {
  const made: string[] = [];
  for (let n = 0; n < 7; n += 1) made.push(await make(`t${n}`));
  for (const id of made) await service.send('DELETE', `/me/tasks('${id}')`);
  const seen: string[] = [];
  let next: string | undefined = `${bin}?top=3`;
  while (next !== undefined) {
    const { body } = await service.request('GET', next);
    const page = valuesOf(body).map(({ id }) => String(id));
    expect(page.length).toBeLessThanOrEqual(3);
    seen.push(...page);
    next = body['nextLink'];
  }
  expect(seen).toEqual(made.toReversed());
  for (const query of ['?top=0', '?top=x', '?before=x', '?before=2026.x']) {
    expect(errorOf(await service.request('GET', bin + query))).toEqual([400, 'ErrorInvalidUrlQuery']);
  }
});

test('a restored task has its id, folder and values again', async () => {
  const home = await makeFolder('Home');
  const id = await make('task', home);
  const before = (await service.send('GET', `/me/tasks('${id}')`)).body;
  await drop(id);
  expect(errorOf(await service.send('GET', `/me/tasks('${id}')`))).toEqual(notFound);
  const { status, body } = await restore(id);
  expect([status, body]).toEqual([200, { id, kind: 'task', name: 'task', folderId: home }]);
  const after = (await service.send('GET', `/me/tasks('${id}')`)).body;
  const marks = { ChangeKey: after['ChangeKey'], '@odata.etag': after['@odata.etag'] };
  expect(after).toEqual({ ...(before as object), ...marks });
  expect(after['ChangeKey']).not.toBe(before['ChangeKey']);
  expect(await names()).toEqual([]);
  expect(errorOf(await restore(id))).toEqual(notFound);
});

test('a task whose folder is deleted is restored to Tasks', async () => {
  const home = await makeFolder('Home');
  const [first, second, third] = [await make('first', home), await make('second', home), await make('third', home)];
  await drop(first);
  await drop(second);
  await dropFolder(home);
  await restore(first);
  expect(await subjects()).toEqual(['first']);
  // A task that was deleted with the folder, restored alone.
  await restore(third);
  expect(await subjects()).toEqual(['first', 'third']);
  expect((await service.request('DELETE', `${bin}/${home}`)).status).toBe(204);
  await restore(second);
  expect(await subjects()).toEqual(['first', 'second', 'third']);
});

test('a folder is restored with the tasks deleted with it, and no others', async () => {
  const home = await makeFolder('Home');
  const [before] = [await make('before', home), await make('with', home), await make('too', home)];
  await drop(before);
  await dropFolder(home);
  const { body } = await restore(home);
  expect(body).toEqual({ id: home, kind: 'folder', name: 'Home', folderId: null });
  expect(await subjects(home)).toEqual(['too', 'with']);
  expect(await names()).toEqual(['before']);
  await restore(before);
  expect(await subjects(home)).toEqual(['before', 'too', 'with']);
});

test('a folder whose name is taken is restored with a number', async () => {
  const ids: string[] = [];
  for (let n = 0; n < 3; n += 1) {
    const id = await makeFolder('Home');
    await dropFolder(id);
    ids.push(id);
  }
  await makeFolder('HOME');
  const restored: string[] = [];
  for (const id of ids) restored.push(String((await restore(id)).body['name']));
  expect(restored).toEqual(['Home (2)', 'Home (3)', 'Home (4)']);
  await dropFolder(ids[0]!);
  await makeFolder('Home (2)');
  expect((await restore(ids[0]!)).body['name']).toBe('Home (5)');
  const long = 'x'.repeat(255);
  const first = await makeFolder(long);
  await dropFolder(first);
  await makeFolder(long);
  expect((await restore(first)).body['name']).toBe(`${'x'.repeat(251)} (2)`);
});

test('a folder whose group is deleted is restored to My Tasks', async () => {
  const group = (await service.send('POST', '/me/taskgroups', { Name: 'House' })).body;
  const folder = idOf(await service.send('POST', `/me/taskgroups('${group['Id']}')/taskfolders`, { Name: 'Home' }));
  await dropFolder(folder);
  await service.send('DELETE', `/me/taskgroups('${group['Id']}')`);
  await restore(folder);
  const back = await service.send('GET', `/me/taskfolders('${folder}')`);
  expect(back.body['ParentGroupKey']).toBe('0006f0b7-0000-0000-c000-000000000046');
});

test('purges one item, or all; an item deleted on its own survives the purge of its folder', async () => {
  const home = await makeFolder('Home');
  const [alone, other] = [await make('alone', home), await make('other'), await make('with', home)];
  await drop(alone);
  await drop(other);
  await dropFolder(home);
  expect((await service.request('DELETE', `${bin}/${home}`)).status).toBe(204);
  expect(errorOf(await restore(home))).toEqual(notFound);
  expect(await names()).toEqual(['other', 'alone']);
  expect((await service.request('DELETE', bin)).status).toBe(204);
  expect(await names()).toEqual([]);
  const left = await service.database.db.selectFrom('tasks').select('id').execute();
  expect(left).toEqual([]);
});

test('only items in the account’s own bin can be restored or purged there', async () => {
  const [live, dead] = [await make('live'), await make('dead')];
  await drop(dead);
  const bobs = { Authorization: 'Bearer bob' };
  for (const [id, headers] of [
    [live, {}],
    [dead, bobs],
    ['nobody', {}],
  ] as const) {
    expect(errorOf(await service.request('POST', `${bin}/${id}/restore`, undefined, headers))).toEqual(notFound);
    expect(errorOf(await service.request('DELETE', `${bin}/${id}`, undefined, headers))).toEqual(notFound);
  }
  expect((await service.request('GET', bin, undefined, bobs)).body['value']).toEqual([]);
  const malformed = await service.request('POST', `${bin}/a.b/restore`);
  expect(errorOf(malformed)).toEqual([400, 'ErrorInvalidIdMalformed']);
  const reads = { Authorization: 'Bearer ann-reads' };
  expect(errorOf(await service.request('POST', `${bin}/${dead}/restore`, undefined, reads))).toEqual([
    403,
    'ErrorAccessDenied',
  ]);
  expect(await names()).toEqual(['dead']);
});

test('a repeated restore takes effect once and gets the same response', async () => {
  const id = await make('task');
  await drop(id);
  const headers = { 'Repeatability-Request-ID': 'a-key-of-mine', 'Repeatability-First-Sent': service.clock.now() };
  const answers = [1, 2].map(() => service.request('POST', `${bin}/${id}/restore`, undefined, headers));
  const [first, second] = await Promise.all(answers);
  expect(first?.status).toBe(200);
  expect(second?.body).toEqual(first?.body);
});

test('items are purged after the retention period', async () => {
  const home = await makeFolder('Home');
  const [old, young] = [await make('old'), await make('young'), await make('with', home)];
  await drop(old);
  await dropFolder(home);
  service.clock.pass(10 * day);
  await drop(young);
  const { db } = service.database;
  service.clock.pass(20 * day - 1000);
  await runMaintenance({ db, clock: service.clock, binDays: 30 });
  expect(await names()).toEqual(['young', 'Home', 'old']);
  service.clock.pass(2000);
  await runMaintenance({ db, clock: service.clock, binDays: 30 });
  expect(await names()).toEqual(['young']);
});

test.skipIf(isPostgresRun)('what is purged is in no file of the database any more', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'threefold-purge-'));
  const stored = await startService({ path: join(folder, 'threefold.db') });
  const marker = 'Strictly-Between-Us-7h3';
  const isInFiles = () => readdirSync(folder).some((name) => readFileSync(join(folder, name)).includes(marker));
  const long = `${marker} `.repeat(2_000);
  const post = async (path: string, body: object) => idOf(await stored.send('POST', path, body));
  const home = await post('/me/taskfolders', { Name: `${marker} folder` });
  const ids = [
    await post('/me/tasks', { Subject: marker, Body: { ContentType: 'Text', Content: long } }),
    await post('/me/tasks', { Subject: marker, Categories: [marker] }),
  ];
  for (let n = 0; n < 30; n += 1) await post(`/me/taskfolders('${home}')/tasks`, { Subject: `${marker} ${n}` });
  await stored.send('PATCH', `/me/tasks('${ids[1]}')`, { Subject: `changed ${marker}`, Categories: [] });
  expect(isInFiles()).toBe(true);
  for (const id of ids) await stored.send('DELETE', `/me/tasks('${id}')`);
  await stored.send('DELETE', `/me/taskfolders('${home}')`);
  await stored.request('DELETE', `${bin}/${ids[0]}`);
  expect(isInFiles()).toBe(true);
  // Concurrent requests read while the log is emptied.
  const reads = Array.from({ length: 20 }, () => stored.send('GET', '/me/tasks'));
  await Promise.all([stored.request('DELETE', bin), ...reads]);
  expect(isInFiles()).toBe(false);

  // A long read by somebody else: the purge does not wait, and the next maintenance empties the log.
  const id = await post('/me/tasks', { Subject: marker });
  const other = new DatabaseSync(join(folder, 'threefold.db'));
  other.exec('begin');
  other.prepare('select count(*) from tasks').get();
  await stored.send('DELETE', `/me/tasks('${id}')`);
  expect((await stored.request('DELETE', `${bin}/${id}`)).status).toBe(204);
  expect(isInFiles()).toBe(true);
  other.exec('commit');
  other.close();
  await runMaintenance({ db: stored.database.db, clock: stored.clock, binDays: 30 });
  expect(isInFiles()).toBe(false);
  await stored.close();
  rmSync(folder, { recursive: true });
});
