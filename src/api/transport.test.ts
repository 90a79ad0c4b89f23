import { describe, expect, it } from 'vitest';
import { ApiError, SignInRequiredError } from './apiError.ts';
import { createTransport } from './transport.ts';
import type { TransportRequest, TransportOptions } from './transport.ts';
import { toDay } from '../domain/time/time.ts';

const now = '2026-03-18T09:00:00.000Z';

/** A transport whose server gives these responses in order; records the requests and the waits. */
function transport(answers: readonly (() => Response)[], more: Partial<TransportOptions> = {}) {
  const asked: { url: string; init: RequestInit }[] = [];
  const sleepTimes: number[] = [];
  const left = [...answers];
  const send = createTransport({
    base: 'https://tasks.example',
    fetch: (url, init) => {
      asked.push({ url, init });
      const answer = left.shift();
      if (answer === undefined) throw new TypeError('Failed to fetch');
      return answer();
    },
    getToken: ({ refresh }) => Promise.resolve(refresh ? 'fresh' : 'old'),
    sleep: (ms) => Promise.resolve(void sleepTimes.push(ms)),
    newId: () => 'id',
    clock: { now: () => now, today: () => toDay('2026-03-18') },
    ...more,
  });
  const headers = (at = 0) => new Headers(asked[at]?.init.headers);
  return { send, asked, slept: sleepTimes, headers };
}
const get: TransportRequest = { method: 'GET', path: '/api/v2.0/me/tasks' };
const post: TransportRequest = { ...get, method: 'POST', body: { Subject: 'Milk' } };
const json =
  (body: unknown, status = 200, headers: Record<string, string> = {}) =>
  () =>
    new Response(JSON.stringify(body), { status, headers });
const failure = (status: number, headers: Record<string, string> = {}) =>
  json({ error: { code: 'Code', message: 'Words' } }, status, headers);
async function caught(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  return undefined;
}

describe('a request', () => {
  it('has the token, the zone, the etag and the idempotency key', async () => {
    const { send, asked, headers } = transport([json({ ok: true }, 201, { 'Repeatability-Result': 'accepted' })]);
    const repeatability = { id: 'key', firstSent: '2026-11-06T08:49:37.123Z' };
    const answer = await send({ ...post, zone: 'Europe/Paris', ifMatch: 'W/"1"', repeatability });
    expect(answer).toEqual({ json: { ok: true }, repeats: true });
    expect(asked[0]?.url).toBe('https://tasks.example/api/v2.0/me/tasks');
    expect(Object.fromEntries(headers())).toEqual({
      accept: 'application/json',
      authorization: 'Bearer old',
      'client-request-id': 'id',
      'content-type': 'application/json',
      'if-match': 'W/"1"',
      prefer: 'outlook.timezone="Europe/Paris"',
      'repeatability-first-sent': 'Fri, 06 Nov 2026 08:49:37 GMT',
      'repeatability-request-id': 'key',
    });
  });

  it('has no JSON when the response has no body', async () => {
    expect(await transport([() => new Response(null, { status: 204 })]).send(get)).toEqual({
      json: undefined,
      repeats: false,
    });
  });

  it('follows links by their path alone: a token never goes to another host', async () => {
    const { send, asked } = transport([json({})]);
    await send({ ...get, path: 'https://evil.example/api/v2.0/me/tasks?$skip=10' });
    expect(asked[0]?.url).toBe('https://tasks.example/api/v2.0/me/tasks?$skip=10');
  });
});

describe('a token', () => {
  it('that is rejected is renewed once', async () => {
    const { send, headers } = transport([failure(401), json({})]);
    await send(get);
    expect([headers(0).get('authorization'), headers(1).get('authorization')]).toEqual(['Bearer old', 'Bearer fresh']);
  });

  it('that is rejected twice requires signing in', async () => {
    const { send, asked } = transport([failure(401), failure(401), json({})]);
    expect(await caught(send(get))).toMatchObject({ kind: 'signIn' });
    expect(asked).toHaveLength(2);
  });

  it('that cannot be obtained gives its reason', async () => {
    const refuses = (cause: Error) => transport([json({})], { getToken: () => Promise.reject(cause) });
    expect(await caught(refuses(new SignInRequiredError()).send(get))).toMatchObject({ kind: 'signIn' });
    expect(await caught(refuses(new ApiError('offline', 'No network')).send(get))).toMatchObject({ kind: 'offline' });
    expect(await caught(refuses(new Error('?')).send(get))).toMatchObject({ kind: 'broken' });
  });
});

