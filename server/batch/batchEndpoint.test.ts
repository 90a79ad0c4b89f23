import { limits } from '../../src/domain/limits.ts';
import { listOf } from '../testing/json.ts';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { propertyRuns } from '../testing/testDatabase.ts';
import { startService, type TestResponse, type Service } from '../testing/testService.ts';

let service: Service;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.close());

const v2 = (requests: unknown, headers?: Record<string, string>) =>
  service.send('POST', '/me/$batch', { requests }, headers);
const beta = (requests: unknown) => service.request('POST', '/beta/$batch', { requests });

const responsesOf = ({ body }: TestResponse) => listOf(body['responses']);
const post = (id: string, subject: unknown, more: object = {}) => ({
  id,
  method: 'POST',
  url: '/me/tasks',
  body: { Subject: subject },
  ...more,
});

test('v2 answers each request of a batch in order, as if it had been sent alone', async () => {
  const answer = await v2([
    post('a', 'One'),
    { id: 'b', method: 'get', url: 'me/tasks?$count=true&$select=Subject' },
    { id: 'c', method: 'GET', url: '/api/v2.0/me/taskfolders' },
    { id: 'd', method: 'GET', url: 'http://localhost:4100/api/v2.0/me/tasks/$count' },
    { id: 'e', method: 'GET', url: 'tasks/$count' },
  ]);
  expect(answer.status).toBe(200);
  const [made, list, folders, count, beside] = responsesOf(answer);
  expect(made).toMatchObject({ id: 'a', status: 201, body: { Subject: 'One' } });
  expect(made?.['headers']?.['Location']).toContain('/api/v2.0/Users(');
  expect(made?.['headers']?.['Access-Control-Allow-Origin']).toBeUndefined();
  expect(list?.['body']?.['@odata.count']).toBe(1);
  expect(folders?.['body']?.['@odata.context']).toBe('http://localhost:4100/api/v2.0/$metadata#Me/TaskFolders');
  expect(count).toMatchObject({ status: 200, body: '1' });
  expect(beside).toMatchObject({ status: 200, body: '1' });
});

test('tasks of one batch are created one after the other, in its order', async () => {
  const requests = Array.from({ length: 20 }, (_, n) => post(`n${n}`, `Line ${n}`));
  const answers = responsesOf(await v2(requests, { Prefer: 'odata.continue-on-error' }));
  const created = answers.map(({ body }) => Date.parse(String(body?.['CreatedDateTime'])));
  expect(new Set(created).size).toBe(20);
  expect(created).toEqual(created.toSorted((a, b) => a - b));

  const [older] = answers;
  const change = {
    id: 'change',
    method: 'PATCH',
    url: `/me/tasks('${String(older?.['body']?.['Id'])}')`,
    body: { Subject: 'Line 0 again' },
  };
  const mixed = responsesOf(await v2([post('a', 'A'), change, post('b', 'B')], { Prefer: 'odata.continue-on-error' }));
  const [a, , b] = mixed.map(({ body }) => Date.parse(String(body?.['CreatedDateTime'])));
  expect(b).toBeGreaterThan(a ?? Infinity);

  const inBeta = requests.map((request, n) => ({
    ...request,
    url: '/me/outlook/tasks',
    headers: { 'Content-Type': 'application/json' },
    body: { subject: `Line ${n}` },
  }));
  const instants = responsesOf(await beta(inBeta)).map(({ body }) => Date.parse(String(body?.['createdDateTime'])));
  expect(new Set(instants).size).toBe(20);
  expect(instants).toEqual(instants.toSorted((x, y) => x - y));
});

test('v2 stops at the first error', async () => {
  const requests = [post('a', 'Two'), { id: 'b', method: 'GET', url: "/me/tasks('nowhere')" }, post('c', 'Three')];
  expect(responsesOf(await v2(requests)).map(({ status }) => status)).toEqual([201, 404]);
  const all = await v2(requests, { Prefer: 'odata.continue-on-error' });
  expect(responsesOf(all).map(({ status }) => status)).toEqual([201, 404, 201]);
});

test.each([
  [400, { id: 'b', method: 'POST', url: '/me/tasks', body: { Subject: 7 } }],
  [400, { id: 'b', method: 'GET', url: '/me/tasks', body: {} }],
  [405, { id: 'b', method: 'PUT', url: '/me/tasks', body: {} }],
])('v2 stops at the first error, also at %i', async (status, part) => {
  const requests = [post('a', 'Two'), part, post('c', 'Three')];
  expect(responsesOf(await v2(requests)).map((one) => one['status'])).toEqual([201, status]);
});

