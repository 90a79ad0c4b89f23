import { parseJson } from '../testing/json.ts';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { annId, bobId, startService, type TestResponse, type Service } from '../testing/testService.ts';

let service: Service;
beforeEach(async () => {
  service = await startService();
});
afterEach(() => service.close());

const errorOf = ({ status, body }: TestResponse) => [status, body['error']?.['code']];

test('a missing or bad token is 401 without a body, before any other check', async () => {
  for (const path of ['/me/tasks', '/nowhere', '/users/bob@example.com/tasks', "/me/tasks('%')"]) {
    for (const headers of [{ Authorization: '' }, { Authorization: 'Bearer nobody' }, { Authorization: 'Basic x' }]) {
      const answer = await service.send('GET', path, undefined, headers);
      expect([answer.status, answer.text]).toEqual([401, '']);
      expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer realm=/);
      expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    }
  }
});

test('a missing scope is 403: tasks.read reads, nothing else does', async () => {
  const reader = { Authorization: 'Bearer ann-reads' };
  expect((await service.send('GET', '/me/tasks', undefined, reader)).status).toBe(200);
  expect(errorOf(await service.send('POST', '/me/tasks', { Subject: 'x' }, reader))).toEqual([
    403,
    'ErrorAccessDenied',
  ]);
  expect(errorOf(await service.send('GET', '/me/tasks', undefined, { Authorization: 'Bearer ann-elsewhere' }))).toEqual(
    [403, 'ErrorAccessDenied'],
  );
});

test('ids and mailboxes of another account are not found on every route', async () => {
  const bob = { Authorization: 'Bearer bob' };
  const task = (await service.send('POST', '/me/tasks', { Subject: 'Secret' }, bob)).body['Id'];
  const folder = (await service.send('POST', '/me/taskfolders', { Name: 'Secret' }, bob)).body['Id'];
  const group = (await service.send('POST', '/me/taskgroups', { Name: 'Secret' }, bob)).body['Id'];
  const body = { Subject: 'x' };
  const name = { Name: 'x' };
  const attempts: readonly (readonly [string, string, unknown?])[] = [
    ...(['GET', 'DELETE'] as const).flatMap((method) => [
      [method, `/me/tasks/${task}`] as const,
      [method, `/me/taskfolders/${folder}`] as const,
      [method, `/me/taskgroups/${group}`] as const,
      [method, `/me/taskfolders/Tasks/tasks/${task}`] as const,
    ]),
    ['PATCH', `/me/tasks/${task}`, body],
    ['PATCH', `/me/taskfolders/${folder}`, name],
    ['PATCH', `/me/taskgroups/${group}`, name],
    ['POST', `/me/tasks/${task}/complete`],
    ['GET', `/me/taskfolders/${folder}/tasks`],
    ['GET', `/me/taskfolders/${folder}/tasks/$count`],
    ['POST', `/me/taskfolders/${folder}/tasks`, body],
    ['GET', `/me/taskgroups/${group}/taskfolders`],
    ['POST', `/me/taskgroups/${group}/taskfolders`, name],
    ['GET', `/users/bob@example.com/tasks`],
    ['GET', `/users('${bobId}')/taskfolders`],
    ['GET', '/users/nobody@example.com/tasks'],
    ['POST', `/users('${bobId}')/tasks`, body],
  ];
  for (const [method, path, sent] of attempts) {
    const mine = { Authorization: path.startsWith('/users') ? 'Bearer ann-shared' : 'Bearer ann' };
    const answer = await service.send(method, path, sent, mine);
    expect([method, path, ...errorOf(answer)]).toEqual([method, path, 404, 'ErrorItemNotFound']);
    expect(answer.body['error']?.['message']).toBe('The specified object was not found in the store.');
  }
  expect((await service.send('GET', '/me/tasks/$count', undefined, bob)).text).toBe('1');
});

