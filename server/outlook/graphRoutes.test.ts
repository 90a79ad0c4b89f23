import { valuesOf } from '../testing/json.ts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { annId, bobId, startService, type TestResponse, type Service } from '../testing/testService.ts';

/** The beta dialect in Graph's spelling (docs/protocol.md#endpoints-of-beta). */

let service: Service;
let tasksId: string;
const root = 'http://localhost:4100/beta';
const context = `${root}/$metadata#users('${annId}')/outlook`;

beforeEach(async () => {
  service = await startService();
  tasksId = (await send('GET', '/me/outlook/taskFolders/Tasks')).body['id'] ?? '';
});

afterEach(() => service.close());

function send(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<TestResponse> {
  return service.request(method, `/beta${path}`, body, headers);
}

async function make(subject: string, more: object = {}, path = '/me/outlook/tasks'): Promise<string> {
  const { status, body } = await send('POST', path, { subject, ...more });
  expect(status).toBe(201);
  return String(body['id']);
}

const named = (answer: TestResponse, name: string) => valuesOf(answer.body).map((one) => one[name]);

const anyTime = expect.stringMatching(/^2026-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,3})?Z$/) as unknown;

describe('responses', () => {
  test('a task in Graph’s format', async () => {
    const answer = await send('POST', '/me/outlook/tasks', {
      subject: 'Shop for dinner',
      body: { contentType: 'html', content: '<b>milk</b>' },
      startDateTime: { dateTime: '2026-05-03T09:00:00', timeZone: 'Eastern Standard Time' },
      dueDateTime: { dateTime: '2026-05-05T16:00:00', timeZone: 'Eastern Standard Time' },
      importance: 'high',
      recurrence: {
        pattern: { type: 'weekly', interval: 1, daysOfWeek: ['sunday'] },
        range: { type: 'noEnd', startDate: '2026-05-03' },
      },
    });
    const { id } = answer.body;
    const golden = {
      '@odata.etag': `W/"${String(answer.body['changeKey'])}"`,
      id,
      createdDateTime: anyTime,
      lastModifiedDateTime: anyTime,
      changeKey: expect.any(String) as unknown,
      categories: [],
      assignedTo: null,
      body: { contentType: 'html', content: '<b>milk</b>' },
      completedDateTime: null,
      dueDateTime: { dateTime: '2026-05-05T04:00:00.0000000', timeZone: 'UTC' },
      hasAttachments: false,
      importance: 'high',
      isReminderOn: false,
      owner: 'Ann Example',
      parentFolderId: tasksId,
      recurrence: {
        pattern: {
          type: 'weekly',
          interval: 1,
          month: 0,
          dayOfMonth: 0,
          daysOfWeek: ['sunday'],
          firstDayOfWeek: 'sunday',
          index: 'first',
        },
        range: {
          type: 'noEnd',
          startDate: '2026-05-03',
          endDate: '0001-01-01',
          recurrenceTimeZone: null,
          numberOfOccurrences: 0,
        },
      },
      reminderDateTime: null,
      sensitivity: 'normal',
      startDateTime: { dateTime: '2026-05-03T04:00:00.0000000', timeZone: 'UTC' },
      status: 'notStarted',
      subject: 'Shop for dinner',
    };
    const entity = { '@odata.context': `${context}/tasks/$entity`, ...golden };
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual(entity);
    expect(Object.keys(answer.body)).toEqual(Object.keys(entity));
    expect(answer.headers.get('location')).toBe(`${root}/users/${annId}/outlook/tasks/${id}`);

    // The database writes lists, the codec writes entities.
    const list = await send('GET', '/me/outlook/tasks');
    expect(list.text).toBe(
      JSON.stringify({
        '@odata.context': `${context}/tasks`,
        value: [Object.fromEntries(Object.entries(answer.body).slice(1))],
      }),
    );
    const zoned = await send('GET', '/me/outlook/tasks', undefined, {
      Prefer: 'outlook.timezone="Pacific Standard Time"',
    });
    expect(named(zoned, 'dueDateTime')).toEqual([
      { dateTime: '2026-05-04T21:00:00.0000000', timeZone: 'Pacific Standard Time' },
    ]);
  });

  test('folders and groups', async () => {
    const group = (await send('POST', '/me/outlook/taskGroups', { name: 'Leisure' })).body;
    expect(group).toEqual({
      '@odata.context': `${context}/taskGroups/$entity`,
      id: expect.any(String) as unknown,
      changeKey: expect.any(String) as unknown,
      isDefaultGroup: false,
      name: 'Leisure',
      groupKey: expect.any(String) as unknown,
    });
    const made = await send('POST', `/me/outlook/taskGroups/${group['id']}/taskFolders`, { name: 'Cooking' });
    expect([made.status, made.body]).toEqual([
      201,
      {
        '@odata.context': `${context}/taskGroups('${group['id']}')/taskFolders/$entity`,
        id: expect.any(String) as unknown,
        changeKey: expect.any(String) as unknown,
        isDefaultFolder: false,
        name: 'Cooking',
        parentGroupKey: group['groupKey'],
      },
    ]);
    expect(made.headers.get('location')).toBe(`${root}/users/${annId}/outlook/taskFolders/${made.body['id']}`);
    expect(named(await send('GET', '/me/outlook/taskGroups'), 'name')).toEqual(['My Tasks', 'Leisure']);
    expect(named(await send('GET', '/me/outlook/taskFolders'), 'name')).toEqual(['Cooking', 'Tasks']);
    expect((await send('GET', `/me/outlook/taskGroups/${group['id']}/taskFolders/$count`)).text).toBe('1');
    const folder = `/me/outlook/taskGroups/${group['id']}/taskFolders/${made.body['id']}`;
    const task = await make('Pasta', {}, `${folder}/tasks`);
    expect((await send('GET', `${folder}/tasks/${task}`)).body['@odata.context']).toBe(
      `${context}/taskGroups('${group['id']}')/taskFolders('${made.body['id']}')/tasks/$entity`,
    );
    expect((await send('PATCH', folder, { name: 'Baking' })).body['name']).toBe('Baking');
    expect((await send('DELETE', folder)).status).toBe(204);
    expect((await send('GET', `/me/outlook/tasks/${task}`)).status).toBe(404);
    expect((await send('DELETE', `/me/outlook/taskGroups/${group['id']}`)).status).toBe(204);
  });

  test('PATCH, complete in its three spellings, DELETE', async () => {
    for (const body of [undefined, 'null', '{}']) {
      const id = await make('Call');
      expect((await send('PATCH', `/me/outlook/tasks/${id}`, { status: 'inProgress' })).body['status']).toBe(
        'inProgress',
      );
      const done = await send('POST', `/me/outlook/tasks/${id}/complete`, body);
      expect([done.status, named(done, 'status')]).toEqual([200, ['completed']]);
      expect(done.body['@odata.context']).toBe(`${context}/tasks`);
      expect((await send('DELETE', `/me/outlook/tasks/${id}`)).status).toBe(204);
    }
  });

  test('options without their $, names in any case, a context that names the selected members', async () => {
    for (const subject of ['a', 'b', 'c']) await make(subject);
    const first = await send('GET', '/me/outlook/tasks?top=2&Select=Subject,dueDateTime&count=true&orderby=subject');
    expect(first.body['@odata.context']).toBe(`${context}/tasks(subject,dueDateTime)`);
    expect(first.body['@odata.count']).toBe(3);
    const next = `${root}/me/outlook/tasks?top=2&Select=Subject,dueDateTime&count=true&orderby=subject&$skip=2`;
    expect(first.body['@odata.nextLink']).toBe(next);
    const keys = Object.keys(valuesOf(first.body)[0] ?? {});
    expect(keys).toEqual(['@odata.etag', 'id', 'dueDateTime', 'subject']);
    const second = await send('GET', next.slice(root.length));
    expect([named(first, 'subject'), named(second, 'subject')]).toEqual([['a', 'b'], ['c']]);
    expect(second.body['@odata.nextLink']).toBeUndefined();
    const skipped = await send('GET', '/me/outlook/tasks?skip=1&top=1&orderby=subject');
    expect(skipped.body['@odata.nextLink']).toBe(`${root}/me/outlook/tasks?top=1&orderby=subject&$skip=2`);
  });

  test('keys in parentheses, other letter case and the user’s own path give the same', async () => {
    const id = await make('One');
    for (const path of [
      `/users/ann@example.com/outlook/tasks/${id}`,
      `/users('${annId}')/outlook/tasks('${id}')`,
      `/ME/Outlook/TaskFolders/tasks/Tasks/${id}`,
    ]) {
      const { status, body } = await send('GET', path);
      expect([path, status, body['id']]).toEqual([path, 200, id]);
    }
    // The scopes do not include other mailboxes.
    expect((await send('GET', `/users/${bobId}/outlook/tasks`)).status).toBe(403);
    expect((await send('GET', `/me/tasks`)).status).toBe(404);
  });
});

