import { afterEach, beforeEach, expect, test } from 'vitest';
import { deleteExpiredKeys } from './idempotency.ts';
import { startService, type Service } from '../testing/testService.ts';

let service: Service;
beforeEach(async () => {
  service = await startService();
});
afterEach(() => service.close());

const day = 24 * 60 * 60_000;
const keyed = (id: string, sent = 'Wed, 25 Mar 2026 12:00:00 GMT') => ({
  'Repeatability-Request-ID': id,
  'Repeatability-First-Sent': sent,
});
const key = '6f2d1c1e-6b0e-4c52-9a52-0d3f6f6a1b11';

test.each([
  ['/me/tasks', { Subject: 'Once' }],
  ['/me/taskfolders', { Name: 'Once' }],
  ['/me/taskgroups', { Name: 'Once' }],
])('a POST to %s received three times, twice at once, takes effect once', async (path, body) => {
  const before = Number((await service.send('GET', `${path}/$count`)).text);
  const send = () => service.send('POST', path, body, keyed(key));
  const [first, second] = await Promise.all([send(), send()]);
  service.clock.pass(day);
  const third = await send();
  for (const answer of [first, second, third]) {
    expect([answer.status, answer.body['Id']]).toEqual([201, first.body['Id']]);
    expect(answer.headers.get('repeatability-result')).toBe('accepted');
  }
  expect(Number((await service.send('GET', `${path}/$count`)).text)).toBe(before + 1);
});

test('a series completed twice under one key advances once', async () => {
  const task = await service.send('POST', '/me/tasks', {
    Subject: 'Daily',
    DueDateTime: { DateTime: '2026-03-25T00:00:00', TimeZone: 'UTC' },
    Recurrence: { Pattern: { Type: 'Daily', Interval: 1 }, Range: { Type: 'NoEnd', StartDate: '2026-03-25' } },
  });
  const complete = () => service.send('POST', `/me/tasks/${task.body['Id']}/complete`, undefined, keyed(key));
  const first = await complete();
  const second = await complete();
  expect(second.body['value']).toEqual(first.body['value']);
  const series = await service.send('GET', `/me/tasks/${task.body['Id']}`);
  expect(series.body['DueDateTime']?.['DateTime']).toBe('2026-03-26T00:00:00.0000000');
});

test('an idempotency key belongs to one request of one account', async () => {
  await service.send('POST', '/me/tasks', { Subject: 'One' }, keyed(key));
  const other = await service.send('POST', '/me/tasks', { Subject: 'Two' }, keyed(key));
  expect([other.status, other.headers.get('repeatability-result')]).toEqual([412, 'rejected']);
  const bob = { ...keyed(key), Authorization: 'Bearer bob' };
  expect((await service.send('POST', '/me/tasks', { Subject: 'One' }, bob)).status).toBe(201);
});

test('a rejected request does not use up its key', async () => {
  await service.send('POST', '/me/taskfolders', { Name: 'Paint' });
  expect((await service.send('POST', '/me/taskfolders', { Name: 'paint' }, keyed(key))).status).toBe(409);
  const rows = await service.database.db.selectFrom('repeatability').selectAll().execute();
  expect(rows).toEqual([]);
});

test('unreadable headers are 400, and an expired first-sent time is 412', async () => {
  const post = (headers: Record<string, string>) => service.send('POST', '/me/tasks', { Subject: 'x' }, headers);
  expect((await post({ 'Repeatability-Request-ID': key })).status).toBe(400);
  expect((await post({ 'Repeatability-First-Sent': 'Wed, 25 Mar 2026 12:00:00 GMT' })).status).toBe(400);
  for (const noDate of [
    'yesterday',
    'Sun, 99 Nov 2026 99:99:99 GMT',
    'Sun, 01 Foo 2026 10:00:00 GMT',
    '2026-13-45T99:99:99Z',
  ]) {
    expect((await post(keyed(key, noDate))).status).toBe(400);
  }
  expect((await post(keyed(key, 'Sun, 25 Jan 2026 12:00:00 GMT'))).status).toBe(412);
  expect((await service.send('GET', '/me/tasks/$count')).text).toBe('0');
});

test('keys are deleted after thirty days', async () => {
  await service.send('POST', '/me/tasks', { Subject: 'One' }, keyed(key));
  service.clock.pass(29 * day);
  await deleteExpiredKeys(service.database.db, service.clock);
  const left = () => service.database.db.selectFrom('repeatability').selectAll().execute();
  expect(await left()).toHaveLength(1);
  service.clock.pass(2 * day);
  await deleteExpiredKeys(service.database.db, service.clock);
  expect(await left()).toEqual([]);
});
