import { expect, test } from 'vitest';
import { addMs, systemClock } from '../../src/domain/time/time.ts';
import { openTestDatabase } from '../testing/testDatabase.ts';
import { createClockGuard, trustClock } from './clockGuard.ts';

const hour = 60 * 60_000;
const day = 24 * hour;
const start = Date.parse('2026-03-18T09:00:00.000Z');

async function setUp() {
  const { db } = await openTestDatabase();
  let now = start;
  let up = 0;
  const clock = systemClock(() => now);
  const restart = () => {
    up = 0;
    return createClockGuard({ db, clock, binDays: 30, uptime: () => up });
  };
  return { db, clock, restart, pass: (ms: number) => ((now += ms), (up += ms)), jump: (ms: number) => (now += ms) };
}

const trusted = { isTrusted: true };

test('elapsed time is trusted, also after a stop for half of the bin’s days', async () => {
  const { restart, pass, jump } = await setUp();
  const check = restart();
  expect(await check()).toEqual(trusted);
  pass(hour);
  expect(await check()).toEqual(trusted);
  jump(15 * day);
  expect(await restart()()).toEqual(trusted);
});

test('a clock that jumped is trusted after a day of uptime, not before, and not after a restart', async () => {
  const { restart, pass, jump } = await setUp();
  expect(await restart()()).toEqual(trusted);
  jump(400 * day);
  let check = restart();
  expect(await check()).toMatchObject({ isTrusted: false, waits: day });
  pass(23 * hour);
  expect(await check()).toMatchObject({ isTrusted: false, waits: hour });
  check = restart();
  expect(await check()).toMatchObject({ isTrusted: false, waits: day });
  pass(day);
  expect(await check()).toEqual(trusted);
  expect(await restart()()).toEqual(trusted);
});

test('a clock that is corrected is trusted at once', async () => {
  const { restart, jump } = await setUp();
  const check = restart();
  await check();
  jump(400 * day);
  expect(await check()).toMatchObject({ isTrusted: false });
  jump(-400 * day);
  expect(await check()).toEqual(trusted);
});

test('after a jump while the service runs, the day counts from its detection', async () => {
  const { restart, pass, jump } = await setUp();
  const check = restart();
  await check();
  pass(10 * day);
  await check();
  jump(16 * day);
  expect(await check()).toMatchObject({ isTrusted: false, waits: day });
});

test('an administrator can end the wait', async () => {
  const { db, clock, restart, jump } = await setUp();
  const check = restart();
  await check();
  jump(400 * day);
  expect(await check()).toMatchObject({ isTrusted: false });
  await trustClock(db, clock.now());
  expect(await check()).toEqual(trusted);
  expect(clock.now()).toBe(addMs('2026-03-18T09:00:00.000Z', 400 * day));
});