test('v2 runs requests in order: each one sees the effects of those before it', async () => {
  const made = await service.send('POST', '/me/tasks', { Subject: 'First' });
  const task = `/me/tasks('${made.body['Id']}')`;
  const patch = (id: string, subject: string) => ({ id, method: 'PATCH', url: task, body: { Subject: subject } });
  const ask = (id: string, url: string) => ({ id, method: 'GET', url });
  const before = Number((await service.send('GET', '/me/tasks/$count')).text);
  const answers = responsesOf(
    await v2(
      [
        patch('1', 'Second'),
        post('2', 'Other'),
        patch('3', 'Third'),
        ask('4', task),
        post('5', 'Another'),
        ask('6', '/me/tasks/$count'),
        { id: '7', method: 'DELETE', url: task },
        patch('8', 'Fourth'),
        { ...post('9', 'Never'), dependsOn: ['8'] },
        post('10', 'Last'),
      ],
      { Prefer: 'odata.continue-on-error' },
    ),
  );
  expect(answers.map(({ id, status }) => `${id} ${status}`)).toEqual([
    '1 200',
    '2 201',
    '3 200',
    '4 200',
    '5 201',
    '6 200',
    '7 204',
    '8 404',
    '9 424',
    '10 201',
  ]);
  expect(answers[3]?.['body']?.['Subject']).toBe('Third');
  expect(answers[5]?.body).toBe(String(before + 2));
});

test('a multipart batch gets a multipart answer', async () => {
  const body = [
    '--batch_mine',
    'Content-Type: application/http',
    'Content-Transfer-Encoding: binary',
    '',
    'POST /api/v2.0/me/tasks HTTP/1.1',
    'Content-Type: application/json',
    '',
    '{ "Subject": "Größe" }',
    '',
    '--batch_mine',
    'Content-Type: application/http',
    'Content-ID: <2>',
    '',
    'GET /api/v2.0/me/tasks/$count HTTP/1.1',
    'Host: evil.example',
    '',
    '',
    '--batch_mine--',
    '',
  ].join('\r\n');
  const answer = await service.send('POST', '/me/$batch', body, {
    'Content-Type': 'multipart/mixed; boundary=batch_mine',
  });
  expect(answer.status).toBe(200);
  const [, boundary = ''] =
    /^multipart\/mixed; boundary=([\w-]+)$/.exec(answer.headers.get('content-type') ?? '') ?? [];
  const parts = answer.text.split(`--${boundary}`);
  expect(parts).toHaveLength(4);
  expect(parts[1]).toMatch(
    /^\r\nContent-Type: application\/http\r\nContent-Transfer-Encoding: binary\r\n\r\nHTTP\/1.1 201 Created\r\n/,
  );
  expect(parts[1]).toContain('"Subject":"Größe"');
  expect(parts[1]).toContain('"@odata.id":"http://localhost:4100/');
  expect(parts[2]).toContain('Content-ID: <2>');
  expect(parts[2]).toMatch(/HTTP\/1.1 200 OK\r\n[^]*\r\n\r\n\d+\r\n$/);
  expect(parts[3]).toBe('--\r\n');
});

test.each([
  ['no end', '--b\r\nContent-Type: application/http\r\n\r\nGET me/tasks HTTP/1.1\r\n'],
  ['a part that is no request', '--b\r\nContent-Type: application/http\r\n\r\nHello\r\n--b--'],
  ['a part of another kind', '--b\r\nContent-Type: multipart/mixed; boundary=c\r\n\r\n--c--\r\n--b--'],
  ['nothing', '--b--'],
])('a multipart batch with %s is rejected', async (_, body) => {
  const answer = await service.send('POST', '/me/$batch', body, { 'Content-Type': 'multipart/mixed; boundary="b"' });
  expect(answer.status).toBe(400);
  expect(answer.body).toMatchObject({ error: { code: 'ErrorInvalidRequest' } });
});

const write = 'Content-Type: application/http\r\n\r\nPOST /api/v2.0/me/tasks HTTP/1.1\r\n\r\n{"Subject":"x"}';
const setOf = (...inside: readonly string[]) =>
  `Content-Type: multipart/mixed; boundary=c\r\n\r\n${inside.map((one) => `--c\r\n${one}\r\n`).join('')}--c--`;