describe('failures', () => {
  it.each([
    [404, 'missing'],
    [412, 'changed'],
    [410, 'stale'],
    [400, 'refused'],
    [403, 'refused'],
    [409, 'refused'],
    [501, 'broken'],
  ] as const)('%i is %s, and the request is not repeated', async (status, kind) => {
    const { send, asked } = transport([failure(status)]);
    expect(await caught(send(get))).toMatchObject({ kind, status, code: 'Code', message: 'Words' });
    expect(asked).toHaveLength(1);
  });

  it('no response is offline, and is not retried here', async () => {
    const { send, asked } = transport([]);
    expect(await caught(send(get))).toMatchObject({ kind: 'offline' });
    expect(asked).toHaveLength(1);
  });

  it('a response that is no JSON is broken', async () => {
    expect(await caught(transport([() => new Response('<html>')]).send(get))).toMatchObject({ kind: 'broken' });
  });

  it('429 waits as long as the server says: seconds, or a date', async () => {
    const date = 'Wed, 18 Mar 2026 09:00:07 GMT';
    const { send, slept: sleepTimes } = transport([
      failure(429, { 'Retry-After': '3' }),
      failure(429, { 'Retry-After': date }),
      json({}),
    ]);
    await send(post);
    expect(sleepTimes).toEqual([3_000, 7_000]);
  });

  it('a longer wait is left to the caller', async () => {
    const { send, slept: sleepTimes } = transport([failure(429, { 'Retry-After': '120' })]);
    expect(await caught(send(get))).toMatchObject({ kind: 'busy', retryAfter: 120_000 });
    expect(sleepTimes).toEqual([]);
  });

  it('during a long wait no other request is sent; it ends in time, and when the clock is set back', async () => {
    let at: string = now;
    const clock = { now: () => at, today: () => toDay('2026-03-18') };
    const { send, asked } = transport([failure(429, { 'Retry-After': '120' }), json({}), json({})], { clock });
    await caught(send(get));
    at = '2026-03-18T09:00:30.000Z';
    expect(await caught(send(post))).toMatchObject({ kind: 'busy', status: 429, code: 'Code', retryAfter: 90_000 });
    expect(asked).toHaveLength(1);
    at = '2026-03-17T09:00:00.000Z';
    await send(get);
    at = '2026-03-18T09:00:30.000Z';
    await send(get);
    expect(asked).toHaveLength(3);
  });

  it('a wait for one path holds back no other; a second refused path, or a refused write, holds back all', async () => {
    const read = (id: string): TransportRequest => ({ ...get, path: `/api/v2.0/me/taskfolders('${id}')/tasks?$top=5` });
    const busy = failure(429, { 'Retry-After': '120' });
    const { send, asked } = transport([busy, json({}), json({}), busy]);
    await caught(send(read('a')));
    await send(read('b'));
    await send(post);
    expect(await caught(send({ ...read('a'), path: `https://tasks.example${read('a').path}&$skip=5` }))).toMatchObject({
      kind: 'busy',
      retryAfter: 120_000,
    });
    expect(asked).toHaveLength(3);
    await caught(send(read('b')));
    for (const request of [read('c'), post]) expect(await caught(send(request))).toMatchObject({ kind: 'busy' });
    expect(asked).toHaveLength(4);

    const writes = transport([busy]);
    await caught(writes.send(post));
    expect(await caught(writes.send(read('a')))).toMatchObject({ kind: 'busy' });
    expect(writes.asked).toHaveLength(1);
  });

  it('a short wait for one path holds back no other', async () => {
    const read = (id: string): TransportRequest => ({ ...get, path: `/api/v2.0/me/taskfolders('${id}')/tasks` });
    let wake = () => {};
    const sleep = () => new Promise<void>((resolve) => (wake = resolve));
    const { send, asked } = transport([failure(503, { 'Retry-After': '5' }), json({}), json({}), json({})], { sleep });
    const [first, second] = [send(read('a')), send(read('b'))];
    await second;
    const again = send(read('a'));
    await send(read('c'));
    expect(asked).toHaveLength(3);
    wake();
    await Promise.all([first, again].map((one) => one.catch(() => undefined)));
    expect(asked).toHaveLength(5);
  });

  it('the last refusal of a request, too, holds back others', async () => {
    let wake = () => {};
    const sleep = () => new Promise<void>((resolve) => (wake = resolve));
    const { send, asked } = transport([failure(503, { 'Retry-After': '5' }), json({})], { sleep });
    expect(await caught(send(post))).toMatchObject({ kind: 'busy', retryAfter: 5_000 });
    const next = send(get);
    await new Promise((resolve) => setTimeout(resolve));
    expect(asked).toHaveLength(1);
    wake();
    await next;
  });

  it('a wait of many days becomes an hour, because longer timers would fire at once', async () => {
    const { send } = transport([failure(503, { 'Retry-After': '999999999' })]);
    expect(await caught(send(get))).toMatchObject({ kind: 'busy', retryAfter: 3_600_000 });
  });

  it('503 is retried, a POST only with an idempotency key', async () => {
    const repeatability = { id: 'key', firstSent: now };
    await transport([failure(503), json({})]).send({ ...post, repeatability });
    expect(await caught(transport([failure(503), json({})]).send(post))).toMatchObject({ kind: 'busy' });
  });

  it('server errors are retried for reads only, and not endlessly', async () => {
    await transport([failure(500), failure(502), json({})]).send(get);
    expect(await caught(transport([failure(500), json({})]).send({ ...get, method: 'PATCH' }))).toMatchObject({
      kind: 'broken',
    });
    const { send, asked } = transport(Array.from({ length: 9 }, () => failure(500)));
    expect(await caught(send(get))).toMatchObject({ kind: 'broken' });
    expect(asked).toHaveLength(4);
  });

  it('a request whose idempotency key was rejected may have been executed', async () => {
    const { send } = transport([failure(412, { 'Repeatability-Result': 'rejected' })]);
    expect(await caught(send(post))).toMatchObject({ kind: 'changed', mayHaveArrived: true });
  });
});

it('a pause requested by the server is reported, whether or not the request succeeds', async () => {
  const pauses: string[] = [];
  const more = { onPause: (until: string) => pauses.push(until) };
  await transport([failure(429, { 'Retry-After': '5' }), json({})], more).send(get);
  const refused = transport([failure(503, { 'Retry-After': '60' })], more);
  expect(await caught(refused.send(post))).toMatchObject({ kind: 'busy', retryAfter: 60_000 });
  expect(await caught(refused.send(get))).toMatchObject({ kind: 'busy' });
  await transport([failure(503), json({})], more).send(get);
  expect(pauses).toEqual(['2026-03-18T09:00:05.000Z', '2026-03-18T09:01:00.000Z']);
});