test('unknown addresses, malformed ids and wrong methods', async () => {
  expect(errorOf(await service.send('GET', '/me/nothing'))).toEqual([404, 'ResourceNotFound']);
  expect(errorOf(await service.send('GET', '/other'))).toEqual([404, 'ResourceNotFound']);
  expect(errorOf(await service.send('GET', '/me/tasks%2F%7B%7D'))).toEqual([404, 'ResourceNotFound']);
  expect(errorOf(await service.request('GET', '/api/v9.9/me/tasks'))).toEqual([404, 'ResourceNotFound']);
  expect(errorOf(await service.send('GET', "/me/tasks('not an id')"))).toEqual([400, 'ErrorInvalidIdMalformed']);
  expect(errorOf(await service.send('GET', "/me/tasks('o''clock')"))).toEqual([400, 'ErrorInvalidIdMalformed']);
  expect(errorOf(await service.send('GET', '/me/tasks/AAMkAGI2THVSAAA='))).toEqual([404, 'ErrorItemNotFound']);
  const wrong = await service.send('PUT', '/me/tasks', {});
  expect([...errorOf(wrong), wrong.headers.get('allow')]).toEqual([405, 'ErrorInvalidOperation', 'GET, POST']);
  expect(errorOf(await service.send('DELETE', '/me/tasks'))).toEqual([405, 'ErrorInvalidOperation']);
  expect(errorOf(await service.send('POST', '/me/tasks/$count', {}))).toEqual([405, 'ErrorInvalidOperation']);
});

test('bodies: JSON only, readable, not too large', async () => {
  const post = (body: string, type = 'application/json') =>
    service.send('POST', '/me/tasks', body, { 'Content-Type': type });
  expect((await post('{"Subject":"x"}', 'application/json;odata.metadata=minimal; charset=utf-8')).status).toBe(201);
  expect((await post('{"Subject":"x"}', 'text/plain')).status).toBe(415);
  expect((await post('Subject=x', 'application/x-www-form-urlencoded')).status).toBe(415);
  for (const body of ['', '{', '[]', '"x"', 'null', '{"Subject":7}', '{"Status":"Sleeping"}', '{"NoSuch":1}']) {
    expect([body, ...errorOf(await post(body))]).toEqual([body, 400, 'RequestBodyRead']);
  }
  const unknown = await post('{"NoSuch":1}');
  expect(unknown.body['error']?.['message']).toContain(
    "The property 'NoSuch' does not exist on type 'Microsoft.OutlookServices.Task'",
  );
  expect(errorOf(await post('{"DueDateTime":{"DateTime":"soon","TimeZone":"UTC"}}'))).toEqual([400, 'InvalidDateTime']);
  expect(errorOf(await post('{"DueDateTime":{"DateTime":"2026-05-05","TimeZone":"Mars"}}'))).toEqual([
    400,
    'TimeZoneNotSupportedException',
  ]);
  const large = JSON.stringify({ Subject: 'x'.repeat(4 * 1024 * 1024) });
  expect((await post(large)).status).toBe(413);
  const declared = await service.send('POST', '/me/tasks', '{}', { 'Content-Length': '99999999' });
  expect(declared.status).toBe(413);
});

test.each(['Kamchatka Standard Time', 'Mid-Atlantic Standard Time'])(
  '%s is a zone in bodies and Prefer',
  async (zone) => {
    const due = { DateTime: '2026-06-10T00:00:00', TimeZone: zone };
    const made = await service.send('POST', '/me/tasks', { Subject: 'x' }, { Prefer: 'return=representation' });
    const path = `/me/tasks('${String(made.body['Id'])}')`;
    const patched = await service.send('PATCH', path, { DueDateTime: due });
    expect(patched.status).toBe(200);
    const read = await service.send('GET', path, undefined, { Prefer: `outlook.timezone="${zone}"` });
    expect(read.body['DueDateTime']).toEqual({ DateTime: '2026-06-10T00:00:00.0000000', TimeZone: zone });
  },
);

test('Prefer: an unknown zone is refused; return=minimal answers 204 with the address', async () => {
  const zone = await service.send('GET', '/me/tasks', undefined, { Prefer: 'outlook.timezone="Mars"' });
  expect(errorOf(zone)).toEqual([400, 'TimeZoneNotSupportedException']);
  const headers = { Prefer: 'return=minimal, outlook.timezone="Europe/Paris"' };
  const made = await service.send('POST', '/me/tasks', { Subject: 'x' }, headers);
  expect([made.status, made.text]).toEqual([204, '']);
  expect(made.headers.get('preference-applied')).toBe('outlook.timezone="Europe/Paris", return=minimal');
  const path = new URL(made.headers.get('location') ?? '').pathname;
  expect((await service.request('GET', path)).body['Subject']).toBe('x');
  const patched = await service.request('PATCH', path, { Subject: 'y' }, headers);
  expect(patched.status).toBe(204);
});

