import { valuesOf } from '../testing/json.ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startService, type TestResponse, type Service } from '../testing/testService.ts';

/** $filter and $orderby on lists of both dialects (docs/protocol.md#query-options-and-paging). */

let service: Service;

const v2 = '/api/v2.0/me';
const beta = '/beta/me/outlook';
/** The database writes lists in UTC, the codec those in a zone: both must give the same results. */
const zones: readonly Record<string, string>[] = [{}, { Prefer: 'outlook.timezone="Pacific Standard Time"' }];

beforeAll(async () => {
  service = await startService();
  const tasks = [
    { Subject: 'Äpfel', Importance: 'High', DueDateTime: utc('2026-05-04'), Categories: ['Blue category', 'Büro'] },
    { Subject: 'birnen', Importance: 'Low', Status: 'Completed', DueDateTime: utc('2026-05-02') },
    { Subject: "Bob's", Categories: ['blue CATEGORY'] },
    { Subject: 'Zimt', Importance: 'High', Status: 'WaitingOnOthers', StartDateTime: utc('2026-06-01') },
  ];
  for (const task of tasks) {
    service.clock.pass(1_000);
    const { status } = await send('POST', `${v2}/tasks`, task);
    expect(status).toBe(201);
  }
  for (const Name of ['Work', 'work']) await send('POST', `${v2}/taskgroups`, { Name });
  for (const Name of ['Küche', 'Archive']) await send('POST', `${v2}/taskfolders`, { Name });
});

afterAll(() => service.close());

function utc(day: string): object {
  return { DateTime: `${day}T00:00:00`, TimeZone: 'UTC' };
}

