import { valuesOf } from '../testing/json.ts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startService, type TestResponse, type Service } from '../testing/testService.ts';

let service: Service;
beforeEach(async () => {
  service = await startService();
});
afterEach(() => service.close());

const ask = (method: string, path = '', body?: unknown, headers?: Record<string, string>) =>
  service.request(method, `/threefold/v1/categories${path}`, body, headers);
const post = (Subject: string, Categories: readonly string[], path = '/me/tasks') =>
  service.send('POST', path, { Subject, Categories });
const categoriesIn = ({ body }: TestResponse) => body['Categories'];
const list = async () => valuesOf((await ask('GET')).body).map(({ displayName, color }) => [displayName, color]);

test('a category is created with its colour, shown in both dialects, and recoloured under its id', async () => {
  const made = await ask('POST', '', { displayName: ' Kitchen ', color: 'preset7' });
  expect(made.status).toBe(201);
  expect(made.body).toMatchObject({ displayName: 'Kitchen', color: 'preset7' });
  expect((await ask('PATCH', `/${made.body['id']}`, { color: 'preset24' })).body).toEqual({
    id: made.body['id'],
    displayName: 'Kitchen',
    color: 'preset24',
  });
  expect(await list()).toEqual([['Kitchen', 'preset24']]);
  expect((await service.request('GET', '/beta/me/outlook/masterCategories')).body['value']).toEqual(
    (await ask('GET')).body['value'],
  );
});

test('a name used by tasks is already a category: it keeps its id when it gets a colour', async () => {
  await post('a', ['Garden']);
  const [used] = valuesOf((await ask('GET')).body);
  expect((await ask('PATCH', `/${used?.id}`, { color: 'preset4' })).body).toMatchObject({ id: used?.id });
  expect(await list()).toEqual([['Garden', 'preset4']]);
  expect((await ask('POST', '', { displayName: 'GARDEN', color: 'preset1' })).body).toMatchObject({
    error: { code: 'ErrorItemExists' },
  });
});

test('renaming changes every task in one feed position; deleted tasks are restored with the new name', async () => {
  const folder = (await service.send('GET', '/me/taskfolders')).body['value']?.[0]?.['Id'];
  const track = { Prefer: 'odata.track-changes' };
  const [a, b, other] = [
    await post('a', ['Work', 'kitchen']),
    await post('b', ['Kitchen', 'Home']),
    await post('c', ['Work']),
  ];
  const binned = await post('d', ['Kitchen']);
  await service.send('DELETE', `/me/tasks('${binned.body['Id']}')`);
  const feed = await service.send('GET', `/me/taskfolders('${folder}')/tasks`, undefined, track);
  const first = feed.body['@odata.deltaLink'];
  const [kitchen] = valuesOf((await ask('GET')).body).filter(
    ({ displayName }) => displayName?.toLowerCase() === 'kitchen',
  );
  expect((await ask('PATCH', `/${kitchen?.id}`, { displayName: 'Home' })).status).toBe(409);
  expect((await ask('PATCH', `/${kitchen?.id}`, { displayName: 'Küche' })).body).toMatchObject({ id: kitchen?.id });
  const task = async (answer: TestResponse) => service.send('GET', `/me/tasks('${answer.body['Id']}')`);
  expect(categoriesIn(await task(a))).toEqual(['Work', 'Küche']);
  expect(categoriesIn(await task(b))).toEqual(['Küche', 'Home']);
  expect((await task(other)).body['ChangeKey']).toBe(other.body['ChangeKey']);
  expect((await task(a)).body['ChangeKey']).toBe((await task(b)).body['ChangeKey']);
  const path = String(first).slice(String(first).indexOf('/api/v2.0') + '/api/v2.0'.length);
  const delta = await service.send('GET', path, undefined, track);
  expect(
    valuesOf(delta.body)
      .map(({ Subject }) => Subject)
      .toSorted(),
  ).toEqual(['a', 'b']);
  const filter = encodeURIComponent("Categories/any(c:c eq 'KÜCHE')");
  expect((await service.send('GET', `/me/tasks?$filter=${filter}`)).body['value']).toHaveLength(2);
  await service.request('POST', `/threefold/v1/deleteditems/${binned.body['Id']}/restore`);
  expect(categoriesIn(await task(binned))).toEqual(['Küche']);
});

