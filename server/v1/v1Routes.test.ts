import { afterEach, beforeEach, expect, test } from 'vitest';
import { createToken } from '../identity/personalTokens.ts';
import { annId, bobId, startService, type Service } from '../testing/testService.ts';

let service: Service;
beforeEach(async () => {
  service = await startService();
});
afterEach(() => service.close());

const ask = (method: string, name: string, body?: unknown, headers?: Record<string, string>) =>
  service.request(method, `/threefold/v1/${name}`, body, headers);

test('the time zone: accepts Windows and IANA names, and stores the IANA name', async () => {
  expect((await ask('GET', 'settings')).body).toEqual({ timeZone: null });
  for (const [sent, kept] of [
    ['W. Europe Standard Time', 'Europe/Berlin'],
    ['europe/paris', 'Europe/Paris'],
    ['UTC', 'UTC'],
    [null, null],
  ]) {
    const answer = await ask('PATCH', 'settings', { timeZone: sent });
    expect([answer.status, answer.body]).toEqual([200, { timeZone: kept }]);
    expect((await ask('GET', 'settings')).body).toEqual({ timeZone: kept });
  }
  await ask('PATCH', 'settings', { timeZone: 'Asia/Tokyo' });
  expect((await ask('PATCH', 'settings', {})).body).toEqual({ timeZone: 'Asia/Tokyo' });
  expect((await ask('GET', 'settings', undefined, { Authorization: 'Bearer bob' })).body).toEqual({ timeZone: null });
});

test('tokens are listed without their text and revoked by their owner only', async () => {
  const { db } = service.database;
  const make = (accountId: string) =>
    createToken(db, { accountId, scope: 'tasks.read', name: 'Script', expiresAt: null }, service.clock);
  const [mine, theirs] = [await make(annId), await make(bobId)];
  const listed = await ask('GET', 'tokens');
  expect(listed.body['value']).toMatchObject([{ id: mine.id, name: 'Script', scope: 'tasks.read' }]);
  expect(listed.text).not.toContain(mine.token);
  expect((await ask('DELETE', `tokens/${theirs.id}`)).status).toBe(404);
  expect((await ask('DELETE', `tokens/${mine.id}`)).status).toBe(204);
  expect((await ask('DELETE', `tokens/${mine.id}`)).status).toBe(404);
  expect((await ask('GET', 'tokens')).body['value']).toEqual([]);
});

test('signing out everywhere ends sessions and invalidates earlier tokens', async () => {
  const { db } = service.database;
  await db
    .insertInto('oidc_rows')
    .values({
      model: 'Session',
      id: 's',
      payload: '{}',
      account_id: annId,
      grant_id: null,
      uid: null,
      user_code: null,
      expires_at: null,
      consumed_at: null,
    })
    .execute();
  service.clock.pass(5_000);
  expect((await ask('POST', 'signout')).status).toBe(204);
  expect(await db.selectFrom('oidc_rows').selectAll().execute()).toEqual([]);
  const account = await db.selectFrom('accounts').selectAll().where('id', '=', annId).executeTakeFirstOrThrow();
  expect(account.tokens_valid_from > account.created_at).toBe(true);
});

test('a token for reading cannot write; a request without a token can do neither', async () => {
  const reader = { Authorization: 'Bearer ann-reads' };
  expect((await ask('GET', 'settings', undefined, reader)).status).toBe(200);
  expect((await ask('PATCH', 'settings', { timeZone: 'UTC' }, reader)).status).toBe(403);
  expect((await ask('POST', 'signout', undefined, reader)).status).toBe(403);
  expect((await ask('GET', 'settings', undefined, { Authorization: '' })).status).toBe(401);
  expect((await ask('GET', 'nothing')).status).toBe(404);
  expect((await ask('POST', 'settings', {})).status).toBe(405);
});