describe('errors', () => {
  const id = '00000000-0000-4000-8000-000000000001';

  test('have a date and a request id', async () => {
    const { status, headers, body } = await send('GET', `/me/outlook/tasks/${tasksId}`, undefined, {
      'client-request-id': id,
    });
    expect([status, body]).toEqual([
      404,
      {
        error: {
          code: 'ErrorItemNotFound',
          message: 'The specified object was not found in the store.',
          innerError: {
            date: '2026-03-25T12:00:00',
            'request-id': headers.get('request-id'),
            'client-request-id': id,
          },
        },
      },
    ]);
  });

  test('for a missing or invalid token', async () => {
    const none = await send('GET', '/me/outlook/tasks', undefined, { Authorization: '' });
    const bad = await send('GET', '/me/outlook/tasks', undefined, { Authorization: 'Bearer nobody' });
    for (const { status, headers, body } of [none, bad]) {
      expect([status, body['error']?.['code']]).toEqual([401, 'InvalidAuthenticationToken']);
      expect(body['error']?.['innerError']?.['request-id']).toBe(headers.get('request-id'));
      expect(headers.get('www-authenticate')).toMatch(/^Bearer /);
    }
  });

  test('name the types in Graph’s spelling', async () => {
    const { status, body } = await send('POST', '/me/outlook/tasks', { colour: 'red' });
    expect([status, body['error']?.['code'], body['error']?.['message']]).toEqual([
      400,
      'RequestBodyRead',
      "The property 'colour' does not exist on type 'microsoft.graph.outlookTask'. Make sure to only use property names that are defined by the type or mark the type as open type.",
    ]);
  });

  test('for delta queries, which beta does not have', async () => {
    expect((await send('GET', '/me/outlook/taskFolders/Tasks/tasks?$deltatoken=x')).status).toBe(400);
    const list = await send('GET', '/me/outlook/taskFolders/Tasks/tasks', undefined, {
      Prefer: 'odata.track-changes',
    });
    expect([list.status, list.body['@odata.deltaLink'], list.headers.get('preference-applied')]).toEqual([
      200,
      undefined,
      null,
    ]);
  });
});

