import { httpDate } from '../../src/api/httpDate.ts';
import type { Clock } from '../../src/domain/time/time.ts';
/** The network between one device and the service, with its faults. */
export type TestNetwork = {
  fetch: (input: string, init: RequestInit) => Promise<Response>;
  isOnline: boolean;
  /** Acts as a server without idempotency keys. */
  hidesKeys: boolean;
  /** Acts as a server without change tracking. */
  hidesTracking: boolean;
  /** The next matching request takes effect, and its answer is lost. */
  loseAnswer: (matches: Matcher) => void;
  /** The next matching request gets this answer and never reaches the service. */
  answer: (matches: Matcher, response: () => Response) => void;
  /** The next matching request waits until the returned function is called. */
  hold: (matches: Matcher) => () => void;
  /** The answer to the next matching request arrives when the promise resolves. */
  late: (matches: Matcher, arrives: Promise<void>) => void;
  /** Runs before the next matching request reaches the service, as a faster client would. */
  before: (matches: Matcher, work: () => Promise<unknown>) => void;
  /** Every sent request, 'PATCH /api/v2.0/me/tasks(…)'. */
  requests: string[];
  /** Bytes of every answer in JSON, in order. */
  received: number[];
  /** Resolves when a matching request was sent. */
  whenSent: (matches: Matcher) => Promise<void>;
};

export type Matcher = RegExp;

type NetworkFault = { matches: Matcher; run: (sendRequest: () => Promise<Response>) => Promise<Response> };

type App = { request(input: string, init: RequestInit): Response | Promise<Response> };

export function createTestNetwork(app: App, clock?: Pick<Clock, 'now'>): TestNetwork {
  const faults: NetworkFault[] = [];
  const listeners = new Set<() => void>();
  const network: TestNetwork = {
    isOnline: true,
    hidesKeys: false,
    hidesTracking: false,
    requests: [],
    received: [],
    whenSent: (matches) =>
      new Promise((resolve) => {
        const check = () => {
          if (!network.requests.some((line) => matches.test(line))) return;
          listeners.delete(check);
          resolve();
        };
        listeners.add(check);
        check();
      }),
    fetch: async (input, init) => {
      const line = `${init.method ?? 'GET'} ${input}`;
      network.requests.push(line);
      for (const check of listeners) check();
      if (!network.isOnline) throw new TypeError('Failed to fetch');
      const sendRequest = () =>
        network.hidesKeys ? sendWithoutKeys(app, input, init) : Promise.resolve(app.request(input, init));
      const at = faults.findIndex(({ matches }) => matches.test(line));
      const [fault] = at < 0 ? [] : faults.splice(at, 1);
      const response = await (fault === undefined ? sendRequest() : fault.run(sendRequest));
      // As Node's server does.
      if (clock !== undefined && !response.headers.has('date')) response.headers.set('date', httpDate(clock.now()));
      if (network.hidesTracking) response.headers.delete('preference-applied');
      if (response.headers.get('content-type')?.startsWith('text/event-stream') === true)
        return abortableStream(response, init);
      if (response.headers.get('content-type')?.startsWith('application/json') === true)
        network.received.push((await response.clone().arrayBuffer()).byteLength);
      return response;
    },
    loseAnswer(matches) {
      faults.push({
        matches,
        run: async (sendRequest) => {
          await sendRequest();
          throw new TypeError('Failed to fetch');
        },
      });
    },
    answer: (matches, response) => faults.push({ matches, run: () => Promise.resolve(response()) }),
    hold(matches) {
      let release: (() => void) | undefined;
      const held = new Promise<void>((resolve) => (release = resolve));
      faults.push({ matches, run: (sendRequest) => held.then(sendRequest) });
      return () => release?.();
    },
    late: (matches, arrives) =>
      faults.push({
        matches,
        run: async (sendRequest) => {
          const response = await sendRequest();
          await arrives;
          return response;
        },
      }),
    before: (matches, work) => faults.push({ matches, run: async (sendRequest) => (await work(), sendRequest()) }),
  };
  return network;
}

async function sendWithoutKeys(app: App, input: string, init: RequestInit): Promise<Response> {
  const headers = new Headers(init.headers);
  for (const name of ['Repeatability-Request-ID', 'Repeatability-First-Sent']) headers.delete(name);
  return app.request(input, { ...init, headers });
}

/** A stream ends when its reader aborts, as a socket does. */
function abortableStream(response: Response, { signal }: RequestInit): Response {
  const body = response.body?.pipeThrough(new TransformStream(), signal ? { signal } : {});
  return new Response(body ?? null, { status: response.status, headers: response.headers });
}
