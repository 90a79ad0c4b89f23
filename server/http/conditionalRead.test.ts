import { afterEach, beforeEach, expect, test } from 'vitest';
import { startService, type Service } from '../testing/testService.ts';

/** Conditional reads, and the version header of OData (docs/protocol.md#concurrency, #headers). */

let service: Service;
let task: string;
beforeEach(async () => {
  service = await startService();
  task = String((await service.send('POST', '/me/tasks', { Subject: 'Shop' })).body['Id']);
});
afterEach(() => service.close());

const get = (path: string, headers: Record<string, string> = {}) => service.request('GET', path, undefined, headers);

const reads = (id: string) => [
  `/api/v2.0/me/tasks('${id}')`,
  '/api/v2.0/me/tasks',
  `/api/v2.0/me/tasks?$expand=Attachments`,
  `/api/v2.0/me/tasks('${id}')?$expand=Attachments`,
  `/api/v2.0/me/tasks('${id}')/attachments`,
  '/api/v2.0/me/taskfolders',
  "/api/v2.0/me/taskfolders('Tasks')",
  '/api/v2.0/me/taskgroups',
  '/api/v2.0/me',
  '/api/beta/me/tasks',
  `/beta/me/outlook/tasks/${id}`,
  '/beta/me/outlook/masterCategories',
  '/beta/$metadata',
];

test('a read that names the current ETag is answered with 304, without a body', async () => {
  for (const path of reads(task)) {
    const full = await get(path);
    const etag = full.headers.get('etag') ?? '';
    expect([path, full.status]).toEqual([path, 200]);
    expect(etag, path).toMatch(/^W\/".+"$/);
    for (const known of [etag, etag.replace('W/', ''), `"other", ${etag}`, '*']) {
      const again = await get(path, { 'If-None-Match': known });
      expect([path, known, again.status, again.text]).toEqual([path, known, 304, '']);
      expect(again.headers.get('etag')).toBe(etag);
      expect(again.headers.get('content-type')).toBeNull();
    }
    expect((await get(path, { 'If-None-Match': 'W/"other"' })).status, path).toBe(200);
  }
});

test('the ETag of a task is its own, and changes with it', async () => {
  const path = `/me/tasks('${task}')`;
  const before = await service.send('GET', path);
  expect(before.headers.get('etag')).toBe(before.body['@odata.etag']);
  const written = await service.send('PATCH', path, { Subject: 'Cook' }, { 'If-None-Match': '*' });
  expect(written.status).toBe(200);
  expect(written.headers.get('etag')).toBe(written.body['@odata.etag']);
  const known = { 'If-None-Match': String(before.body['@odata.etag']) };
  expect((await service.send('GET', path, undefined, known)).body['Subject']).toBe('Cook');
  for (const list of ['/me/tasks', '/me/tasks?$expand=Attachments']) {
    const { headers } = await service.send('GET', list);
    await service.send('PATCH', path, { Importance: 'High' });
    const stale = { 'If-None-Match': headers.get('etag') ?? '' };
    expect((await service.send('GET', list, undefined, stale)).status, list).toBe(200);
    await service.send('PATCH', path, { Importance: 'Low' });
  }
});

test('a list in another form or another zone has another ETag', async () => {
  const tags = new Set<string | null>();
  const forms: Record<string, string>[] = [
    {},
    { Accept: 'application/json;odata.metadata=none' },
    { Accept: 'application/json;odata.metadata=full' },
    { Prefer: 'outlook.body-content-type="html"' },
    { Prefer: 'outlook.timezone="Pacific Standard Time"' },
  ];
  for (const headers of forms) tags.add((await get('/api/v2.0/me/tasks', headers)).headers.get('etag'));
  expect(tags.size).toBe(forms.length);
});

test('a 304 reveals nothing: what the caller may not see is 404, and the token is checked first', async () => {
  const path = `/api/v2.0/me/tasks('${task}')`;
  expect((await get(path, { 'If-None-Match': '*', Authorization: 'Bearer bob' })).status).toBe(404);
  expect((await get(path, { 'If-None-Match': '*', Authorization: '' })).status).toBe(401);
});

test('the content of an attachment is not sent again', async () => {
  const file = { '@odata.type': '#Microsoft.OutlookServices.FileAttachment', Name: 'a.txt', ContentBytes: 'aGk=' };
  const { body } = await service.send('POST', `/me/tasks('${task}')/attachments`, file);
  const path = `/api/v2.0/me/tasks('${task}')/attachments('${String(body['Id'])}')`;
  for (const one of [path, `${path}/$value`]) {
    const etag = (await get(one)).headers.get('etag') ?? '';
    const again = await get(one, { 'If-None-Match': etag });
    expect([one, again.status, again.text]).toEqual([one, 304, '']);
  }
});

test('every answer of a dialect names its version of OData, errors and batches too', async () => {
  const answers = [
    ...(await Promise.all(reads(task).map((path) => get(path)))),
    await get('/api/v2.0/me/nothing'),
    await get('/api/v2.0/me/tasks', { Authorization: '' }),
    await get('/api/v2.0/$metadata'),
    await service.request('POST', '/beta/$batch', { requests: [{ id: '1', method: 'GET', url: '/me/outlook/tasks' }] }),
    await service.send('DELETE', `/me/tasks('${task}')`),
  ];
  expect(answers.map(({ headers }) => headers.get('odata-version'))).toEqual(answers.map(() => '4.0'));
  const cors = answers[0]?.headers.get('access-control-expose-headers') ?? '';
  for (const name of ['ETag', 'OData-Version']) expect(cors).toContain(name);
  expect((await get('/threefold/v1/settings')).headers.get('odata-version')).toBeNull();
});

test('a form of an entity that differs from the known one is sent, in any zone, type of body or level of metadata', async () => {
  const path = `/api/v2.0/me/tasks('${task}')`;
  const forms: Record<string, string>[] = [
    {},
    { Prefer: 'outlook.timezone="Pacific Standard Time"' },
    { Prefer: 'outlook.timezone="Europe/Paris"' },
    { Prefer: 'outlook.body-content-type="html"' },
    { Prefer: 'outlook.body-content-type="html", outlook.timezone="Europe/Paris"' },
    { Accept: 'application/json;odata.metadata=none' },
  ];
  const tags: string[] = [];
  for (const form of forms) tags.push((await get(path, form)).headers.get('etag') ?? '');
  expect(new Set(tags).size).toBe(forms.length);
  for (const [at, form] of forms.entries()) {
    const statuses: number[] = [];
    for (const tag of tags) statuses.push((await get(path, { ...form, 'If-None-Match': tag })).status);
    expect(statuses).toEqual(tags.map((_, other) => (other === at ? 304 : 200)));
  }
  // A tag of any form names the state that a write expects.
  for (const tag of tags) {
    const { status, body } = await service.send(
      'PATCH',
      `/me/tasks('${task}')`,
      { Importance: 'High' },
      { 'If-Match': tag },
    );
    expect(status).toBe(tag === tags[0] ? 200 : 412);
    if (tag !== tags[0]) continue;
    const shown = { 'If-Match': String(body['@odata.etag']).replace(/"$/, ';Europe%2FParis"') };
    expect((await service.send('PATCH', `/me/tasks('${task}')`, { Importance: 'Low' }, shown)).status).toBe(200);
  }
  expect((await get(path)).headers.get('vary')).toBe('Accept, Prefer');
});
