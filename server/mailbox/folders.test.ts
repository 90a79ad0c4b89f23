import { afterEach, beforeEach, expect, test } from 'vitest';
import { defaultGroupKey } from '../../src/domain/task/task.ts';
import { startService, type Service, type TestResponse } from '../testing/testService.ts';

let service: Service;
beforeEach(async () => {
  service = await startService();
});
afterEach(() => service.close());

const group = async (name: string) => (await service.send('POST', '/me/taskgroups', { Name: name })).body;
const folder = async (name: string, groupId?: unknown) =>
  (
    await service.send('POST', groupId === undefined ? '/me/taskfolders' : `/me/taskgroups/${groupId}/taskfolders`, {
      Name: name,
    })
  ).body;
const errorOf = ({ status, body }: TestResponse) => [status, body['error']?.['code']];

test('a new mailbox has My Tasks, and in it Tasks', async () => {
  const groups = await service.send('GET', '/me/taskgroups');
  expect(groups.body['value']).toMatchObject([{ Name: 'My Tasks', IsDefaultGroup: true, GroupKey: defaultGroupKey }]);
  const folders = await service.send('GET', '/me/taskfolders');
  expect(folders.body['value']).toMatchObject([
    { Name: 'Tasks', IsDefaultFolder: true, ParentGroupKey: defaultGroupKey },
  ]);
});

test('groups are created, read, renamed and deleted, and may share a name', async () => {
  const created = await service.send('POST', '/me/taskgroups', { Name: ' House ' });
  expect(created.status).toBe(201);
  expect(created.body).toMatchObject({ Name: 'House', IsDefaultGroup: false });
  expect(created.body['GroupKey']).toMatch(/^[0-9a-f-]{36}$/);
  expect(created.headers.get('location')).toBe(created.body['@odata.id']);
  await group('House');
  const path = `/me/taskgroups('${created.body['Id']}')`;
  expect((await service.send('GET', path)).body['Name']).toBe('House');
  const renamed = await service.send('PATCH', path, { Name: 'Garden' });
  expect([renamed.status, renamed.body['Name']]).toEqual([200, 'Garden']);
  expect(renamed.body['ChangeKey']).not.toBe(created.body['ChangeKey']);
  const deleted = await service.send('DELETE', path);
  expect([deleted.status, deleted.text]).toEqual([204, '']);
  expect(errorOf(await service.send('GET', path))).toEqual([404, 'ErrorItemNotFound']);
  expect(errorOf(await service.send('DELETE', path))).toEqual([404, 'ErrorItemNotFound']);
});

test('deleting a group moves its folders to My Tasks', async () => {
  const house = await group('House');
  const paint = await folder('Paint', house['Id']);
  expect(paint['ParentGroupKey']).toBe(house['GroupKey']);
  await service.send('DELETE', `/me/taskgroups/${house['Id']}`);
  const moved = await service.send('GET', `/me/taskfolders/${paint['Id']}`);
  expect(moved.body['ParentGroupKey']).toBe(defaultGroupKey);
  expect(moved.body['ChangeKey']).not.toBe(paint['ChangeKey']);
});

test('the default group and folder cannot be renamed or deleted', async () => {
  const groups = await service.send('GET', '/me/taskgroups');
  const path = `/me/taskgroups/${groups.body['value']?.[0]?.['Id']}`;
  expect(errorOf(await service.send('DELETE', path))).toEqual([400, 'ErrorInvalidRequest']);
  expect(errorOf(await service.send('PATCH', path, { Name: 'Other' }))).toEqual([400, 'ErrorInvalidRequest']);
  expect(errorOf(await service.send('DELETE', '/me/taskfolders/Tasks'))).toEqual([
    400,
    'ErrorDeleteDistinguishedFolder',
  ]);
  expect(errorOf(await service.send('PATCH', '/me/taskfolders/tasks', { Name: 'Other' }))).toEqual([
    400,
    'ErrorInvalidRequest',
  ]);
});

