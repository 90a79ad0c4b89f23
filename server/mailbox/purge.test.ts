import { valuesOf } from '../testing/json.ts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startService, type TestResponse, type Service } from '../testing/testService.ts';
import { type Json } from '../testing/json.ts';

/** permanentDelete (docs/protocol.md#deletion). */

let service: Service;

beforeEach(async () => {
  service = await startService();
});

afterEach(() => service.close());

const home = '/beta/me/outlook';

function send(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<TestResponse> {
  return service.request(method, path, body, headers);
}

async function make(path: string, body: object): Promise<string> {
  const { status, body: made } = await send('POST', `${home}${path}`, body);
  expect(status).toBe(201);
  return String(made['id']);
}

async function place(): Promise<{ group: string; folder: string; task: string }> {
  const group = await make('/taskGroups', { name: 'Leisure' });
  const folder = await make(`/taskGroups/${group}/taskFolders`, { name: 'Cooking' });
  return { group, folder, task: await make(`/taskFolders/${folder}/tasks`, { subject: 'Pasta' }) };
}

const linkIn = (body: Json) => String(body['@odata.deltaLink']).slice('http://localhost:4100'.length);

const rows = (table: 'tasks' | 'task_folders', id: string) =>
  service.database.db.selectFrom(table).select('id').where('id', '=', id).execute();

type Ids = { group: string; folder: string; task: string };

test.each<[string, (ids: Ids) => string]>([
  ['short', ({ task }) => `/me/outlook/tasks/${task}`],
  ['by its own path', ({ task }) => `/users/ann@example.com/outlook/tasks/${task}`],
  ['below its folder', ({ folder, task }) => `/me/outlook/taskFolders/${folder}/tasks/${task}`],
  [
    'below its folder and group',
    (ids) => `/users/ann@example.com/outlook/taskGroups/${ids.group}/taskFolders/${ids.folder}/tasks/${ids.task}`,
  ],
  ['with keys in parentheses', ({ folder, task }) => `/me/outlook/taskFolders('${folder}')/tasks('${task}')`],
])('purges a task, addressed %s', async (_, path) => {
  const ids = await place();
  const address = `/beta${path(ids)}/permanentDelete`;
  const first = await send('POST', address);
  expect([first.status, first.text]).toEqual([204, '']);
  expect(await rows('tasks', ids.task)).toEqual([]);
  const second = await send('POST', address);
  expect([second.status, second.body['error']?.['code']]).toEqual([404, 'ErrorItemNotFound']);
});

test.each<[string, unknown, Record<string, string>]>([
  ['nothing', undefined, {}],
  ['empty, with a JSON content type', undefined, { 'Content-Type': 'application/json' }],
  ['null', 'null', {}],
  ['an empty object', '{}', {}],
  ['null without a content type', 'null', { 'Content-Type': 'text/plain;charset=UTF-8' }],
  ['an empty object with a charset', ' { } ', { 'Content-Type': 'application/json; charset=utf-8' }],
])('accepts a body that is %s', async (_, body, headers) => {
  const { folder, task } = await place();
  expect((await send('POST', `${home}/tasks/${task}/permanentDelete`, body, headers)).status).toBe(204);
  expect((await send('POST', `${home}/taskFolders/${folder}/permanentDelete`, body, headers)).status).toBe(204);
});

test.each([
  ['something', '{"now":true}', 'application/json', 400],
  ['any other value', 'now', 'text/plain', 415],
])('rejects a body that is %s', async (_, body, type, status) => {
  const { task } = await place();
  const answer = await send('POST', `${home}/tasks/${task}/permanentDelete`, body, { 'Content-Type': type });
  expect(answer.status).toBe(status);
  expect(await rows('tasks', task)).toHaveLength(1);
});

test('a folder is purged with its tasks', async () => {
  const { group, folder, task } = await place();
  const other = await make('/tasks', { subject: 'Elsewhere' });
  const deleted = await make(`/taskFolders/${folder}/tasks`, { subject: 'Soup' });
  await send('DELETE', `${home}/tasks/${deleted}`);
  const address = `${home}/taskGroups/${group}/taskFolders/${folder}/permanentDelete`;
  expect((await send('POST', address)).status).toBe(204);
  expect(await rows('task_folders', folder)).toEqual([]);
  expect(await rows('tasks', task)).toEqual([]);
  // A task deleted before is no longer in the folder, but in Deleted Items.
  for (const id of [other, deleted]) expect(await rows('tasks', id)).toHaveLength(1);
  for (const path of [address, `${home}/taskFolders/${folder}/permanentDelete`]) {
    expect((await send('POST', path)).status).toBe(404);
  }
});

test('a deleted item can be purged by its id', async () => {
  const { folder, task } = await place();
  await send('DELETE', `${home}/tasks/${task}`);
  expect((await send('POST', `${home}/tasks/${task}/permanentDelete`)).status).toBe(204);
  expect(await rows('tasks', task)).toEqual([]);
  expect((await send('POST', `${home}/tasks/${task}/permanentDelete`)).status).toBe(404);
  const second = await make(`/taskFolders/${folder}/tasks`, { subject: 'Soup' });
  await send('DELETE', `${home}/taskFolders/${folder}`);
  // A deleted folder is no path to its tasks, but both ids still work.
  expect((await send('POST', `${home}/taskFolders/${folder}/tasks/${second}/permanentDelete`)).status).toBe(404);
  expect((await send('POST', `${home}/tasks/${second}/permanentDelete`)).status).toBe(204);
  expect((await send('POST', `${home}/taskFolders/${folder}/permanentDelete`)).status).toBe(204);
  expect(await rows('task_folders', folder)).toEqual([]);
});

test('a delta query reports a purge as a deletion', async () => {
  const { folder, task } = await place();
  const track = { Prefer: 'odata.track-changes' };
  const changes = async (path: string) => {
    let { body } = await send('GET', `/api/v2.0/me/${path}`, undefined, track);
    body = (await send('GET', linkIn(body))).body;
    const link = linkIn(body);
    return async () => valuesOf((await send('GET', link, undefined, track)).body);
  };
  const ofFolder = await changes(`taskfolders('${folder}')/tasks`);
  const ofFolders = await changes('taskfolders');
  await send('POST', `${home}/tasks/${task}/permanentDelete`);
  expect(await ofFolder()).toMatchObject([{ id: `Tasks('${task}')`, reason: 'deleted' }]);
  await send('POST', `${home}/taskFolders/${folder}/permanentDelete`);
  expect(await ofFolders()).toMatchObject([{ id: `TaskFolders('${folder}')`, reason: 'deleted' }]);
});

test('the folder and group in the path must be the right ones', async () => {
  const { group, folder, task } = await place();
  const elsewhere = await make('/taskGroups', { name: 'Work' });
  for (const path of [
    `/taskFolders/Tasks/tasks/${task}`,
    `/taskGroups/${elsewhere}/taskFolders/${folder}/tasks/${task}`,
    `/taskGroups/${group}/taskFolders/Tasks/tasks/${task}`,
    `/taskGroups/${elsewhere}/taskFolders/${folder}`,
    `/tasks/${folder}`,
    `/taskFolders/${task}`,
  ]) {
    const { status, body } = await send('POST', `${home}${path}/permanentDelete`);
    expect([path, status, body['error']?.['code']]).toEqual([path, 404, 'ErrorItemNotFound']);
  }
  expect(await rows('tasks', task)).toHaveLength(1);
});

test('invalid requests are rejected', async () => {
  const { group, task } = await place();
  const code = ({ status, body }: TestResponse) => [status, body['error']?.['code']];
  const path = `${home}/tasks/${task}/permanentDelete`;
  expect(code(await send('POST', `${home}/taskFolders/Tasks/permanentDelete`))).toEqual([
    400,
    'ErrorDeleteDistinguishedFolder',
  ]);
  expect(code(await send('POST', path, undefined, { 'If-Match': 'W/"0"' }))).toEqual([
    412,
    'ErrorIrresolvableConflict',
  ]);
  expect(code(await send('POST', path, undefined, { Authorization: 'Bearer bob' }))).toEqual([
    404,
    'ErrorItemNotFound',
  ]);
  expect(code(await send('POST', path, undefined, { Authorization: 'Bearer ann-reads' }))).toEqual([
    403,
    'ErrorAccessDenied',
  ]);
  expect(code(await send('GET', path))).toEqual([405, 'ErrorInvalidOperation']);
  expect(code(await send('DELETE', path))).toEqual([405, 'ErrorInvalidOperation']);
  // Purging does not exist for groups, nor in v2.
  expect(code(await send('POST', `${home}/taskGroups/${group}/permanentDelete`))).toEqual([404, 'ResourceNotFound']);
  expect(code(await service.send('POST', `/me/tasks('${task}')/permanentDelete`))).toEqual([404, 'ResourceNotFound']);
  expect(await rows('tasks', task)).toHaveLength(1);
});

test('repeated with one key it takes effect once and gets the same response', async () => {
  const { task } = await place();
  const headers = {
    'Repeatability-Request-ID': 'aaaaaaaa-0000-4000-8000-000000000001',
    'Repeatability-First-Sent': 'Wed, 25 Mar 2026 12:00:00 GMT',
  };
  for (let time = 0; time < 2; time += 1) {
    const { status } = await send('POST', `${home}/tasks/${task}/permanentDelete`, undefined, headers);
    expect(status).toBe(204);
  }
});
