import { afterEach, beforeEach, expect, test } from 'vitest';
import { removeAccount } from '../identity/accounts.ts';
import { startService, type TestResponse, type Service } from '../testing/testService.ts';

/** The people and roles of a folder (docs/decisions/0024-sharing.md). */

let service: Service;
let folderId: string;
beforeEach(async () => {
  service = await startService();
  folderId = String((await service.send('POST', '/me/taskfolders', { Name: 'Trip' })).body['Id']);
});
afterEach(() => service.close());

const as = (bearer: string) => ({ Authorization: `Bearer ${bearer}` });
const permissions = () => `/threefold/v1/taskfolders/${folderId}/permissions`;

function share(address: string, role = 'read', bearer = 'ann'): Promise<TestResponse> {
  return service.request('POST', permissions(), { emailAddress: { address }, role }, as(bearer));
}

async function sharedWith(name: string): Promise<unknown> {
  return (await service.request('GET', '/threefold/v1/sharedwithme', undefined, as(`${name}-shared`))).body['value'];
}

test('a folder is shared, the role is changed, and the permission is withdrawn', async () => {
  expect(await sharedWith('bob')).toEqual([]);
  const given = await share('bob@example.com');
  expect([given.status, given.body]).toEqual([
    201,
    {
      id: expect.any(String) as unknown,
      emailAddress: { name: 'Bob Example', address: 'bob@example.com' },
      role: 'read',
      allowedRoles: ['read', 'write'],
      isRemovable: true,
      isInsideOrganization: true,
    },
  ]);
  const path = `${permissions()}/${given.body['id']}`;
  expect(given.headers.get('location')).toBe(`http://localhost:4100${path}`);
  expect((await service.request('GET', permissions())).body).toEqual({ value: [given.body] });
  const owner = { name: 'Ann Example', address: 'ann@example.com' };
  expect(await sharedWith('bob')).toEqual([{ owner, folder: { id: folderId, name: 'Trip' }, role: 'read' }]);
  expect((await service.request('GET', '/threefold/v1/sharedbyme')).body).toEqual({ value: [{ folderId, people: 1 }] });

  const changed = await service.request('PATCH', path, { role: 'write' });
  expect([changed.status, changed.body]).toEqual([200, { ...(given.body as object), role: 'write' }]);
  expect(await sharedWith('bob')).toMatchObject([{ role: 'write' }]);

  expect((await service.request('DELETE', path)).status).toBe(204);
  expect(await sharedWith('bob')).toEqual([]);
  for (const method of ['PATCH', 'DELETE']) {
    const gone = await service.request(method, path, method === 'PATCH' ? { role: 'read' } : undefined);
    expect([gone.status, gone.body['error']?.['code']]).toEqual([404, 'ErrorItemNotFound']);
  }
});

test('sharing twice makes one permission with the later role; the address may have any case', async () => {
  const first = await share('bob@example.com', 'read');
  const again = await share('  BOB@Example.com ', 'Write');
  expect([again.status, again.body]).toEqual([200, { ...(first.body as object), role: 'write' }]);
  expect((await service.request('GET', permissions())).body['value']).toHaveLength(1);
});

test('an invalid permission is rejected with a reason', async () => {
  const nobody = await share('nobody@example.com');
  expect([nobody.status, nobody.body['error']?.['code']]).toEqual([400, 'ErrorNonExistentMailbox']);
  expect(nobody.body['error']?.['message']).toContain("Nobody here has the address 'nobody@example.com'.");
  const self = await share('Ann@example.com');
  expect([self.status, self.body['error']?.['code']]).toEqual([400, 'ErrorInvalidRequest']);
  for (const body of [{}, { role: 'read' }, { emailAddress: { address: 'bob@example.com' }, role: 'owner' }, [], 'x']) {
    const answer = await service.request('POST', permissions(), JSON.stringify(body));
    expect([answer.status, answer.body['error']?.['code']]).toEqual([400, 'RequestBodyRead']);
  }
});

test('trying many unknown addresses is rate limited; successful invitations do not count', async () => {
  for (let n = 0; n < 40; n += 1) expect((await share('bob@example.com')).status).toBeLessThan(300);
  const statuses: number[] = [];
  for (let n = 0; n < 21; n += 1) statuses.push((await share(`guess${n}@example.com`)).status);
  expect(statuses).toEqual([...Array<number>(20).fill(400), 429]);
  expect(Number((await share('bob@example.com')).headers.get('retry-after'))).toBeGreaterThan(0);
  service.clock.pass(61_000);
  expect((await share('bob@example.com')).status).toBe(200);
});

test('only the owner can list and grant permissions', async () => {
  const other = await share('cy@example.com');
  expect((await share('cy@example.com', 'read', 'bob')).status).toBe(404);
  await share('bob@example.com', 'write');
  const below = `/threefold/v1/users/ann@example.com/taskfolders/${folderId}/permissions`;
  const body = { emailAddress: { address: 'bob@example.com' }, role: 'write' };
  for (const [method, path, sent] of [
    ['GET', below],
    ['POST', below, body],
    ['PATCH', `${below}/${other.body['id']}`, { role: 'read' }],
    ['DELETE', `${below}/${other.body['id']}`],
  ] as const) {
    const answer = await service.request(method, path, sent, as('bob-shared'));
    expect([method, answer.status, answer.body['error']?.['code']]).toEqual([method, 403, 'ErrorAccessDenied']);
  }
});

test('a guest can leave a folder, once', async () => {
  await share('bob@example.com', 'write');
  const path = `/threefold/v1/sharedwithme/${folderId}`;
  expect((await service.request('DELETE', path, undefined, as('bob'))).status).toBe(403);
  expect((await service.request('DELETE', path, undefined, as('bob-shared'))).status).toBe(204);
  expect((await service.request('DELETE', path, undefined, as('bob-shared'))).status).toBe(404);
  expect((await service.request('GET', permissions())).body['value']).toEqual([]);
});

test('a deleted folder is not shared while in the bin, and removing an account removes its permissions', async () => {
  await share('bob@example.com');
  await share('cy@example.com');
  await service.send('DELETE', `/me/taskfolders/${folderId}`);
  expect(await sharedWith('bob')).toEqual([]);
  await service.request('POST', `/threefold/v1/deleteditems/${folderId}/restore`);
  expect(await sharedWith('bob')).toHaveLength(1);

  await removeAccount(service.database.db, 'cy@example.com');
  expect((await service.request('GET', permissions())).body['value']).toMatchObject([
    { emailAddress: { address: 'bob@example.com' } },
  ]);
  await removeAccount(service.database.db, 'ann@example.com');
  expect(await sharedWith('bob')).toEqual([]);
  expect(await service.database.db.selectFrom('folder_permissions').selectAll().execute()).toEqual([]);
});
