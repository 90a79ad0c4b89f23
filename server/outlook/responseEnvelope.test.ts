import { valuesOf } from '../testing/json.ts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { annId, startService, tenantId, type Service } from '../testing/testService.ts';

let service: Service;
beforeEach(async () => {
  service = await startService();
});
afterEach(() => service.close());

const root = 'http://localhost:4100/api/v2.0';
const user = `${root}/Users('${annId}@${tenantId}')`;

test('a task has context, id and etag first, then its members in the order of the documentation', async () => {
  const folder = (await service.send('GET', '/me/taskfolders')).body['value']?.[0]?.['Id'];
  const { body } = await service.send('POST', `/me/taskfolders('${folder}')/tasks`, { Subject: 'One' });
  expect(Object.keys(body)).toEqual([
    '@odata.context',
    '@odata.id',
    '@odata.etag',
    'Id',
    'CreatedDateTime',
    'LastModifiedDateTime',
    'ChangeKey',
    'Categories',
    'AssignedTo',
    'Body',
    'CompletedDateTime',
    'DueDateTime',
    'HasAttachments',
    'Importance',
    'IsReminderOn',
    'Owner',
    'ParentFolderId',
    'Recurrence',
    'ReminderDateTime',
    'Sensitivity',
    'StartDateTime',
    'Status',
    'Subject',
  ]);
  expect(body['@odata.context']).toBe(`${root}/$metadata#Me/TaskFolders('${folder}')/Tasks/$entity`);
  expect(body['@odata.id']).toBe(`${user}/Tasks('${body['Id']}')`);
  expect(body['@odata.etag']).toBe(`W/"${body['ChangeKey']}"`);
});

test('contexts repeat the path in any form; a key in them is percent-encoded', async () => {
  const task = (await service.send('POST', '/me/tasks', { Subject: 'One' })).body['Id'];
  const folder = (await service.send('GET', '/me/taskfolders')).body['value']?.[0]?.['Id'];
  const group = (await service.send('GET', '/me/taskgroups')).body['value']?.[0]?.['Id'];
  const contexts: readonly (readonly [string, string])[] = [
    ['/me/tasks', 'Me/Tasks'],
    [`/Me/Tasks('${task}')/`, 'Me/Tasks/$entity'],
    ['/me/TASKFOLDERS', 'Me/TaskFolders'],
    [`/me/taskfolders/${folder}`, 'Me/TaskFolders/$entity'],
    ['/me/taskfolders/tasks/tasks', "Me/TaskFolders('tasks')/Tasks"],
    [`/me/taskgroups/${group}/taskfolders`, `Me/TaskGroups('${group}')/TaskFolders`],
    [`/me/taskgroups('${group}')/taskfolders('${folder}')`, `Me/TaskGroups('${group}')/TaskFolders/$entity`],
    ["/users('ann@example.com')/tasks", `Users('${encodeURIComponent(`${annId}@${tenantId}`)}')/Tasks`],
    [`/users/${annId}/taskgroups`, `Users('${encodeURIComponent(`${annId}@${tenantId}`)}')/TaskGroups`],
  ];
  for (const [path, context] of contexts) {
    const { status, body } = await service.send('GET', path);
    expect([path, status, body['@odata.context']]).toEqual([path, 200, `${root}/$metadata#${context}`]);
  }
});

test('folders and groups have an id and no etag', async () => {
  for (const [path, set] of [
    ['/me/taskfolders', 'TaskFolders'],
    ['/me/taskgroups', 'TaskGroups'],
  ] as const) {
    const [first] = valuesOf((await service.send('GET', path)).body);
    expect(Object.keys(first ?? {})[0]).toBe('@odata.id');
    expect(first?.['@odata.id']).toBe(`${user}/${set}('${String(first?.['Id'])}')`);
    expect(first).not.toHaveProperty('@odata.etag');
  }
});

