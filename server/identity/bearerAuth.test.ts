import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { CryptoKey, JWTPayload } from 'jose';
import { CompiledQuery } from 'kysely';
import { afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { addMs, systemClock } from '../../src/domain/time/time.ts';
import { createVerifier } from './bearerAuth.ts';
import type { VerifyToken } from './bearerAuth.ts';
import { isPostgresRun, openTestDatabase } from '../testing/testDatabase.ts';
import type { Database } from '../db/openDatabase.ts';
import { signOutEverywhere } from './signOut.ts';
import { createToken, listTokens, revokeToken } from './personalTokens.ts';

const start = '2026-03-27T09:00:00.000Z';
const startSeconds = 1_774_602_000;
let now = start;
const clock = systemClock(() => Date.parse(now));
const issuer = 'http://localhost:4100/oidc';
const audience = 'urn:threefold:api';

let keys: Awaited<ReturnType<typeof generateKeyPair>>;
let foreignKeys: typeof keys;
let database: Database;
let verify: VerifyToken;

beforeAll(async () => {
  keys = await generateKeyPair('RS256');
  foreignKeys = await generateKeyPair('RS256');
});

beforeEach(async () => {
  now = start;
  database = await openTestDatabase();
  await addAccount('ada', 'ada@example.org');
  const published = { keys: [{ ...(await exportJWK(keys.publicKey)), kid: 'one', alg: 'RS256', use: 'sig' }] };
  verify = createVerifier({ db: database.db, clock, issuer, keys: published, audience });
});

afterEach(() => database.close());

async function addAccount(id: string, address: string): Promise<void> {
  const row = { id, address, name: id, password_hash: null, created_at: now, tokens_valid_from: now };
  await database.db.insertInto('accounts').values(row).execute();
}

type Changes = { claims?: JWTPayload; omit?: readonly string[]; typ?: string; key?: CryptoKey; alg?: string };

function accessToken({
  claims = {},
  omit = [],
  typ = 'at+jwt',
  key = keys.privateKey,
  alg = 'RS256',
}: Changes = {}): Promise<string> {
  const issued = Math.floor(Date.parse(now) / 1000);
  const usual = { iss: issuer, aud: audience, sub: 'ada', iat: issued, exp: issued + 1800, scope: 'Tasks.ReadWrite' };
  const all = Object.entries({ ...usual, iat_ms: Date.parse(now), ...claims });
  return new SignJWT(Object.fromEntries(all.filter(([name]) => !omit.includes(name))))
    .setProtectedHeader({ alg, typ, kid: 'one' })
    .sign(key);
}

describe('access tokens', () => {
  test('carry account and scopes; the write scope includes reading, in any case', async () => {
    expect(await verify(await accessToken())).toEqual({
      accountId: 'ada',
      address: 'ada@example.org',
      name: 'ada',
      scopes: new Set(['tasks.readwrite', 'tasks.read']),
    });
    const readOnly = await verify(await accessToken({ claims: { scope: 'tasks.read tasks.read.shared' } }));
    expect(readOnly?.scopes).toEqual(new Set(['tasks.read', 'tasks.read.shared']));
  });

  test.each<[string, Changes]>([
    ['another issuer', { claims: { iss: 'http://localhost:4101/oidc' } }],
    ['another audience', { claims: { aud: 'threefold-app' } }],
    ['an ID token', { typ: 'JWT' }],
    ['an account that does not exist', { claims: { sub: 'bob' } }],
    ['no expiry', { omit: ['exp'] }],
    ['expired', { claims: { exp: startSeconds } }],
    ['a token issued before the account was created', { claims: { iat_ms: startSeconds * 1000 - 1 } }],
  ])('rejects %s', async (_name, changes) => {
    expect(await verify(await accessToken(changes))).toBeUndefined();
  });

  test('rejects a key of another issuer, a missing signature, and malformed tokens', async () => {
    expect(await verify(await accessToken({ key: foreignKeys.privateKey }))).toBeUndefined();
    const [, payload] = (await accessToken()).split('.');
    const none = Buffer.from('{"alg":"none","typ":"at+jwt"}').toString('base64url');
    for (const noise of ['', 'x', 'a.b.c', `${none}.${payload}.`, 'tf_', 'tf_unknown']) {
      expect(await verify(noise), noise).toBeUndefined();
    }
  });

  test('expire, also when they were cached', async () => {
    const token = await accessToken();
    expect(await verify(token)).toBeDefined();
    now = addMs(start, 1_799_999);
    expect(await verify(token)).toBeDefined();
    now = addMs(start, 1_800_000);
    expect(await verify(token)).toBeUndefined();
  });

  test('end with "sign out everywhere", to the millisecond; later ones are valid', async () => {
    const before = await accessToken();
    await signOutEverywhere(database.db, 'ada', clock);
    expect(await verify(before)).toBeUndefined();
    now = addMs(start, 1);
    expect(await verify(await accessToken())).toBeDefined();
  });

  test('reflect the account: a new name is used, a removed account is rejected', async () => {
    const token = await accessToken();
    expect((await verify(token))?.name).toBe('ada');
    await database.db.updateTable('accounts').set({ name: 'Ada L' }).where('id', '=', 'ada').execute();
    expect((await verify(token))?.name).toBe('Ada L');
    await database.db.deleteFrom('accounts').where('id', '=', 'ada').execute();
    expect(await verify(token)).toBeUndefined();
  });
});

const make = (expiresAt: string | null) =>
  createToken(database.db, { accountId: 'ada', scope: 'tasks.read', name: 'script', expiresAt }, clock);

describe('personal access tokens', () => {
  test('are valid from creation to revocation; only a hash is stored', async () => {
    const { id, token } = await make(null);
    expect(token).toMatch(/^tf_[\w-]{43}$/);
    expect(await verify(token)).toMatchObject({ accountId: 'ada', scopes: new Set(['tasks.read']) });
    expect(JSON.stringify(await database.db.selectFrom('personal_tokens').selectAll().execute())).not.toContain(token);
    expect(await revokeToken(database.db, id, 'bob')).toBe(false);
    expect(await revokeToken(database.db, id, 'ada')).toBe(true);
    expect(await revokeToken(database.db, id)).toBe(false);
    expect(await verify(token)).toBeUndefined();
  });

  test('expire', async () => {
    const { token } = await make(addMs(start, 1000));
    expect(await verify(token)).toBeDefined();
    now = addMs(start, 1000);
    expect(await verify(token)).toBeUndefined();
  });

  test('survive "sign out everywhere", which says so, and are listed with their last use', async () => {
    const { id, token } = await make(null);
    await signOutEverywhere(database.db, 'ada', clock);
    expect((await listTokens(database.db, 'ada'))[0]).toMatchObject({ id, lastUsedAt: null });
    now = addMs(start, 60_000);
    expect(await verify(token)).toBeDefined();
    now = addMs(start, 120_000);
    expect(await verify(token)).toBeDefined();
    // Updated at most every ten minutes.
    expect(await listTokens(database.db, 'ada')).toMatchObject([
      { id, name: 'script', lastUsedAt: addMs(start, 60_000) },
    ]);
    expect(await listTokens(database.db, 'bob')).toEqual([]);
  });

  test.skipIf(isPostgresRun)('are good although nobody can write down that they were used', async () => {
    const { token } = await make(null);
    await database.db.executeQuery(CompiledQuery.raw('pragma query_only = on'));
    expect(await verify(token)).toMatchObject({ accountId: 'ada' });
    await database.db.executeQuery(CompiledQuery.raw('pragma query_only = off'));
  });

  test('are deleted with their account', async () => {
    const { token } = await make(null);
    await database.db.deleteFrom('accounts').where('id', '=', 'ada').execute();
    expect(await verify(token)).toBeUndefined();
    expect(await database.db.selectFrom('personal_tokens').selectAll().execute()).toEqual([]);
  });
});
