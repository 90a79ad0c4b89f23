import { describe, expect, it } from 'vitest';
import * as v from 'valibot';
import { toDay } from '../domain/time/time.ts';
import { ApiError } from './apiError.ts';
import { createBatches, Unanswered } from './batchClient.ts';
import type { BatchConnection } from './batchClient.ts';
import type { TransportRequest, TransportResponse } from './transport.ts';

const now = '2026-03-18T09:00:00.000Z';
const root = { root: '/api/v2.0', path: '/api/v2.0/me/$batch' };
const batch = v.object({
  requests: v.array(
    v.object({
      id: v.string(),
      method: v.string(),
      url: v.string(),
      headers: v.record(v.string(), v.string()),
      body: v.exactOptional(v.unknown()),
    }),
  ),
});
type Part = v.InferOutput<typeof batch>['requests'][number];
type PartAnswer = { id: string; status: number; headers?: Record<string, string>; body?: unknown };

/** A server that answers a batch with `answerTo`, and any other request with its path. */
function serverOf(answerTo: (parts: readonly Part[]) => unknown) {
  const asked: TransportRequest[] = [];
  const paused: string[] = [];
  const send = async (request: TransportRequest): Promise<TransportResponse> => {
    asked.push(request);
    await Promise.resolve();
    if (request.path !== root.path) return { json: { plain: request.path }, repeats: false };
    return { json: answerTo(v.parse(batch, request.body).requests), repeats: false };
  };
  const clock = { now: () => now, today: () => toDay('2026-03-18') };
  const batches = createBatches({ send, roots: [root], clock, onPause: (until) => paused.push(until) });
  const lines = () => asked.map(({ method, path }) => `${method} ${path}`);
  return { batches, asked, lines, paused };
}
const well = (parts: readonly Part[]) => ({
  responses: parts.map(({ id, url }): PartAnswer => ({ id, status: 200, body: { url } })),
});
const withStatus =
  (status: number, more: Partial<PartAnswer> = {}) =>
  (parts: readonly Part[]) => ({
    responses: parts.map(({ id, url }): PartAnswer =>
      id === '1' ? { id, status, ...more } : { id, status: 200, body: { url } },
    ),
  });
const patch = (id: string, more: Partial<TransportRequest> = {}): TransportRequest => ({
  method: 'PATCH',
  path: `/api/v2.0/me/tasks('${id}')`,
  body: { Subject: id },
  ...more,
});

/** The results of each member's requests, sent one after the other. */
async function sendAll(shares: readonly BatchConnection[], requests: readonly (readonly TransportRequest[])[]) {
  const sendOne = async (share: BatchConnection, at: number) => {
    const outcomes: unknown[] = [];
    for (const request of requests[at] ?? [])
      outcomes.push(
        await share.send(request).then(
          ({ json }) => json,
          (error: unknown) => error,
        ),
      );
    share.close();
    return outcomes;
  };
  return Promise.all(shares.map(sendOne));
}
const three = [[patch('a')], [patch('b')], [patch('c')]];

