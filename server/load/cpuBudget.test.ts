import { afterEach, expect, test } from 'vitest';
import { listOf } from '../testing/json.ts';
import { startService, type Service } from '../testing/testService.ts';

let service: Service | undefined;
let cpu = 0;
afterEach(async () => {
  await service?.close();
});

/** A service in which each look at the CPU time finds that a millisecond has passed. */
async function limited(limits: { cpuSeconds?: number; requestSeconds?: number }): Promise<Service> {
  cpu = 0;
  service = await startService({ ...limits, rateWindowSeconds: 100, cpuMs: () => (cpu += 1) });
  return service;
}

async function used(of: Service): Promise<void> {
  for (let tries = 0; tries < 10_000; tries += 1) if ((await of.send('GET', '/me/tasks')).status === 429) return;
  throw new Error('The budget is never used up.');
}

test('v2: a used-up budget is 429 with Retry-After and the body of throttling; others are served', async () => {
  const one = await limited({ cpuSeconds: 1 });
  await used(one);
  const refused = await one.send('POST', '/me/tasks', { Subject: 'x' });
  expect(refused.status).toBe(429);
  expect(refused.body['error']).toEqual({ code: 'ApplicationThrottled', message: expect.stringContaining('Too many') });
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThanOrEqual(5);
  expect((await one.send('GET', '/me/tasks', undefined, { Authorization: 'Bearer bob' })).status).toBe(200);
  one.clock.pass(Number(refused.headers.get('retry-after')) * 1000);
  expect((await one.send('POST', '/me/tasks', { Subject: 'x' })).status).toBe(201);
});

test('beta answers with its own error', async () => {
  const one = await limited({ cpuSeconds: 1 });
  await used(one);
  const refused = await one.request('GET', '/beta/me/outlook/tasks');
  expect(refused.status).toBe(429);
  expect(refused.body['error']).toMatchObject({ code: 'TooManyRequests', innerError: { code: '429' } });
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
});

test('a batch counts its parts: those past the time of one request are 503 with Retry-After, the rest was done', async () => {
  const one = await limited({ requestSeconds: 0.03 });
  const requests = Array.from({ length: 20 }, (_, at) => ({
    id: String(at),
    method: 'POST',
    url: '/me/tasks',
    body: { Subject: `Part ${at}` },
  }));
  const batch = await one.send('POST', '/me/$batch', { requests }, { Prefer: 'odata.continue-on-error' });
  expect(batch.status).toBe(200);
  const parts = listOf(batch.body['responses']);
  const statuses = new Set(parts.map(({ status }) => Number(status)));
  expect(statuses).toEqual(new Set([201, 503]));
  for (const { status, headers } of parts) {
    if (Number(status) === 503) expect(headers).toMatchObject({ 'Retry-After': expect.stringMatching(/^[1-9]/) });
  }
  const stored = await one.send('GET', '/me/tasks/$count');
  expect(Number(stored.text)).toBe(parts.filter(({ status }) => Number(status) === 201).length);
});

test('what a write has stored is never answered as refused, however long the conversion takes', async () => {
  const one = await limited({ requestSeconds: 0.001 });
  const full = { Accept: 'application/json;odata.metadata=full' };
  expect((await one.send('GET', '/me/tasks', undefined, full)).status).toBe(503);
  expect((await one.send('POST', '/me/tasks', { Subject: 'Stored' }, full)).status).toBe(201);
  expect((await one.send('GET', '/me/tasks/$count')).text).toBe('1');
});