test('every answer names the request, and the client its own', async () => {
  const answer = await service.send('GET', '/me/tasks', undefined, { 'client-request-id': 'mine-1' });
  expect(answer.headers.get('request-id')).toMatch(/^[0-9a-f-]{36}$/);
  expect(answer.headers.get('client-request-id')).toBe('mine-1');
  expect(answer.headers.get('cache-control')).toBe('private, no-store');
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
  const failed = await service.send('GET', '/me/nothing', undefined, { 'client-request-id': 'x'.repeat(500) });
  expect(failed.headers.get('request-id')).toMatch(/^[0-9a-f-]{36}$/);
  expect(failed.headers.get('client-request-id')).toBeNull();
});

test('any origin may ask: the preflight needs no token', async () => {
  const asked = await service.send('OPTIONS', '/me/tasks', undefined, {
    Authorization: '',
    Origin: 'https://elsewhere.example',
    'Access-Control-Request-Method': 'PATCH',
  });
  expect(asked.status).toBe(204);
  expect(asked.headers.get('access-control-allow-origin')).toBe('*');
  expect(asked.headers.get('access-control-allow-methods')).toContain('PATCH');
  for (const name of ['Authorization', 'If-Match', 'Prefer', 'Repeatability-Request-ID']) {
    expect(asked.headers.get('access-control-allow-headers')).toContain(name);
  }
  const answer = await service.send('GET', '/me/tasks');
  for (const name of ['Preference-Applied', 'Retry-After', 'Location', 'request-id', 'client-request-id']) {
    expect(answer.headers.get('access-control-expose-headers')).toContain(name);
  }
});

test('healthz answers without a token', async () => {
  const answer = await service.request('GET', '/healthz', undefined, { Authorization: '' });
  expect([answer.status, answer.text]).toEqual([200, '{"status":"ok"}']);
  expect(annId).not.toBe(bobId);
});

test('a compressed body is refused, not misread', async () => {
  const packed = { 'Content-Encoding': 'gzip' };
  const task = (await service.send('POST', '/me/tasks', { Subject: 'x' }, { 'Content-Encoding': 'identity' })).body[
    'Id'
  ];
  for (const path of ['/me/tasks', `/me/tasks('${task}')/complete`, `/me/tasks('${task}')/attachments`]) {
    const answer = await service.send('POST', path, {}, packed);
    expect(errorOf(answer)).toEqual([415, 'UnsupportedMediaType']);
    expect(answer.headers.get('accept-encoding')).toBe('identity');
  }
});

test('an action can be called by its qualified name, as generated clients do', async () => {
  const task = (await service.send('POST', '/me/tasks', { Subject: 'x' })).body['Id'];
  const done = await service.send('POST', `/me/tasks('${task}')/Microsoft.OutlookServices.Complete`);
  expect([done.status, done.body['value']?.[0]?.['Status']]).toEqual([200, 'Completed']);
});

test('a mailbox without a resource is an error that names the segment', async () => {
  for (const path of ['/api/v2.0/me/nothing', '/api/v2.0/Me/nothing/', '/beta/me/outlook/nothing']) {
    const { status, body } = await service.request('GET', path);
    expect([status, body['error']?.['message']]).toEqual([404, "Resource not found for the segment 'nothing'."]);
  }
});

test('a text over its limit is rejected with its name; one stored earlier stays readable and unchanged', async () => {
  const refused = await service.send('POST', '/me/tasks', { Subject: 's'.repeat(256) });
  expect([refused.status, refused.body['error']?.['message']]).toEqual([
    400,
    "The value of 'Subject' is longer than its limit of 255: it has 256.",
  ]);
  const id = String((await service.send('POST', '/me/tasks', { Subject: 'Old' })).body['Id']);
  const subject = 's'.repeat(5_000);
  await service.database.db.updateTable('tasks').set({ subject }).where('id', '=', id).execute();
  expect((await service.send('PATCH', `/me/tasks/${id}`, { Importance: 'High' })).body['Subject']).toBe(subject);
  expect((await service.send('GET', `/me/tasks/${id}`)).body['Subject']).toBe(subject);
});