describe('a batch', () => {
  it('has a part for each request, with its key and etag, and a path relative to the root', async () => {
    const { batches, asked } = serverOf(well);
    const key = { id: 'key-of-b', firstSent: '2026-11-06T08:49:37.000Z' };
    const create: TransportRequest = { method: 'POST', path: '/api/v2.0/me/tasks', body: {}, repeatability: key };
    const answers = await sendAll(
      batches.open(2, () => {}),
      [[patch('a', { ifMatch: 'W/"1"' })], [create]],
    );
    expect(answers).toEqual([[{ url: "/me/tasks('a')" }], [{ url: '/me/tasks' }]]);
    expect(asked).toMatchObject([{ method: 'POST', path: root.path, continueOnError: true }]);
    expect(asked[0]?.body).toHaveProperty('requests', [
      {
        id: '0',
        method: 'PATCH',
        url: "/me/tasks('a')",
        headers: { 'Content-Type': 'application/json', 'If-Match': 'W/"1"' },
        body: { Subject: 'a' },
      },
      {
        id: '1',
        method: 'POST',
        url: '/me/tasks',
        headers: {
          'Content-Type': 'application/json',
          'Repeatability-Request-ID': 'key-of-b',
          'Repeatability-First-Sent': 'Fri, 06 Nov 2026 08:49:37 GMT',
        },
        body: {},
      },
    ]);
  });

  it('is not used for a single request, nor for requests outside its root', async () => {
    const { batches, lines } = serverOf(well);
    await sendAll(
      batches.open(1, () => {}),
      [[patch('a')]],
    );
    const elsewhere: TransportRequest = { method: 'POST', path: '/threefold/v1/tasks/b/move' };
    await sendAll(
      batches.open(2, () => {}),
      [[patch('a')], [elsewhere]],
    );
    expect(lines().filter((line) => line.endsWith('$batch'))).toEqual([]);
    expect(lines()).toHaveLength(3);
  });

  it('does not wait for members that close without a request', async () => {
    const { batches, lines } = serverOf(well);
    await sendAll(
      batches.open(3, () => {}),
      [[patch('a')], [], [patch('c')]],
    );
    expect(lines()).toEqual([`POST ${root.path}`]);
  });

  it('is followed by a batch of the next requests, and reports the end of each round', async () => {
    const { batches, lines } = serverOf(well);
    let rounds = 0;
    const next: TransportRequest = { method: 'GET', path: "/api/v2.0/me/tasks('a')" };
    await sendAll(
      batches.open(3, () => (rounds += 1)),
      [[patch('a'), next], [patch('b')], [patch('c'), next]],
    );
    expect(lines()).toEqual([`POST ${root.path}`, `POST ${root.path}`]);
    expect(rounds).toBe(3);
  });

  it('is split when it becomes too long', async () => {
    const { batches, asked } = serverOf(well);
    const long = 'x'.repeat(400_000);
    const requests = ['a', 'b', 'c', 'd', 'e'].map((id) => [patch(id, { body: { Body: long } })]);
    await sendAll(
      batches.open(5, () => {}),
      requests,
    );
    expect(asked.map(({ body }) => (v.is(batch, body) ? body.requests.length : undefined))).toEqual([2, 2, undefined]);
  });
});

describe('a part', () => {
  it.each([401, 403, 404, 400, 413, 424])(
    'that is rejected with %i is sent again as a single request',
    async (status) => {
      const { batches, lines } = serverOf(withStatus(status));
      expect(
        await sendAll(
          batches.open(3, () => {}),
          three,
        ),
      ).toEqual([[{ url: "/me/tasks('a')" }], [{ plain: "/api/v2.0/me/tasks('b')" }], [{ url: "/me/tasks('c')" }]]);
      expect(lines()).toEqual([`POST ${root.path}`, "PATCH /api/v2.0/me/tasks('b')"]);
    },
  );

  it('that fails If-Match fails like a request, and its member continues with single requests', async () => {
    const error = { code: 'ErrorIrresolvableConflict', message: 'Changed' };
    const { batches, lines } = serverOf(withStatus(412, { body: { error } }));
    const next: TransportRequest = { method: 'GET', path: "/api/v2.0/me/tasks('b')" };
    const [, b] = await sendAll(
      batches.open(3, () => {}),
      [[patch('a')], [patch('b'), next], [patch('c')]],
    );
    expect(b?.[0]).toMatchObject({ kind: 'changed', code: 'ErrorIrresolvableConflict', mayHaveArrived: false });
    expect(lines()).toEqual([`POST ${root.path}`, `GET ${next.path}`]);
  });

  it('whose idempotency key was rejected may have been executed', async () => {
    const { batches } = serverOf(withStatus(412, { headers: { 'repeatability-Result': 'rejected' } }));
    const [, b] = await sendAll(
      batches.open(3, () => {}),
      three,
    );
    expect(b?.[0]).toMatchObject({ kind: 'changed', mayHaveArrived: true });
  });

  it('that is throttled reports for how long', async () => {
    const { batches, paused } = serverOf(withStatus(429, { headers: { 'Retry-After': '7' } }));
    const [, b] = await sendAll(
      batches.open(3, () => {}),
      three,
    );
    expect(b?.[0]).toMatchObject({ kind: 'busy', retryAfter: 7_000 });
    expect(paused).toEqual(['2026-03-18T09:00:07.000Z']);
  });

  it.each([
    [503, 'busy'],
    [500, 'broken'],
  ])('whose response is %i fails as %s', async (status, kind) => {
    const { batches } = serverOf(withStatus(status));
    expect(
      (
        await sendAll(
          batches.open(3, () => {}),
          three,
        )
      )[1]?.[0],
    ).toMatchObject({ kind });
  });

  it.each<[string, readonly Partial<PartAnswer>[]]>([
    ['no response', []],
    ['two responses', [200, 404].map((status) => ({ id: '1', status }))],
    ['a response without a status', [{ id: '1' }]],
    ['an impossible status', [{ id: '1', status: 42 }]],
  ])('with %s has no response, and the others do', async (_, some) => {
    const { batches } = serverOf((parts) => ({
      responses: [...well(parts).responses.filter(({ id }) => id !== '1'), ...some].toReversed(),
    }));
    const [a, b, c] = await sendAll(
      batches.open(3, () => {}),
      three,
    );
    expect([a, c]).toEqual([[{ url: "/me/tasks('a')" }], [{ url: "/me/tasks('c')" }]]);
    expect(b?.[0]).toBeInstanceOf(Unanswered);
  });
});