test('renaming changes letter case only, and back to a name that is free again', async () => {
  await post('a', ['kitchen']);
  const id = (await ask('GET')).body['value']?.[0]?.['id'];
  await ask('PATCH', `/${id}`, { displayName: 'Kitchen' });
  expect((await service.send('GET', '/me/tasks')).body['value']?.[0]?.['Categories']).toEqual(['Kitchen']);
  await ask('PATCH', `/${id}`, { displayName: 'Rooms' });
  const again = await ask('POST', '', { displayName: 'Kitchen', color: 'preset0' });
  expect(again.status).toBe(201);
  expect(again.body['id']).not.toBe(id);
  expect((await list()).map(([name]) => name)).toEqual(['Kitchen', 'Rooms']);
});

test('deleting a category removes it from every task', async () => {
  const a = await post('a', ['Work', 'Kitchen']);
  const made = await ask('POST', '', { displayName: 'Kitchen' });
  expect((await ask('DELETE', `/${made.body['id']}`)).status).toBe(204);
  expect(categoriesIn(await service.send('GET', `/me/tasks('${a.body['Id']}')`))).toEqual(['Work']);
  expect((await list()).map(([name]) => name)).toEqual(['Work']);
  expect((await ask('DELETE', `/${made.body['id']}`)).status).toBe(404);
});

test('a repeated POST creates one category; other accounts do not see it', async () => {
  const headers = {
    'Repeatability-Request-ID': 'b1b2b3b4-0000-4000-8000-000000000001',
    'Repeatability-First-Sent': 'Wed, 18 Mar 2026 09:00:00 GMT',
  };
  service.clock.set('2026-03-18T09:00:00.000Z');
  const first = await ask('POST', '', { displayName: 'Once' }, headers);
  expect((await ask('POST', '', { displayName: 'Once' }, headers)).body).toEqual(first.body);
  const bob = { Authorization: 'Bearer bob' };
  expect((await ask('GET', '', undefined, bob)).body).toEqual({ value: [] });
  expect((await ask('PATCH', `/${first.body['id']}`, { color: 'preset1' }, bob)).status).toBe(404);
  expect((await ask('DELETE', `/${first.body['id']}`, undefined, bob)).status).toBe(404);
});

test.each([
  {},
  { displayName: '  ' },
  { displayName: 3 },
  { displayName: 'a', color: 'red' },
  [],
  { color: 'preset3' },
])('a category is rejected: %j', async (body) => {
  expect((await ask('POST', '', body)).status).toBe(400);
});

test('an id is read in any letter case, and If-Match is compared, at every address', async () => {
  const made = await ask('POST', '', { displayName: 'Kitchen', color: 'preset7' });
  const id = String(made.body['id']).toUpperCase();
  const beta = `/beta/me/outlook/masterCategories/${id}`;
  const addresses = [`/threefold/v1/categories/${id}`, beta, `/api/v2.0/me/masterCategories('${id}')`];
  const tag = async () => (await service.request('GET', beta)).headers.get('etag') ?? '';
  for (const [at, path] of addresses.entries()) {
    const member = path.startsWith('/api/') ? 'Color' : 'color';
    const write = (method: string, ifMatch: string, color?: string) =>
      service.request(method, path, color === undefined ? undefined : { [member]: color }, { 'If-Match': ifMatch });
    const known = await tag();
    expect((await write('PATCH', known, `preset${at}`)).status).toBe(200);
    expect(await tag()).not.toBe(known);
    expect([path, (await write('PATCH', known, 'preset9')).status]).toEqual([path, 412]);
    expect([path, (await write('DELETE', known)).status]).toEqual([path, 412]);
    expect(await list()).toEqual([['Kitchen', `preset${at}`]]);
    expect((await write('PATCH', '*', `preset${at}`)).status).toBe(200);
  }
  expect((await service.request('DELETE', beta, undefined, { 'If-Match': await tag() })).status).toBe(204);
  expect(await list()).toEqual([]);
});