test('every spelling of one path finds the same task', async () => {
  const task = (await service.send('POST', '/me/tasks', { Subject: 'One' })).body['Id'];
  for (const path of [
    `/me/tasks('${task}')`,
    `/me/tasks/${task}`,
    `/ME/Tasks(%27${task}%27)`,
    `/me/TaskFolders('Tasks')/Tasks('${task}')/`,
    `/users('ann%40example.com')/tasks/${task}`,
    `/users/ANN@EXAMPLE.COM/tasks/${task}`,
    `/users('${annId}@${tenantId}')/tasks('${task}')`,
    `/users('${annId.toUpperCase()}')/taskfolders/TASKS/tasks/${task}`,
  ]) {
    expect([path, (await service.send('GET', path)).body['Id']]).toEqual([path, task]);
  }
  expect((await service.request('GET', `/API/V2.0/me/tasks('${task}')`)).body['Id']).toBe(task);
});

const contextFor = async (headers: Record<string, string>, from = service) =>
  String((await from.send('GET', '/me/tasks', undefined, headers)).body['@odata.context']).split('/api')[0];

test('links begin with the URL that the client used, and never with a forged host', async () => {
  expect(await contextFor({ Host: '127.0.0.1:4100' })).toBe('http://127.0.0.1:4100');
  expect(await contextFor({ Host: '[::1]:4100' })).toBe('http://[::1]:4100');
  for (const host of ['evil.example', 'localhost.evil.example', 'user@localhost:4100', 'localhost:4100/x', '%', '']) {
    expect([host, await contextFor({ Host: host })]).toEqual([host, 'http://localhost:4100']);
  }
  // TLS on this machine: clients of a TLS listener reject links that are not https.
  const secured = { Host: 'localhost:8443', 'X-Forwarded-Proto': 'https' };
  expect(await contextFor(secured)).toBe('https://localhost:8443');
  expect(await contextFor({ ...secured, 'X-Forwarded-Host': 'evil.example' })).toBe('http://localhost:4100');
  expect(await contextFor({ ...secured, Host: 'evil.example' })).toBe('http://localhost:4100');
  const hosted = await startService({ publicUrl: 'https://tasks.example.com' });
  expect(await contextFor({ Host: 'tasks.example.com' }, hosted)).toBe('https://tasks.example.com');
  const proxied = { Host: '127.0.0.1:4100', 'X-Forwarded-Host': 'evil.example', 'X-Forwarded-Proto': 'https' };
  expect(await contextFor(proxied, hosted)).toBe('https://tasks.example.com');
  expect(await contextFor({ Host: '127.0.0.1:4100' }, hosted)).toBe('http://127.0.0.1:4100');
  await hosted.close();
});

test('HEAD has the headers of GET with the length, no body, and needs the read scope only', async () => {
  const reads = { Authorization: 'Bearer ann-reads' };
  const paths = [
    '/api/v2.0/me/tasks',
    '/api/v2.0/me/nothing',
    '/beta/me/outlook/taskFolders/Tasks',
    '/threefold/v1/settings',
    '/healthz',
  ];
  const own = /^(request-id|client-request-id|content-length)$/;
  const headersOf = ({ headers }: { headers: Headers }) => [...headers].filter(([name]) => !own.test(name));
  for (const path of paths) {
    const [head, get] = [await service.request('HEAD', path, undefined, reads), await service.request('GET', path)];
    expect([head.status, head.text]).toEqual([get.status, '']);
    expect(headersOf(head)).toEqual(headersOf(get));
    expect(head.headers.get('content-length')).toBe(String(Buffer.byteLength(get.text)));
  }
  const events = await service.request('HEAD', '/threefold/v1/events');
  expect([events.status, events.text, events.headers.get('content-type')]).toEqual([
    200,
    '',
    'text/event-stream; charset=utf-8',
  ]);
  expect((await service.request('HEAD', '/api/v2.0/me/tasks/AAAA', undefined, reads)).status).toBe(404);
});
