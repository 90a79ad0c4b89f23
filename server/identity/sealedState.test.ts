import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from '../../src/domain/time/time.ts';
import { createBrowser, startTestIdentityServer, type TestIdentityServer } from '../testing/testIdentity.ts';
import { limitRowsOfAccounts } from './oidcAdapter.ts';

let server: TestIdentityServer;
let now = Date.parse('2026-03-18T09:00:00.000Z');
beforeEach(async () => {
  server = await startTestIdentityServer({ path: ':memory:', clock: systemClock(() => now) });
});
afterEach(() => server.close());

const rows = async (model?: string) => {
  const all = await server.database.db.selectFrom('oidc_rows').selectAll().execute();
  return all.filter((row) => model === undefined || row.model === model);
};

test('nobody writes a row without an account: sign-in, sign-up, cancel, sign-out', async () => {
  for (let n = 0; n < 20; n += 1) {
    const browser = createBrowser(server);
    const page = await browser.authorize({ prompt: n % 2 === 0 ? 'login' : 'create', state: 'x'.repeat(1000) });
    expect(page.status).toBe(200);
    await browser.submit(page, '/sign-in', { address: '', password: '' });
    await browser.submit(page, '/cancel', {});
    expect((await browser.open('/oidc/session/end?client_id=threefold-app')).status).toBe(200);
  }
  expect(await rows()).toEqual([]);
});

test('a request that is too long for a cookie is refused, with or without an account', async () => {
  const browser = createBrowser(server);
  // It returns to the app with the error.
  const errorOf = ({ url }: { url: string }) => new URL(url).searchParams.get('error');
  const long = Array.from({ length: 9_000 }, (_, at) => String.fromCharCode(97 + ((at * at * 7) % 26))).join('');
  const random = Buffer.from(crypto.getRandomValues(new Uint8Array(6_000))).toString('base64url');
  expect(errorOf(await browser.authorize({ state: random }))).toBe('invalid_request');
  expect(await rows()).toEqual([]);
  await browser.signUp('ada@example.org');
  const before = (await rows()).length;
  expect(errorOf(await browser.authorize({ prompt: 'select_account', state: long }))).toBe('invalid_request');
  expect((await rows()).length).toBe(before);
});

test('the state belongs to one browser, one sign-in and one hour, and nobody can change it', async () => {
  const [ada, eve] = [createBrowser(server), createBrowser(server)];
  const page = await ada.authorize({ prompt: 'create' });
  const [name = '', cookie = { value: '', path: '' }] =
    [...ada.cookies].find(([, { path }]) => path.startsWith('/oidc/interaction/')) ?? [];
  // Another browser has no part in it, and a changed value is none.
  expect((await eve.open(page.url)).status).toBe(400);
  const state = [...ada.cookies].find(([key]) => key.startsWith('tf_state') && !key.includes('resume'));
  const [stateName = '', sealed = cookie] = state ?? [];
  expect(sealed.value.length).toBeGreaterThan(200);
  ada.cookies.set(stateName, { ...sealed, value: `${sealed.value.slice(0, -2)}AA` });
  expect((await ada.open(page.url)).status).toBe(400);
  ada.cookies.set(stateName, sealed);
  expect((await ada.open(page.url)).status).toBe(200);
  expect(name).not.toBe('');
  now += 61 * 60_000;
  expect((await ada.open(page.url)).status).toBe(400);
});

test('a finished sign-in cannot be repeated with its old cookies', async () => {
  const browser = createBrowser(server);
  const page = await browser.authorize({ prompt: 'create' });
  const before = new Map(browser.cookies);
  const back = await browser.submit(page, '/create', {
    address: 'ada@example.org',
    name: '',
    password: 'correct horse 9',
  });
  expect(new URL(back.url).searchParams.get('code')).not.toBeNull();
  expect(await rows('Interaction')).toEqual([]);
  const thief = createBrowser(server);
  for (const [name, cookie] of before) thief.cookies.set(name, cookie);
  const uid = new URL(page.url).pathname.split('/')[3] ?? '';
  const again = await thief.open(`/oidc/auth/${uid}`);
  expect(new URL(again.url).searchParams.get('code')).toBeNull();
});

test('of an account the newest rows of each kind stay', async () => {
  const { db } = server.database;
  const row = { model: 'RefreshToken', payload: '{}', grant_id: null, uid: null, user_code: null, consumed_at: null };
  for (let n = 0; n < 8; n += 1)
    await db
      .insertInto('oidc_rows')
      .values({ ...row, id: `r${n}`, account_id: n < 6 ? 'ada' : 'bob', expires_at: `2026-06-0${n + 1}T00:00:00.000Z` })
      .execute();
  await limitRowsOfAccounts(db, 4);
  expect((await rows()).map(({ id }) => id).toSorted()).toEqual(['r2', 'r3', 'r4', 'r5', 'r6', 'r7']);
});
