import { afterEach, beforeEach, expect, test } from 'vitest';
import { addMs, systemClock } from '../../src/domain/time/time.ts';
import { openTestDatabase } from '../testing/testDatabase.ts';
import type { Database } from '../db/openDatabase.ts';
import { createSignInThrottle } from './signInThrottle.ts';
import type { SignInThrottle } from './signInThrottle.ts';

const second = 1000;
const minute = 60 * second;
let now = '2026-03-27T09:00:00.000Z';
const clock = systemClock(() => Date.parse(now));
const pass = (ms: number) => (now = addMs(now, ms));

let database: Database;
let throttle: SignInThrottle;

beforeEach(async () => {
  database = await openTestDatabase();
  throttle = createSignInThrottle(database.db, clock);
});

afterEach(() => database.close());

const guess = (at: number, remote: string) => throttle.admit(`person${at}@example.org`, remote);

async function waitAfter(tries: number, address: string, remote: string): Promise<number> {
  for (let at = 0; at < tries; at += 1) await throttle.admit(address, remote);
  const admission = await throttle.admit(address, remote);
  return admission.ok ? 0 : admission.waitMs;
}

test('five failures are free; then the lock doubles up to a quarter of an hour', async () => {
  expect(await waitAfter(5, 'Ada@example.org', '127.0.0.1')).toBe(30 * second);
  const locks: number[] = [];
  for (let at = 0; at < 8; at += 1) {
    const locked = await throttle.admit('ada@example.org ', '127.0.0.1');
    if (!locked.ok) locks.push(locked.waitMs / second);
    pass(locked.ok ? 0 : locked.waitMs);
    expect(await throttle.admit('ada@example.org', '127.0.0.1')).toMatchObject({ ok: true });
  }
  expect(locks).toEqual([30, 60, 120, 240, 480, 900, 900, 900]);
});

test('attempts for unknown accounts are counted, too', async () => {
  expect(await waitAfter(5, 'nobody@example.org', '203.0.113.9')).toBe(30 * second);
  expect(await waitAfter(0, 'somebody@example.org', '203.0.113.9')).toBe(0);
  const rows = await database.db.selectFrom('sign_in_attempts').select('subject').execute();
  expect(rows.map(({ subject }) => subject).join()).not.toContain('nobody');
});

test('concurrent attempts are counted one by one', async () => {
  const all = await Promise.all(Array.from({ length: 20 }, () => throttle.admit('ada@example.org', '203.0.113.9')));
  expect(all.filter(({ ok }) => ok)).toHaveLength(5);
});

test('the right password resets the count', async () => {
  for (let at = 0; at < 4; at += 1) await throttle.admit('ada@example.org', '203.0.113.9');
  const right = await throttle.admit('ada@example.org', '203.0.113.9');
  if (right.ok) await right.succeeded();
  expect(await waitAfter(4, 'ada@example.org', '203.0.113.9')).toBe(0);
});

test('one client address cannot try one password on many accounts', async () => {
  for (let at = 0; at < 50; at += 1) expect(await guess(at, '203.0.113.9')).toMatchObject({ ok: true });
  expect(await guess(50, '203.0.113.9')).toMatchObject({ ok: false, waitMs: 30 * second });
  expect(await guess(50, '203.0.113.10')).toMatchObject({ ok: true });
});

test('a right password does not lift a lock that later guesses of others have set on its network', async () => {
  const remote = '203.0.113.9';
  for (let at = 0; at < 48; at += 1) await guess(at, remote);
  const right = await throttle.admit('ada@example.org', remote);
  pass(second);
  expect(await guess(48, remote)).toMatchObject({ ok: true });
  expect(await guess(49, remote)).toMatchObject({ ok: false, waitMs: 30 * second });
  if (right.ok) await right.succeeded();
  expect(await guess(49, remote)).toMatchObject({ ok: false, waitMs: 30 * second });
  // One attempt was given back: the next failure sets the first lock again.
  pass(30 * second);
  expect(await guess(49, remote)).toMatchObject({ ok: true });
  expect(await guess(50, remote)).toMatchObject({ ok: false, waitMs: 30 * second });
});

test('a right password lifts the lock that its own attempt has set', async () => {
  const remote = '203.0.113.9';
  for (let at = 0; at < 49; at += 1) await guess(at, remote);
  const right = await throttle.admit('ada@example.org', remote);
  expect(await guess(49, remote)).toMatchObject({ ok: false });
  if (right.ok) await right.succeeded();
  expect(await guess(49, remote)).toMatchObject({ ok: true });
});

test('a lock ends exactly when it says', async () => {
  expect(await waitAfter(5, 'ada@example.org', '127.0.0.1')).toBe(30 * second);
  pass(30 * second - 1);
  expect(await throttle.admit('ada@example.org', '127.0.0.1')).toEqual({ ok: false, waitMs: 1 });
  pass(1);
  expect(await throttle.admit('ada@example.org', '127.0.0.1')).toMatchObject({ ok: true });
});

test('an IPv6 network counts as one address, IPv4-mapped IPv6 as IPv4, loopback not at all', async () => {
  for (let at = 0; at < 60; at += 1) await guess(at, `2001:db8:1:2::${at.toString(16)}`);
  expect(await guess(60, '2001:db8:1:2:ffff::1')).toMatchObject({ ok: false });
  expect(await guess(61, '2001:db8:1:3::1')).toMatchObject({ ok: true });
  for (let at = 100; at < 160; at += 1) await guess(at, at % 2 === 0 ? '::ffff:198.51.100.7' : '198.51.100.7');
  expect(await guess(160, '198.51.100.7')).toMatchObject({ ok: false });
  for (let at = 200; at < 260; at += 1) expect(await guess(at, '::1')).toMatchObject({ ok: true });
});

test('new accounts are counted by client address, separately from passwords', async () => {
  for (let at = 0; at < 30; at += 1) expect(await throttle.admitSignUp('203.0.113.9')).toMatchObject({ ok: true });
  expect(await throttle.admitSignUp('203.0.113.9')).toMatchObject({ ok: false, waitMs: minute });
  expect(await throttle.admitSignUp('203.0.113.10')).toMatchObject({ ok: true });
  expect(await guess(0, '203.0.113.9')).toMatchObject({ ok: true });
});

test('counts expire after a day and are deleted', async () => {
  expect(await waitAfter(5, 'ada@example.org', '127.0.0.1')).toBe(30 * second);
  await throttle.clean();
  expect(await database.db.selectFrom('sign_in_attempts').selectAll().execute()).toHaveLength(1);
  pass(24 * 60 * minute + 1);
  expect(await waitAfter(4, 'ada@example.org', '127.0.0.1')).toBe(0);
  pass(24 * 60 * minute + 1);
  await throttle.clean();
  expect(await database.db.selectFrom('sign_in_attempts').selectAll().execute()).toEqual([]);
});