test('of a task stored with more than a request may set, only what is new is limited', async () => {
  const id = String((await service.send('POST', '/me/tasks', { Subject: 'Old' })).body['Id']);
  const long = 'c'.repeat(300);
  const names = [...Array.from({ length: 149 }, (_, at) => `Category ${at}`), long];
  const subject = 's'.repeat(5_000);
  const columns = { subject, categories: JSON.stringify(names), category_keys: JSON.stringify(names) };
  await service.database.db.updateTable('tasks').set(columns).where('id', '=', id).execute();
  const patch = (body: object) => service.send('PATCH', `/me/tasks/${id}`, body);
  expect((await patch({ Importance: 'High' })).status).toBe(200);
  expect((await patch({ Subject: subject, Categories: names.toReversed() })).status).toBe(200);
  const fewer = await patch({ Categories: names.slice(1) });
  expect([fewer.status, fewer.body['Categories']]).toEqual([200, names.slice(1)]);
  for (const more of [
    { Categories: names },
    { Categories: [...names.slice(2), 'd'.repeat(256)] },
    { Subject: `${subject}!` },
  ]) {
    const refused = await patch(more);
    expect([refused.status, refused.body['error']?.['code']]).toEqual([400, 'ErrorPropertyValidationFailure']);
  }
  const missing = await service.send('PATCH', `/me/tasks/${id.replace(/.$/, 'x')}`, { Subject: subject });
  expect(missing.status).toBe(404);
});

describe('the charset of a body', () => {
  const fetchAs = async (type: string, bytes: Uint8Array<ArrayBuffer>, path = '/api/v2.0/me/tasks') => {
    const headers = { Authorization: 'Bearer ann', 'Content-Type': type };
    const request = new Request(`http://localhost:4100${path}`, { method: 'POST', headers, body: bytes });
    const response = await service.fetch(request);
    return { status: response.status, body: parseJson(await response.text()) };
  };
  const subject = 'Käse für 5 €';
  const json = JSON.stringify({ Subject: subject });
  const latin = new Uint8Array(Buffer.from(json.replace('€', '\u0080'), 'latin1'));
  const utf8 = new Uint8Array(Buffer.from(json, 'utf8'));
  const utf16 = new Uint8Array(Buffer.from(json, 'utf16le'));

  test.each([
    ['application/json', utf8],
    ['application/json; charset=utf-8', utf8],
    ['application/json;odata.metadata=minimal; charset="UTF-8"', utf8],
    ['application/json; charset=us-ascii', utf8],
    ['application/json; charset=windows-1252', latin],
    ['application/json;charset=ISO-8859-1', latin],
    ['application/json; charset=utf-16le', utf16],
  ])('%s is read as declared', async (type, bytes) => {
    const { status, body } = await fetchAs(type, bytes);
    expect([status, body['Subject']]).toEqual([201, subject]);
  });

  test('an unknown charset is 415, and one that a stream or a batch cannot read', async () => {
    for (const charset of ['utf-7', 'utf-32', 'x-nothing', '""']) {
      const { status, body } = await fetchAs(`application/json; charset=${charset}`, utf8);
      expect([charset, status, body['error']?.['code']]).toEqual([charset, 415, 'UnsupportedMediaType']);
    }
    const task = String((await service.send('POST', '/me/tasks', { Subject: 'x' })).body['Id']);
    const file = await fetchAs(
      'application/json; charset=iso-8859-1',
      utf8,
      `/api/v2.0/me/tasks('${task}')/attachments`,
    );
    expect(file.status).toBe(415);
    const part = `--b\r\nContent-Type: application/http\r\n\r\nPOST /me/tasks HTTP/1.1\r\nContent-Type: application/json; charset=iso-8859-1\r\n\r\n${json}\r\n--b--\r\n`;
    const batch = await service.send('POST', '/me/$batch', part, { 'Content-Type': 'multipart/mixed; boundary=b' });
    expect(batch.text).toContain('HTTP/1.1 415 ');
    const headers = { 'Content-Type': 'application/json; charset=iso-8859-1' };
    const request = { id: '1', method: 'POST', url: '/me/tasks', headers, body: { Subject: subject } };
    const inJson = await service.send('POST', '/me/$batch', { requests: [request] });
    expect(inJson.body['responses']?.[0]?.['body']?.['Subject']).toBe(subject);
  });
});
