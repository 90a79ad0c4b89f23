import { afterEach, expect, test } from 'vitest';
import { startService, type Service } from '../testing/testService.ts';

let service: Service | undefined;
afterEach(async () => {
  await service?.close();
});

async function limited(limit: number): Promise<Service> {
  service = await startService({ rateLimit: limit, rateWindowSeconds: 600 });
  return service;
}

test('v2 reports the remaining allowance with every answer', async () => {
  const { send } = await limited(3);
  const first = await send('GET', '/me/tasks');
  expect(first.status).toBe(200);
  expect(first.headers.get('rate-limit-limit')).toBe('3');
  expect(first.headers.get('rate-limit-remaining')).toBe('2');
  expect(first.headers.get('rate-limit-reset')).toBe('2026-03-25T12:10:00.000Z');
  expect((await send('GET', "/me/tasks('nothing-there')")).headers.get('rate-limit-remaining')).toBe('1');
});

test('exceeding the limit is 429 with Retry-After in v2, until the next window', async () => {
  const { send, clock } = await limited(2);
  await send('GET', '/me/tasks');
  clock.pass(90_500);
  await send('GET', '/me/tasks');
  const refused = await send('GET', '/me/tasks');
  expect(refused.status).toBe(429);
  expect(refused.body['error']).toEqual({ code: 'ApplicationThrottled', message: expect.stringContaining('Too many') });
  expect(refused.headers.get('retry-after')).toBe('510');
  expect(refused.headers.get('rate-limit-remaining')).toBe('0');
  clock.pass(510_000);
  expect((await send('GET', '/me/tasks')).status).toBe(200);
});

test('Graph answers with its own error and sends no allowance headers', async () => {
  const { request } = await limited(1);
  const first = await request('GET', '/beta/me/outlook/tasks');
  expect(first.headers.get('rate-limit-limit')).toBeNull();
  const refused = await request('GET', '/beta/me/outlook/tasks');
  expect(refused.status).toBe(429);
  expect(refused.headers.get('retry-after')).toBe('600');
  expect(refused.body['error']).toMatchObject({
    code: 'TooManyRequests',
    message: 'Please retry again later.',
    innerError: { code: '429', message: 'Please retry after', status: '429', 'request-id': expect.any(String) },
  });
});

test('requests to /v1 count, too, and each account has its own limit', async () => {
  const { request, send } = await limited(1);
  expect((await request('GET', '/threefold/v1/settings')).status).toBe(200);
  expect((await request('GET', '/threefold/v1/settings')).status).toBe(429);
  expect((await send('GET', '/me/tasks')).status).toBe(429);
  expect((await send('GET', '/me/tasks', undefined, { Authorization: 'Bearer bob' })).status).toBe(200);
});

test('a limit of 0 turns rate limits and their headers off', async () => {
  const { send } = await limited(0);
  const answer = await send('GET', '/me/tasks');
  expect(answer.status).toBe(200);
  expect(answer.headers.get('rate-limit-limit')).toBeNull();
});