describe('outlookUser', () => {
  test('supportedTimeZones in both standards', async () => {
    const windows = await send('GET', '/me/outlook/supportedTimeZones');
    expect(windows.body['@odata.context']).toBe(`${root}/$metadata#Collection(microsoft.graph.timeZoneInformation)`);
    expect(windows.body['value']).toContainEqual({
      alias: 'Pacific Standard Time',
      displayName: '(UTC-08:00) Pacific Time (US & Canada)',
    });
    expect(windows.body['value']).toContainEqual({
      alias: 'AUS Eastern Standard Time',
      displayName: '(UTC+10:00) Canberra, Melbourne, Sydney',
    });
    const by = (standard: string) =>
      `/me/outlook/supportedTimeZones(TimeZoneStandard=microsoft.graph.timeZoneStandard'${standard}')`;
    expect((await send('GET', by('Windows'))).text).toBe(windows.text);
    const iana = await send('GET', by('Iana').replaceAll("'", '%27'));
    expect(iana.body['value']).toContainEqual({ alias: 'Europe/Berlin', displayName: 'Europe/Berlin' });
    expect(new Set(named(iana, 'alias')).size).toBe(named(iana, 'alias').length);
    expect((await send('GET', by('Moon'))).status).toBe(400);
    for (const zone of [...named(windows, 'alias'), ...named(iana, 'alias')]) {
      const { status } = await send('GET', '/me/outlook/tasks', undefined, {
        Prefer: `outlook.timezone="${String(zone)}"`,
      });
      expect([zone, status]).toEqual([zone, 200]);
    }
  });

  test('masterCategories are the names in use', async () => {
    expect((await send('GET', '/me/outlook/masterCategories')).body).toEqual({
      '@odata.context': `${context}/masterCategories`,
      value: [],
    });
    await make('a', { categories: ['Blue category', 'Zoo'] });
    const gone = await make('b', { categories: ['blue CATEGORY', 'Gone'] });
    await service.request('POST', '/beta/me/outlook/tasks', { categories: ['Other'] }, { Authorization: 'Bearer bob' });
    await send('DELETE', `/me/outlook/tasks/${gone}`);
    const first = await send('GET', '/me/outlook/masterCategories');
    expect(named(first, 'displayName')).toEqual(['Blue category', 'Zoo']);
    for (const { id, color } of valuesOf(first.body)) {
      expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
      expect(color).toMatch(/^preset([0-9]|1\d|2[0-4])$/);
    }
    await make('c', { categories: ['Apple'] });
    const second = await send('GET', '/me/outlook/masterCategories');
    expect(valuesOf(second.body).slice(1)).toEqual(first.body['value']);
    expect(named(await send('GET', '/me/outlook/masterCategories?top=1&skip=1'), 'displayName')).toEqual([
      'Blue category',
    ]);
  });

  test('masterCategories are paged when tasks have very many names', async () => {
    const namesOf = (task: number) => Array.from({ length: 100 }, (_, at) => `Category ${task * 100 + at}`);
    for (let task = 0; task < 30; task += 1) await make(`Task ${task}`, { categories: namesOf(task) });
    const answer = await send('GET', '/me/outlook/masterCategories?top=2');
    expect(named(answer, 'displayName')).toEqual(['Category 0', 'Category 1']);
  });
});