test('a folder is listed under its group, and not under another', async () => {
  const house = await group('House');
  const paint = await folder('Paint', house['Id']);
  const listed = await service.send('GET', `/me/taskgroups('${house['Id']}')/taskfolders`);
  expect(listed.body['value']).toMatchObject([{ Id: paint['Id'] }]);
  const other = await group('Other');
  const wrong = `/me/taskgroups('${other['Id']}')/taskfolders('${paint['Id']}')`;
  for (const path of [wrong, `${wrong}/tasks`]) {
    expect(errorOf(await service.send('GET', path))).toEqual([404, 'ErrorItemNotFound']);
  }
  expect(errorOf(await service.send('PATCH', wrong, { Name: 'x' }))).toEqual([404, 'ErrorItemNotFound']);
  expect(errorOf(await service.send('DELETE', wrong))).toEqual([404, 'ErrorItemNotFound']);
});

test('a second folder of the same name is rejected, in any case; the name of a deleted folder is free', async () => {
  const paint = await folder('Paint');
  for (const name of ['Paint', 'PAINT', ' paint ', 'tasks']) {
    expect(errorOf(await service.send('POST', '/me/taskfolders', { Name: name }))).toEqual([409, 'ErrorFolderExists']);
  }
  const wood = await folder('Wood');
  expect(errorOf(await service.send('PATCH', `/me/taskfolders/${wood['Id']}`, { Name: 'paint' }))).toEqual([
    409,
    'ErrorFolderExists',
  ]);
  const cased = await service.send('PATCH', `/me/taskfolders/${paint['Id']}`, { Name: 'PAINT' });
  expect([cased.status, cased.body['Name']]).toEqual([200, 'PAINT']);
  await service.send('DELETE', `/me/taskfolders/${paint['Id']}`);
  expect((await service.send('POST', '/me/taskfolders', { Name: 'Paint' })).status).toBe(201);
});

test.each([{}, { Name: '' }, { Name: '   ' }, { Name: null }, { Name: 'x'.repeat(256) }])(
  'a name is required and fits: %j',
  async (body) => {
    expect((await service.send('POST', '/me/taskfolders', body)).status).toBe(400);
    expect((await service.send('POST', '/me/taskgroups', body)).status).toBe(400);
  },
);

test('a PATCH that changes nothing returns the current folder', async () => {
  const house = await group('House');
  const paint = await folder('Paint', house['Id']);
  const heading = { GroupKey: defaultGroupKey, IsDefaultGroup: true };
  const inFolder = { ParentGroupKey: defaultGroupKey, IsDefaultFolder: true, ChangeKey: 'x' };
  for (const [path, asked, was] of [
    [`/me/taskgroups/${house['Id']}`, heading, house],
    [`/me/taskfolders/${paint['Id']}`, inFolder, paint],
    [`/me/taskfolders/${paint['Id']}`, {}, paint],
  ] as const) {
    const { status, body } = await service.send('PATCH', path, asked);
    const { Id, Name, ChangeKey } = was;
    expect([status, body]).toMatchObject([200, { Id, Name, ChangeKey }]);
    expect(errorOf(await service.send('PATCH', path, { Name: null }))).toEqual([400, 'ErrorInvalidRequest']);
  }
});

test('deleting a folder deletes its tasks and leaves tombstones', async () => {
  const paint = await folder('Paint');
  const task = await service.send('POST', `/me/taskfolders/${paint['Id']}/tasks`, { Subject: 'Walls' });
  const kept = await service.send('POST', '/me/tasks', { Subject: 'Kept' });
  expect((await service.send('DELETE', `/me/taskfolders/${paint['Id']}`)).status).toBe(204);
  expect((await service.send('GET', `/me/taskfolders/${paint['Id']}/tasks`)).status).toBe(404);
  expect((await service.send('GET', `/me/tasks/${task.body['Id']}`)).status).toBe(404);
  expect((await service.send('GET', '/me/tasks')).body['value']).toMatchObject([{ Id: kept.body['Id'] }]);
  const departures = await service.database.db.selectFrom('departures').selectAll().orderBy('kind').execute();
  expect(departures.map(({ kind, id }) => [kind, id])).toEqual([
    ['folder', paint['Id']],
    ['task', task.body['Id']],
  ]);
});
