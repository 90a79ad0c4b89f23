import { valuesOf } from '../testing/json.ts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startService, type TestResponse, type Service } from '../testing/testService.ts';
import { type Json } from '../testing/json.ts';

let service: Service;
let home: string;
let task: Json;
beforeEach(async () => {
  service = await startService();
  home = String((await service.send('POST', '/me/taskfolders', { Name: 'Home' })).body['Id']);
  const due = { DateTime: '2026-03-29T00:00:00', TimeZone: 'Europe/Paris' };
  task = (await service.send('POST', '/me/tasks', { Subject: 'task', DueDateTime: due })).body;
  service.clock.pass(60_000);
});
afterEach(() => service.close());

const extras = '/threefold/v1';
const errorOf = ({ status, body }: TestResponse) => [status, body['error']?.['code']];
const move = (body: unknown, headers = {}, id: string | undefined = task['Id']) =>
  service.request('POST', `${extras}/tasks/${id}/move`, body, headers);
const idsIn = async (folderId: string) =>
  valuesOf((await service.send('GET', `/me/taskfolders('${folderId}')/tasks`)).body).map((one) => one['Id']);

/** The next changes for a reader that was up to date. */
async function listener(path: string) {
  const follow = async (link: string) =>
    (await service.request('GET', link.slice('http://localhost:4100'.length), undefined, track)).body;
  const track = { Prefer: 'odata.track-changes' };
  const first = await service.send('GET', path, undefined, track);
  let link = (await follow(first.body['@odata.deltaLink']!))['@odata.deltaLink']!;
  return async () => {
    const body = await follow(link);
    link = body['@odata.deltaLink']!;
    return valuesOf(body);
  };
}

test('a moved task keeps its id and dates; it leaves one feed and arrives in the other', async () => {
  const before = (await service.send('GET', `/me/tasks('${task['Id']}')`)).body;
  const [old, other] = [
    await listener("/me/taskfolders('Tasks')/tasks"),
    await listener(`/me/taskfolders('${home}')/tasks`),
  ];
  const { status, body } = await move({ DestinationId: home });
  expect(status).toBe(200);
  const after = (await service.send('GET', `/me/tasks('${task['Id']}')`)).body;
  const marks = ['ChangeKey', '@odata.etag', 'LastModifiedDateTime', 'ParentFolderId'];
  for (const name of marks) expect(after[name]).not.toEqual(before[name]);
  const kept = Object.keys(before).filter((name) => !marks.includes(name));
  for (const name of kept) expect([name, after[name]]).toEqual([name, before[name]]);
  expect(after['ParentFolderId']).toBe(home);
  expect(after).toMatchObject(body);
  expect(await old()).toMatchObject([{ id: `Tasks('${task['Id']}')`, reason: 'deleted' }]);
  expect(await other()).toMatchObject([{ Id: task['Id'], ParentFolderId: home }]);
  expect([await idsIn('Tasks'), await idsIn(home)]).toEqual([[], [task['Id']]]);

  // Moved back: no feed reports a deletion, and readers that knew it keep one copy.
  await move({ DestinationId: 'Tasks' });
  expect(await old()).toMatchObject([{ Id: task['Id'] }]);
  expect(await other()).toMatchObject([{ reason: 'deleted' }]);
});

test('a reader is told of a task that left, returned and left again since its last read', async () => {
  const old = await listener("/me/taskfolders('Tasks')/tasks");
  for (const DestinationId of [home, 'Tasks', home]) await move({ DestinationId });
  expect(await old()).toMatchObject([{ id: `Tasks('${task['Id']}')`, reason: 'deleted' }]);
});

test('a move to the current folder changes nothing', async () => {
  const { body } = await move({ DestinationId: 'Tasks' });
  expect(body['ChangeKey']).toBe(task['ChangeKey']);
});

test('an impossible move is rejected', async () => {
  const notFound = [404, 'ErrorItemNotFound'];
  expect(errorOf(await move({ DestinationId: 'nowhere' }))).toEqual(notFound);
  expect(errorOf(await move({ DestinationId: home }, {}, 'nothing'))).toEqual(notFound);
  expect(errorOf(await move({ DestinationId: home }, { Authorization: 'Bearer bob' }))).toEqual(notFound);
  expect(errorOf(await move({ DestinationId: 'a.b' }))).toEqual([400, 'ErrorInvalidIdMalformed']);
  for (const body of [{}, null, [], { DestinationId: 1 }, { DestinationId: '' }]) {
    expect(errorOf(await move(body))).toEqual([400, 'RequestBodyRead']);
  }
  const stale = { 'If-Match': 'W/"1"' };
  expect(errorOf(await move({ DestinationId: home }, stale))).toEqual([412, 'ErrorIrresolvableConflict']);
  await service.send('DELETE', `/me/taskfolders('${home}')`);
  expect(errorOf(await move({ DestinationId: home }))).toEqual(notFound);
  expect(await idsIn('Tasks')).toEqual([task['Id']]);
});

test('a repeated move takes effect once', async () => {
  const headers = { 'Repeatability-Request-ID': 'a-key-of-mine', 'Repeatability-First-Sent': service.clock.now() };
  const first = await move({ DestinationId: home }, headers);
  await move({ DestinationId: 'Tasks' });
  const second = await move({ DestinationId: home }, headers);
  expect([first.status, second.status]).toEqual([200, 200]);
  expect(await idsIn('Tasks')).toEqual([task['Id']]);
});

test('a folder moves to another group with its tasks, and its feed only reports a change', async () => {
  const group = (await service.send('POST', '/me/taskgroups', { Name: 'House' })).body;
  const inHome = (await service.send('POST', `/me/taskfolders('${home}')/tasks`, { Subject: 'in' })).body['Id'];
  const readChanges = await listener('/me/taskfolders');
  const send = (key: unknown) =>
    service.request('POST', `${extras}/taskfolders/${home}/move`, { DestinationGroupKey: key });
  const { status, body } = await send(String(group['GroupKey']).toUpperCase());
  expect([status, body]).toMatchObject([200, { Id: home, Name: 'Home', ParentGroupKey: group['GroupKey'] }]);
  expect(await readChanges()).toMatchObject([{ Id: home, ParentGroupKey: group['GroupKey'] }]);
  expect(await idsIn(home)).toEqual([inHome]);
  const again = await send(group['GroupKey']);
  expect(again.body['ChangeKey']).toBe(body['ChangeKey']);
  expect(errorOf(await send('no-group'))).toEqual([404, 'ErrorItemNotFound']);
});