test('a change set of one request is answered as a set, and a failure without one', async () => {
  const bad = write.replace('Subject', 'Nothing');
  const body = `--b\r\n${setOf(write)}\r\n--b\r\n${setOf(bad)}\r\n--b--`;
  const answer = await service.send('POST', '/me/$batch', body, { 'Content-Type': 'multipart/mixed; boundary=b' });
  const [, boundary = ''] = /boundary=([\w-]+)$/.exec(answer.headers.get('content-type') ?? '') ?? [];
  const [, made = '', failed = ''] = answer.text.split(`--${boundary}\r\n`);
  const [, inner = ''] = /^Content-Type: multipart\/mixed; boundary=([\w-]+)\r\n\r\n/.exec(made) ?? [];
  expect(made.split(`--${inner}`)).toEqual([
    expect.anything(),
    expect.stringMatching(
      /^\r\nContent-Type: application\/http\r\n[^]*\r\n\r\nHTTP\/1.1 201 Created\r\n[^]*"Subject":"x"/,
    ),
    '--\r\n',
  ]);
  expect(failed).toMatch(/^Content-Type: application\/http\r\n[^]*HTTP\/1.1 400 Bad Request\r\n[^]*RequestBodyRead/);
});

test('a change set of several requests is rejected, as they would not be atomic', async () => {
  const before = (await service.send('GET', '/me/tasks/$count')).text;
  const set = `--b\r\n${setOf(write, write)}\r\n--b--`;
  const answers = [
    await service.send('POST', '/me/$batch', set, { 'Content-Type': 'multipart/mixed; boundary=b' }),
    await v2([post('a', 'One', { atomicityGroup: 'g' })]),
    await beta([post('a', 'One', { atomicityGroup: 'g' })]),
  ];
  for (const { status, body } of answers) {
    expect([status, body['error']?.['message']]).toEqual([400, expect.stringContaining('Change sets')]);
  }
  expect((await service.send('GET', '/me/tasks/$count')).text).toBe(before);
});

test('beta runs independent requests, and answers 424 where a dependency failed', async () => {
  const answer = await beta([
    { id: '1', method: 'POST', url: '/me/outlook/tasks', body: { subject: 'Beta' } },
    { id: '2', method: 'GET', url: '/me/outlook/tasks/nowhere', headers: { Accept: 'application/json' } },
    { id: '3', method: 'GET', url: '/me/outlook/tasks', dependsOn: ['2'] },
    { id: '4', method: 'GET', url: '/me/outlook/tasks', dependsOn: ['3'] },
    { id: '5', method: 'GET', url: '/me/outlook/tasks?top=1', dependsOn: ['1'] },
  ]);
  expect(answer.status).toBe(200);
  const byId = new Map(responsesOf(answer).map((one) => [String(one['id']), one]));
  expect([...byId].map(([id, part]) => [id, part['status']])).toEqual([
    ['1', 201],
    ['2', 404],
    ['3', 424],
    ['4', 424],
    ['5', 200],
  ]);
  expect(byId.get('2')?.['body']).toMatchObject({ error: { code: 'ErrorItemNotFound', innerError: {} } });
  expect(byId.get('3')?.['body']).toMatchObject({ error: { code: 'FailedDependency' } });
});

test('a batch of more than twenty requests is rejected', async () => {
  const many = Array.from({ length: 21 }, (_, at) => ({ id: String(at), method: 'GET', url: '/me/tasks' }));
  const refused = await v2(many);
  expect(refused.status).toBe(400);
  expect(refused.body).toMatchObject({
    error: { message: 'The maximum number of operations in a batch request is 20.' },
  });
  expect((await beta(many)).body).toMatchObject({ error: { code: 'BadRequest' } });
  expect(responsesOf(await v2(many.slice(1)))).toHaveLength(20);
});

test.each([
  ['no list', {}],
  ['an empty list', []],
  ['no id', [{ method: 'GET', url: '/me/tasks' }]],
  ['no url', [{ id: '1', method: 'GET' }]],
  ['an id twice', [1, 2].map(() => ({ id: '1', method: 'GET', url: '/me/tasks' }))],
  ['a circle', [{ id: '1', method: 'GET', url: '/me/tasks', dependsOn: ['1'] }]],
  ['headers that are none', [{ id: '1', method: 'GET', url: '/me/tasks', headers: { accept: 1 } }]],
  ['something else', ['GET']],
])('a batch with %s is rejected as a whole', async (_, requests) => {
  expect((await v2(requests)).status).toBe(400);
  expect((await beta(requests)).status).toBe(400);
});