describe('a server', () => {
  const failing = (error: ApiError) =>
    serverOf(() => {
      throw error;
    });

  it.each([404, 405, 501, 400, 415])(
    'that answers %i takes no batches: plain requests, from then on',
    async (status) => {
      const { batches, lines } = failing(new ApiError('refused', '', { status }));
      expect(
        (
          await sendAll(
            batches.open(3, () => {}),
            three,
          )
        )[0],
      ).toEqual([{ plain: "/api/v2.0/me/tasks('a')" }]);
      expect(batches.areSupported()).toBe(false);
      await sendAll(
        batches.open(3, () => {}),
        three,
      );
      expect(lines().filter((line) => line.endsWith('$batch'))).toHaveLength(1);
      expect(lines()).toHaveLength(7);
    },
  );

  it('that rejects one batch as too large gets more batches', async () => {
    const { batches } = failing(new ApiError('refused', '', { status: 413 }));
    expect(
      (
        await sendAll(
          batches.open(3, () => {}),
          three,
        )
      )[0],
    ).toEqual([{ plain: "/api/v2.0/me/tasks('a')" }]);
    expect(batches.areSupported()).toBe(true);
  });

  it('that responds with anything else gets no further batches, and the result of this one is unknown', async () => {
    const { batches } = serverOf(() => ({ value: [] }));
    expect(
      (
        await sendAll(
          batches.open(3, () => {}),
          three,
        )
      )[0]?.[0],
    ).toBeInstanceOf(Unanswered);
    expect(batches.areSupported()).toBe(false);
  });

  it('whose responses are unusable three times in a row gets no further batches', async () => {
    const { batches } = failing(new ApiError('broken', 'The answer cannot be read', { status: 200 }));
    for (const isTaken of [true, true, false]) {
      expect(
        (
          await sendAll(
            batches.open(2, () => {}),
            three,
          )
        )[0]?.[0],
      ).toBeInstanceOf(Unanswered);
      expect(batches.areSupported()).toBe(isTaken);
    }
  });

  it.each(['offline', 'busy', 'signIn'] as const)('that is %s fails every request as such', async (kind) => {
    const error = new ApiError(kind, '', kind === 'offline' ? {} : { status: 429 });
    const { batches } = failing(error);
    expect(
      await sendAll(
        batches.open(3, () => {}),
        three,
      ),
    ).toEqual([[error], [error], [error]]);
    expect(batches.areSupported()).toBe(true);
  });
});
