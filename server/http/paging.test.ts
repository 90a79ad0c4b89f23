import { valuesOf } from '../testing/json.ts';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startService, type Service } from '../testing/testService.ts';
import { type Json } from '../testing/json.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
  for (let n = 1; n <= 25; n += 1) {
    service.clock.pass(1_000);
    await service.send('POST', '/me/tasks', { Subject: `Task ${n}`, Importance: n % 2 === 0 ? 'High' : 'Low' });
    await service.send('POST', '/me/taskfolders', { Name: `Folder ${n}` });
  }
});
afterAll(() => service.close());

const list = (path: string, headers?: Record<string, string>) => service.send('GET', path, undefined, headers);
const subjects = (body: Json) => valuesOf(body).map(({ Subject }) => Subject);
const pathOf = (link: unknown) => String(link).replace('http://localhost:4100/api/v2.0', '');

test('a page has ten tasks, oldest first, and its links reach every task once', async () => {
  const first = await list("/me/TaskFolders('Tasks')/tasks");
  expect(subjects(first.body).slice(0, 2)).toEqual(['Task 1', 'Task 2']);
  const link = String(first.body['@odata.nextLink']);
  expect(link).toBe("http://localhost:4100/api/v2.0/me/TaskFolders('Tasks')/tasks?$skip=10");
  const all = subjects(first.body);
  for (let next: unknown = link; next !== undefined;) {
    const { body } = await list(pathOf(next));
    all.push(...subjects(body));
    next = body['@odata.nextLink'];
  }
  expect(all).toEqual(Array.from({ length: 25 }, (_, n) => `Task ${n + 1}`));
});

test('$top, $skip and $count, with the spelling of every other option kept in the link', async () => {
  const { body } = await list('/me/tasks?%24top=5&$COUNT=true&x=1&%24skip=3&$select=Subject,%20status,');
  expect(body['@odata.count']).toBe(25);
  expect(subjects(body)).toEqual(['Task 4', 'Task 5', 'Task 6', 'Task 7', 'Task 8']);
  expect(pathOf(body['@odata.nextLink'])).toBe('/me/tasks?%24top=5&$COUNT=true&x=1&$select=Subject,%20status,&$skip=8');
  expect((await list('/me/tasks?$top=25')).body).not.toHaveProperty('@odata.nextLink');
  expect((await list('/me/tasks?$top=24')).body).toHaveProperty('@odata.nextLink');
  expect((await list('/me/tasks?$top=0&$count=true')).body).toMatchObject({ '@odata.count': 25, value: [] });
  expect((await list('/me/tasks?$top=5&$skip=900')).body).not.toHaveProperty('@odata.nextLink');
  expect((await list('/me/tasks?$top=99999')).status).toBe(200);
});

test('Prefer: odata.maxpagesize sizes a page of a request without $top', async () => {
  const { body } = await list('/me/tasks', { Prefer: 'odata.maxpagesize=3' });
  expect(body['value']).toHaveLength(3);
  expect(pathOf(body['@odata.nextLink'])).toBe('/me/tasks?$skip=3');
});

test('$count of every collection is a plain number', async () => {
  for (const [path, count] of [
    ['/me/tasks', '25'],
    ['/me/taskfolders/Tasks/tasks', '25'],
    ['/me/taskfolders', '26'],
    ['/me/taskgroups', '1'],
  ] as const) {
    const answer = await list(`${path}/$count`);
    expect([answer.text, answer.headers.get('content-type')]).toEqual([count, 'text/plain; charset=utf-8']);
  }
});

test('$select returns the named members in any case, with Id and annotations, in lists and single tasks, in UTC and in a zone', async () => {
  const names = ['@odata.id', '@odata.etag', 'Id', 'Status', 'Subject'];
  const { body } = await list('/me/tasks?$select=subject,STATUS&$top=1');
  expect(Object.keys(body['value']?.[0] ?? {})).toEqual(names);
  const zoned = await list('/me/tasks?$select=Subject,Status&$top=1', { Prefer: 'outlook.timezone="Europe/Paris"' });
  expect(Object.keys(zoned.body['value']?.[0] ?? {})).toEqual(names);
  const one = await list(`/me/tasks/${body['value']?.[0]?.['Id']}?$select=Subject,Status`);
  expect(Object.keys(one.body)).toEqual(['@odata.context', ...names]);
  const whole = await list('/me/tasks?$select=&$top=1');
  expect(Object.keys(whole.body['value']?.[0] ?? {})).toHaveLength(22);
  const folders = await list('/me/taskfolders?$select=Name&$top=1');
  expect(folders.body['value']?.[0]).toEqual({
    '@odata.id': folders.body['value']?.[0]?.['@odata.id'],
    Id: folders.body['value']?.[0]?.['Id'],
    Name: 'Folder 1',
  });
});

test('folders are paged, too, the default folder last', async () => {
  const { body } = await list('/me/taskfolders?$top=2');
  expect(valuesOf(body).map(({ Name }) => Name)).toEqual(['Folder 1', 'Folder 2']);
  const last = await list('/me/taskfolders?$skip=24');
  expect(valuesOf(last.body).map(({ Name }) => Name)).toEqual(['Folder 25', 'Tasks']);
  expect(pathOf(body['@odata.nextLink'])).toBe('/me/taskfolders?$top=2&$skip=2');
});

test.each([
  ['$filter=Status eq', 'ErrorInvalidUrlQueryFilter'],
  ['$orderby=Body', 'ErrorInvalidProperty'],
  ['$expand=Folder', 'ErrorInvalidUrlQuery'],
  ['$search=x', 'ErrorInvalidUrlQuery'],
  ['$deltatoken=x', 'ErrorInvalidUrlQuery'],
  ['$nonsense=1', 'ErrorInvalidUrlQuery'],
  ['$top=-1', 'ErrorInvalidUrlQuery'],
  ['$top=ten', 'ErrorInvalidUrlQuery'],
  ['$skip=1.5', 'ErrorInvalidUrlQuery'],
  ['$count=maybe', 'ErrorInvalidUrlQuery'],
  ['$select=Nothing', 'ErrorInvalidProperty'],
])('%s is rejected', async (query, code) => {
  const { status, body } = await list(`/me/tasks?${query}`);
  expect([status, body['error']?.['code']]).toEqual([400, code]);
});

test('a cached list always equals what is stored', async () => {
  const path = '/me/taskfolders/Tasks/tasks?$top=1';
  const before = await list(path);
  expect((await list(path)).text).toBe(before.text);
  const id = before.body['value']?.[0]?.['Id'];
  await service.send('PATCH', `/me/tasks/${id}`, { Subject: 'Renamed' });
  expect(subjects((await list(path)).body)).toEqual(['Renamed']);
});
