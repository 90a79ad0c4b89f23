import type { Service } from './testBed.ts';
import type { TestClock } from './testClock.ts';

/** Numbers that look random and are the same for the same seed (mulberry32). */
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
  /** The service as seen through it. */
  wrap: (service: Service) => Service;
  /** From now on every request arrives at once, and its answer too. */
  stop: () => void;
  /** The service is gone: whatever is on its way loses its answer, and nothing new arrives. */
  isDown: boolean;
  /** Bodies of writes that the service accepted, as one text each. */
  accepted: string[];
  counts: Record<string, number>;
};

const failureResponses = {
  busy: () => new Response('{}', { status: 429, headers: { 'Retry-After': '3' } }),
  unavailable: () => new Response('{}', { status: 503 }),
  broken: () => new Response('oops', { status: 500 }),
  expired: () => new Response(null, { status: 401 }),
};

/** All that happens to requests on their way, as the dice fall. Time is the test's: nothing really waits. */
export function createFaults(random: Random, time: TestClock): Faults {
  let isStopped = false;
  const faults: Faults = {
    isDown: false,
    accepted: [],
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
          const name = random.pick(Object.keys(failureResponses) as (keyof typeof failureResponses)[]);
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

        /** Some requests of the batch meet what single ones do, and the others arrive. */
        async function sendPartially(path: string, requestInit: RequestInit): Promise<Response> {
          count('refused in a batch');
          const { requests } = readBatch(requestInit.body);
          const rejected = requests.filter(() => random.chance(0.3));
          const answers: BatchResponse[] = rejected.map(({ id }) => ({ id, ...random.pick(partErrors) }));
          const remaining = requests.filter((one) => !rejected.includes(one));
          if (remaining.length > 0) {
            const response = await forward(path, { ...requestInit, body: JSON.stringify({ requests: remaining }) });
            if (!response.ok) return response;
            answers.push(...((await response.json()) as { responses: BatchResponse[] }).responses);
          }
          return Response.json({ responses: answers });
        }
        async function forward(path: string, requestInit: RequestInit): Promise<Response> {
          const response = await service.request(path, requestInit);
          if (response.ok && requestInit.method !== 'GET')
            await recordAccepted(requestInit.body, isBatch ? response.clone() : null);
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
  /** Notes what was taken; of a batch, the requests that went well. */
  async function recordAccepted(body: RequestInit['body'], batch: Response | null) {
    if (typeof body !== 'string') return;
    if (batch === null) return void faults.accepted.push(body);
    const { responses } = (await batch.json()) as { responses: readonly BatchResponse[] };
    const succeededIds = new Set(responses.filter(({ status }) => status < 300).map(({ id }) => id));
    for (const one of readBatch(body).requests) if (succeededIds.has(one.id)) faults.accepted.push(JSON.stringify(one));
  }
  /** As it comes over a line that breaks, or through something that cuts it short. */
  async function truncated(response: Response): Promise<Response> {
    const text = await response.text();
    const half = text.slice(0, text.length / 2);
    if (random.chance(0.3)) return new Response(half, response);
    if (random.chance(0.5)) {
      const { responses } = JSON.parse(text) as { responses: readonly BatchResponse[] };
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

type BatchResponse = { id: string; status: number; headers?: Record<string, string>; body?: unknown };

const partErrors: readonly Omit<BatchResponse, 'id'>[] = [
  { status: 429, headers: { 'Retry-After': '3' } },
  { status: 503 },
  { status: 500, body: { error: { code: 'ErrorInternalServerError', message: 'oops' } } },
  { status: 401 },
  { status: 404, body: { error: { code: 'ErrorItemNotFound', message: 'Not by way of a batch' } } },
  { status: 412, body: { error: { code: 'ErrorIrresolvableConflict', message: 'Changed meanwhile' } } },
];

function readBatch(body: RequestInit['body']): { requests: readonly { id: string }[] } {
  if (typeof body !== 'string') throw new Error('A batch has a body of text');
  return JSON.parse(body) as { requests: readonly { id: string }[] };
}
