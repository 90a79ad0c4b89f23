import * as v from 'valibot';
import type { Service } from '../testBed.ts';
import type { TestClock } from '../testClock.ts';
import { injectedConflict, injectedMissing } from './parkedReasons.ts';
import { keysOf } from '../../../src/domain/objectKeys.ts';

/** Pseudo-random numbers, the same for the same seed (mulberry32). */
export type Random = {
  below: (n: number) => number;
  chance: (share: number) => boolean;
  pick: <T>(of: readonly T[]) => T;
};

export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
  const below = (n: number) => Math.floor(next() * n);
  return {
    below,
    chance: (share) => next() < share,
    pick: (of) => {
      const one = of[below(of.length)];
      if (one === undefined) throw new Error('There is nothing to pick from');
      return one;
    },
  };
}

export type Faults = {
  /** Wraps a service with faults. */
  wrap: (service: Service) => Service;
  /** From now on requests and answers arrive at once, without faults. */
  stop: () => void;
  /** The service is down: requests in flight lose their answers, and new ones fail. */
  isDown: boolean;
  /** Bodies of accepted writes, as one text each. */
  accepted: string[];
  /** Decoded paths of accepted requests that removed something. */
  removals: string[];
  counts: Record<string, number>;
};

const failureResponses = {
  busy: () => new Response('{}', { status: 429, headers: { 'Retry-After': '3' } }),
  unavailable: () => new Response('{}', { status: 503 }),
  broken: () => new Response('oops', { status: 500 }),
  expired: () => new Response(null, { status: 401 }),
};

/** Random faults of requests. Delays use the test's clock. */
export function createFaults(random: Random, time: TestClock): Faults {
  let isStopped = false;
  const faults: Faults = {
    isDown: false,
    accepted: [],
    removals: [],
    counts: {},
    stop: () => {
      isStopped = true;
      faults.isDown = false;
    },
    wrap: (service) => ({
      async request(input, init) {
        const isBatch = input.endsWith('$batch');
        if (isStopped) return forward(input, init);
        await time.sleep(random.below(400));
        if (faults.isDown || random.chance(0.04)) throw lostConnection('before');
        if (random.chance(0.05)) {
          const name = random.pick(keysOf(failureResponses));
          count(name);
          return failureResponses[name]();
        }
        if (isBatch) count('batch');
        const response = isBatch && random.chance(0.1) ? await sendPartially(input, init) : await forward(input, init);
        if (random.chance(0.02)) {
          count('twice');
          await forward(input, init);
        }
        await time.sleep(random.below(400));
        if (faults.isDown || random.chance(0.04)) throw lostConnection('after');
        if (isBatch && response.ok && random.chance(0.08)) {
          count('halved');
          return truncated(response);
        }
        return response;

        /** Some requests of the batch fail, and the others are forwarded. */
        async function sendPartially(path: string, requestInit: RequestInit): Promise<Response> {
          count('refused in a batch');
          const requests = readBatchRequests(requestInit.body);
          const rejected = requests.filter(() => random.chance(0.3));
          const answers: BatchResponse[] = rejected.map(({ id }) => ({ id, ...random.pick(partErrors) }));
          const remaining = requests.filter((one) => !rejected.includes(one));
          if (remaining.length > 0) {
            const response = await forward(path, { ...requestInit, body: JSON.stringify({ requests: remaining }) });
            if (!response.ok) return response;
            answers.push(...readBatchResponses(await response.text()));
          }
          return Response.json({ responses: answers });
        }
        async function forward(path: string, requestInit: RequestInit): Promise<Response> {
          const response = await service.request(path, requestInit);
          if (response.ok && requestInit.method !== 'GET')
            await recordAccepted(path, requestInit, isBatch ? response.clone() : null);
          return response;
        }
      },
    }),
  };
  const count = (name: string) => (faults.counts[name] = (faults.counts[name] ?? 0) + 1);
  function lostConnection(when: string) {
    count(`lost ${when}`);
    return new TypeError('Failed to fetch');
  }
  function recordRemoval(method: string | undefined, path: string) {
    if (method === 'DELETE' || /permanentDelete$/i.test(path)) faults.removals.push(decodeURIComponent(path));
  }
  /** Records accepted writes; of a batch, the successful requests. */
  async function recordAccepted(path: string, { method, body }: RequestInit, batch: Response | null) {
    if (batch === null) recordRemoval(method, path);
    if (typeof body !== 'string') return;
    if (batch === null) return void faults.accepted.push(body);
    const responses = readBatchResponses(await batch.text());
    const succeededIds = new Set(responses.filter(({ status }) => status < 300).map(({ id }) => id));
    for (const one of readBatchRequests(body)) {
      if (!succeededIds.has(one.id)) continue;
      faults.accepted.push(JSON.stringify(one));
      recordRemoval(one.method, one.url);
    }
  }
  /** A truncated answer, as from a broken connection or a proxy. */
  async function truncated(response: Response): Promise<Response> {
    const text = await response.text();
    const half = text.slice(0, text.length / 2);
    if (random.chance(0.3)) return new Response(half, response);
    if (random.chance(0.5)) {
      const responses = readBatchResponses(text);
      return Response.json({ responses: responses.slice(0, responses.length / 2) });
    }
    const broken = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(new TextEncoder().encode(half));
        controller.error(new TypeError('The connection was reset'));
      },
    });
    return new Response(broken, response);
  }
  return faults;
}

const batchRequestsSchema = v.object({
  requests: v.array(v.looseObject({ id: v.string(), method: v.string(), url: v.string() })),
});
const batchResponsesSchema = v.object({
  responses: v.array(
    v.object({
      id: v.string(),
      status: v.number(),
      headers: v.exactOptional(v.record(v.string(), v.string())),
      body: v.exactOptional(v.unknown()),
    }),
  ),
});
export type BatchRequest = v.InferOutput<typeof batchRequestsSchema>['requests'][number];
export type BatchResponse = v.InferOutput<typeof batchResponsesSchema>['responses'][number];

const partErrors: readonly Omit<BatchResponse, 'id'>[] = [
  { status: 429, headers: { 'Retry-After': '3' } },
  { status: 503 },
  { status: 500, body: { error: { code: 'ErrorInternalServerError', message: 'oops' } } },
  { status: 401 },
  { status: 404, body: { error: { code: 'ErrorItemNotFound', message: injectedMissing } } },
  { status: 412, body: { error: { code: 'ErrorIrresolvableConflict', message: injectedConflict } } },
];

/** The requests of a batch. @throws ValiError for a body that is no batch. */
export function readBatchRequests(body: RequestInit['body']): readonly BatchRequest[] {
  if (typeof body !== 'string') throw new Error('A batch has a body of text');
  return v.parse(batchRequestsSchema, JSON.parse(body)).requests;
}

/** The responses in the body of a batch's response. @throws ValiError for a body that has none. */
export function readBatchResponses(text: string): readonly BatchResponse[] {
  return v.parse(batchResponsesSchema, JSON.parse(text)).responses;
}