test.each([
  ['a batch', { method: 'POST', url: '/me/$batch', body: { requests: [] } }],
  ['a batch in other letters', { method: 'POST', url: '/ME/%24Batch/', body: { requests: [] } }],
  ['a batch of a user', { method: 'POST', url: "/users('ann@example.com')/$%62atch", body: { requests: [] } }],
  ['another host', { method: 'GET', url: 'https://example.com/api/v2.0/me/tasks' }],
  ['a way out of the dialect', { method: 'GET', url: '/../../threefold/v1/settings' }],
  ['a body of a GET', { method: 'GET', url: '/me/tasks', body: {} }],
  ['a header that cannot be', { method: 'GET', url: '/me/tasks', headers: { 'a b': 'c' } }],
])('%s is rejected alone', async (_, part) => {
  expect(responsesOf(await v2([{ id: '1', ...part }]))).toMatchObject([{ id: '1', status: 400 }]);
});

test('a part runs with the account and scopes of the batch’s token', async () => {
  const headers = { Authorization: 'Bearer ann-reads' };
  const asked = [{ ...post('1', 'Not allowed'), headers: { Authorization: 'Bearer bob' } }];
  expect(responsesOf(await v2(asked, headers))).toMatchObject([{ status: 403 }]);
  expect((await v2(asked, { Authorization: 'Bearer nobody' })).status).toBe(401);
  expect((await service.send('GET', '/me/$batch')).status).toBe(405);
  const count = { requests: [{ id: '1', method: 'GET', url: '/me/tasks/$count' }] };
  expect((await service.send('POST', "/users('ann@example.com')/%24batch", count)).status).toBe(200);
  expect((await service.send('POST', "/users('bob@example.com')/$batch", count)).status).toBe(404);
});

test('any batch is answered or rejected without a server error', async () => {
  const text = fc.string({ unit: 'binary', maxLength: 12 });
  const part = fc.record(
    {
      id: fc.oneof(text, fc.integer()),
      method: fc.oneof(fc.constantFrom('GET', 'POST', 'PATCH', 'DELETE', 'put'), text),
      url: fc.oneof(fc.constantFrom('/me/tasks', '/me/taskfolders', '//x', '/me/../..', 'http://localhost:4100'), text),
      headers: fc.oneof(fc.dictionary(text, text, { maxKeys: 2 }), fc.jsonValue({ maxDepth: 1 })),
      body: fc.jsonValue(),
      dependsOn: fc.oneof(fc.array(text, { maxLength: 2 }), fc.jsonValue({ maxDepth: 1 })),
    },
    { requiredKeys: ['id', 'method', 'url'] },
  );
  const lines = fc.array(
    fc.oneof(fc.constantFrom('--b', '--b--', '', 'Content-Type: application/http', 'GET me/tasks', ': x', '-'), text),
  );
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(part, fc.jsonValue()), { maxLength: 4 }), lines, async (parts, multipart) => {
      const type = { 'Content-Type': 'multipart/mixed; boundary=b' };
      const whole = [
        await v2(parts),
        await beta(parts),
        await service.send('POST', '/me/$batch', multipart.join('\r\n'), type),
      ];
      for (const answer of whole) {
        expect(answer.status).toBeLessThan(500);
        for (const { status } of answer.status === 200 && answer.text.startsWith('{') ? responsesOf(answer) : [])
          expect(status).toBeLessThan(500);
      }
    }),
    { numRuns: propertyRuns(200) },
  );
  const deep = `{"requests":[{"id":"1","method":"POST","url":"/me/tasks","body":${'['.repeat(200_000)}${']'.repeat(200_000)}}]}`;
  expect((await service.send('POST', '/me/$batch', deep)).status).toBe(400);
});

test('answers beyond the size limit of a batch are replaced by an error', async () => {
  const long = { ContentType: 'Text', Content: '€'.repeat(limits.body) };
  const made = await service.send('POST', '/me/tasks', { Subject: 'Long', Body: long });
  const url = `/me/tasks/${made.body['Id']}`;
  const requests = Array.from({ length: 13 }, (_, at) => ({ id: String(at), method: 'GET', url }));
  const answers = responsesOf(await v2(requests, { Prefer: 'odata.continue-on-error' }));
  const statuses = answers.map(({ status }) => status);
  expect(statuses).toEqual([...Array.from({ length: 11 }, () => 200), 413, 413]);
});