function send(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<TestResponse> {
  return service.request(method, path, body, headers);
}

function ask(
  path: string,
  options: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<TestResponse> {
  const query = Object.entries(options).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return send('GET', `${path}?${query.join('&')}`, undefined, headers);
}

async function subjects(options: Record<string, string>): Promise<string[]> {
  const found: string[][] = [];
  for (const path of [`${v2}/tasks`, `${v2}/taskfolders('Tasks')/tasks`, `${beta}/tasks`]) {
    for (const headers of zones) {
      const { status, body, text } = await ask(path, options, headers);
      expect(status, text).toBe(200);
      const rows = valuesOf(body);
      found.push(rows.map((row) => row.Subject ?? row.subject ?? ''));
    }
  }
  expect(new Set(found.map((one) => one.join())).size).toBe(1);
  return found[0]!;
}

describe('tasks', () => {
  test.each<[string, string[]]>([
    ["Subject eq 'äpfel'", ['Äpfel']],
    ["Subject eq 'BOB''S'", ["Bob's"]],
    ["Categories/any(c:c eq 'Blue Category')", ['Äpfel', "Bob's"]],
    ["Status eq 'Completed' or Importance eq 'High' and DueDateTime/DateTime lt '2026-05-05'", ['Äpfel', 'birnen']],
    ["(Status eq 'Completed' or Importance eq 'High') and DueDateTime/DateTime ge '2026-05-03'", ['Äpfel', 'Zimt']],
    ["not (Status eq 'NotStarted')", ['birnen', 'Zimt']],
    ['DueDateTime eq null', ["Bob's"]],
    ['createdDateTime gt 2026-03-25T12:00:02Z', ["Bob's", 'Zimt']],
    ["Owner eq 'ann example'", ['Äpfel', 'birnen', "Bob's", 'Zimt']],
    ["Subject eq 'nothing'", []],
  ])('%s', async (filter, expected) => {
    expect(await subjects({ $filter: filter })).toEqual(expected);
    const count = await ask(`${v2}/tasks/$count`, { $filter: filter });
    expect([count.status, count.text]).toEqual([200, String(expected.length)]);
    const counted = await ask(`${beta}/tasks`, { filter, count: 'true', top: '1' });
    expect(counted.body['@odata.count']).toBe(expected.length);
  });

  test.each<[string, string[]]>([
    ['Subject', ['birnen', "Bob's", 'Zimt', 'Äpfel']],
    ['subject desc', ['Äpfel', 'Zimt', "Bob's", 'birnen']],
    ['DueDateTime/DateTime', ["Bob's", 'birnen', 'Äpfel', 'Zimt']],
    ['DueDateTime desc', ['Zimt', 'Äpfel', 'birnen', "Bob's"]],
    ['Importance desc, createdDateTime desc', ['Zimt', 'Äpfel', "Bob's", 'birnen']],
    ['Importance,Owner', ['birnen', "Bob's", 'Äpfel', 'Zimt']],
    ['', ['Äpfel', 'birnen', "Bob's", 'Zimt']],
  ])('ordered by "%s"', async (order, expected) => {
    expect(await subjects({ $orderby: order })).toEqual(expected);
  });

  test('next links keep the query', async () => {
    const seen: string[] = [];
    let path: string | undefined =
      `${v2}/tasks?$filter=${encodeURIComponent("Importance ne 'Low'")}&%24orderby=Subject+desc&$top=2&$count=true`;
    while (path !== undefined) {
      const { body }: TestResponse = await send('GET', path);
      expect(body['@odata.count']).toBe(3);
      seen.push(...valuesOf(body).map(({ Subject }) => String(Subject)));
      const next = body['@odata.nextLink'];
      if (next !== undefined)
        expect(next).toContain('?$filter=Importance%20ne%20%27Low%27&%24orderby=Subject+desc&$top=2');
      path = next?.slice('http://localhost:4100'.length);
    }
    expect(seen).toEqual(['Äpfel', 'Zimt', "Bob's"]);
  });
});

describe('folders and groups', () => {
  test.each<[string, Record<string, string>, string[]]>([
    ['taskfolders', { $filter: "Name eq 'KÜCHE'" }, ['Küche']],
    ['taskfolders', { $filter: 'IsDefaultFolder eq true' }, ['Tasks']],
    ['taskfolders', { $filter: 'not isDefaultFolder', $orderby: 'Name' }, ['Archive', 'Küche']],
    ['taskfolders', { $orderby: 'Name desc' }, ['Tasks', 'Küche', 'Archive']],
    ['taskfolders', {}, ['Küche', 'Archive', 'Tasks']],
    ['taskgroups', { $filter: "Name eq 'WORK'" }, ['Work', 'work']],
    ['taskgroups', { $filter: 'IsDefaultGroup', $orderby: 'Name' }, ['My Tasks']],
  ])('%s %o', async (set, options, expected) => {
    for (const root of [v2, beta]) {
      const { status, body } = await ask(`${root}/${set}`, options);
      const rows = valuesOf(body);
      expect([status, rows.map((row) => row.Name ?? row.name)]).toEqual([200, expected]);
    }
    const { $filter } = options;
    const count = await ask(`${v2}/${set}/$count`, $filter === undefined ? {} : { $filter });
    expect(count.text).toBe(String(expected.length));
  });
});

const search = "'contains' and 'startswith' are not supported for filtering.  Use Search instead.";
const unsupported = 'This filter query is not supported.';
const any = expect.any(String) as unknown;

type Refusal = { code: string; message: unknown };

describe('rejected queries', () => {
  test.each<[Record<string, string>, Refusal, Refusal?]>([
    [
      { $filter: "contains(Subject,'a')" },
      { code: 'ErrorInvalidUrlQueryFilter', message: search },
      { code: 'BadRequest', message: unsupported },
    ],
    [
      { $filter: "Status eq 'Deferred' and (startsWith(Subject, 'a') eq true)" },
      { code: 'ErrorInvalidUrlQueryFilter', message: search },
      { code: 'BadRequest', message: unsupported },
    ],
    [
      { $filter: "trim(Subject) eq 'a'" },
      { code: 'ErrorInvalidUrlQueryFilter', message: any },
      { code: 'BadRequest', message: unsupported },
    ],
    [
      { $filter: "Categories/all(c:c eq 'a')" },
      { code: 'ErrorInvalidUrlQueryFilter', message: any },
      { code: 'BadRequest', message: unsupported },
    ],
    [
      { $filter: "ChangeKey eq 'x'" },
      { code: 'ErrorInvalidProperty', message: "The property 'ChangeKey' does not support filtering." },
      { code: 'ErrorInvalidProperty', message: "The property 'changeKey' does not support filtering." },
    ],
    [
      { $filter: "body/content eq 'x'" },
      { code: 'ErrorInvalidProperty', message: "The property 'Body' does not support filtering." },
      { code: 'ErrorInvalidProperty', message: "The property 'body' does not support filtering." },
    ],
    [
      { $filter: "Subject eq 'a' and Nothing eq 1" },
      { code: 'ErrorInvalidProperty', message: "The property 'Nothing' at position 19 does not exist." },
    ],
    [
      { $filter: "Subject eq 'a' and" },
      {
        code: 'ErrorInvalidUrlQueryFilter',
        message: 'Syntax error at position 18 of the filter: it ends too early.',
      },
      { code: 'BadRequest', message: 'Syntax error at position 18 of the filter: it ends too early.' },
    ],
    [
      { $orderby: 'Recurrence' },
      { code: 'ErrorInvalidProperty', message: "The property 'Recurrence' does not support sorting." },
      { code: 'ErrorInvalidProperty', message: "The property 'recurrence' does not support sorting." },
    ],
    [{ $orderby: 'Nothing' }, { code: 'ErrorInvalidProperty', message: any }],
    [
      { $orderby: 'Subject up' },
      { code: 'ErrorInvalidUrlQuery', message: "The query parameter 'orderby' is invalid." },
    ],
    [{ $search: 'x' }, { code: 'ErrorInvalidUrlQuery', message: "The query parameter 'search' is not supported." }],
    [{ $apply: 'x' }, { code: 'ErrorInvalidUrlQuery', message: "The query parameter 'apply' is invalid." }],
  ])('%o', async (options, inV2, inBeta = inV2) => {
    const first = await ask(`${v2}/tasks`, options);
    expect([first.status, first.body['error']]).toEqual([400, inV2]);
    const second = await ask(`${beta}/tasks`, options);
    expect([second.status, second.body['error']]).toMatchObject([400, inBeta]);
  });

  test('a query on a single entity', async () => {
    const list = await send('GET', `${v2}/tasks`);
    const id = String(list.body['value']?.[0]?.['Id']);
    for (const [method, path] of [
      ['GET', `${v2}/tasks('${id}')?$filter=HasAttachments`],
      ['GET', `${v2}/tasks/$count?$orderby=Subject`],
      ['POST', `${v2}/tasks?$filter=HasAttachments`],
      ['GET', `${beta}/masterCategories?$filter=HasAttachments`],
    ] as const) {
      const { status, body } = await send(method, path, method === 'POST' ? {} : undefined);
      expect([path, status, body['error']?.['code']]).toEqual([path, 400, 'ErrorInvalidUrlQuery']);
    }
  });

  test.each([
    [`${v2}/tasks`, 'SingleValueExtendedProperties'],
    [`${beta}/tasks`, 'multiValueExtendedProperties'],
  ])('extended properties of %s are not stored', async (path, name) => {
    const { status, body } = await ask(path, { $expand: `${name}($filter=id eq 'String {guid} Name x')` });
    const error = { code: 'ErrorInvalidProperty', message: `The property '${name}' cannot be expanded.` };
    expect([status, body['error']]).toMatchObject([400, error]);
  });

  test.each([
    ['Subject eq', 10],
    ["Subject eq 'a", 11],
    ["eq 'a'", 3],
    ["Subject eq 'a' Subject", 15],
    ["(Subject eq 'a'", 15],
    ["Subject eq 'a')", 14],
    ["Subject = 'a'", 8],
    ["Subject eq 'a' & true", 15],
    ['Subject eq 5', 11],
    ['Subject', 0],
    ["Status eq 'Unknown'", 10],
    ["Status eq microsoft.graph.importance'high'", 10],
    ['HasAttachments eq 1', 18],
    ["DueDateTime/DateTime gt 'soon'", 24],
    ["DueDateTime/DateTime gt '2026-02-30'", 24],
    ["Categories/any(c c eq 'x')", 17],
    ["Categories/any(c:c eq 'x'", 25],
    ['Categories/any(c:c)', 17],
    ["'a'", 0],
  ])('%s is an error at %i', async (filter, position) => {
    const { status, body } = await ask(`${v2}/tasks`, { $filter: filter });
    expect([status, body['error']?.['code']]).toEqual([400, 'ErrorInvalidUrlQueryFilter']);
    expect(body['error']?.['message']).toMatch(new RegExp(`position ${position} `));
  });

  test.each([
    'not '.repeat(500) + 'HasAttachments',
    '('.repeat(500) + 'HasAttachments' + ')'.repeat(500),
    "Subject eq '" + 'a'.repeat(5_000) + "'",
    "Subject eq 'a' or ".repeat(300) + 'HasAttachments',
    "Categories/any(c:Categories/any(d:d eq 'x'))",
    "Categories/any(c:Subject eq 'x')",
    'Subject eq Owner',
    "'a' eq 'a'",
    'HasAttachments gt false',
    "DueDateTime eq '2026-01-01'",
    "Categories eq 'x'",
    "Subject/any(c:c eq 'x')",
  ])('exceeds the limits: %.60s', async (filter) => {
    const { status, body } = await ask(`${v2}/tasks`, { $filter: filter });
    expect([status, body['error']?.['code']]).toEqual([400, 'ErrorInvalidUrlQueryFilter']);
    expect(body['error']?.['message']).toMatch(/^The filter is not supported at position \d+: /);
  });
});

test("a filter never reaches another account's tasks", async () => {
  const bob = { Authorization: 'Bearer bob' };
  await send('POST', `${v2}/tasks`, { Subject: "Bob's own" }, bob);
  for (const filter of ['true', "true or Subject eq 'x'", "Subject eq ''' or 1=1 --'", "not (Subject eq 'x')"]) {
    const ownTask = (await ask(`${v2}/tasks`, { $filter: filter })).text;
    expect(ownTask).not.toContain("Bob's own");
    expect((await ask(`${v2}/tasks`, { $filter: filter }, bob)).text).not.toContain('birnen');
  }
});
