import { addMs } from '../domain/time/time.ts';
import { decodeBatch, encodeBatch, largestBatch } from '../wire/odata/batchCodec.ts';
import type { BatchPart, BatchPartAnswer } from '../wire/odata/batchCodec.ts';
import { WireError } from '../wire/jsonReader.ts';
import { ApiError, failureKindOfStatus } from './apiError.ts';
import { createConcurrencyLimit } from '../domain/async/concurrencyLimit.ts';
import { errorFromResponse, isKeyAccepted, partHeadersOf, retryAfterMs } from './transport.ts';
import type { TransportResponse, TransportRequest, SendRequest, TransportOptions } from './transport.ts';

/** The batch endpoint of a server: `path` accepts requests whose paths begin with `root`. */
export type BatchRoot = { root: string; path: string };

/** The connection of one of several changes that are sent together. */
export type BatchConnection = {
  /** Like the transport's `send`; also throws Unanswered. */
  send: SendRequest;
  /** Call it after the last request. */
  close: () => void;
};

export type Batches = {
  /** False once the server is known not to support batches. */
  areSupported: () => boolean;
  /**
   * Opens members for a number of changes. In each round, one batch has the next request of every member, sent as soon
   * as each has sent one or closed. A failed member continues with single requests.
   * @param onRound called when the responses of a round are processed: each member has closed or sent its next request.
   */
  open: (count: number, onRound: () => void) => readonly BatchConnection[];
};

/** The batch was sent, and the result of this request is unknown. */
export class Unanswered extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'Unanswered';
  }
}

/**
 * Larger bodies are split into several batches: a service accepts up to 4 MB (docs/protocol.md#attachments).
 * Characters.
 */
const maxBodyLength = 1_000_000;
/** Concurrent single requests. */
const maxConcurrent = 4;
/** After this many consecutive batches without a usable response, no further ones are tried. */
const maxFailures = 3;

type Options = Pick<TransportOptions, 'clock' | 'skew' | 'onPause'> & {
  send: SendRequest;
  roots: readonly BatchRoot[];
};

type WaitingRequest = {
  request: TransportRequest;
  resolve: (answer: TransportResponse | Promise<TransportResponse>) => void;
  reject: (error: unknown) => void;
  /** The member continues with single requests. */
  leave: () => void;
};

/**
 * Sends the requests of several changes as one `$batch` (docs/protocol.md#batch). Whether a server supports batches is
 * remembered for the session.
 */
export function createBatches({ send, roots, clock, skew, onPause }: Options): Batches {
  /** Consecutive failed batches by root. */
  const failureCounts = new Map<BatchRoot, number>();
  const limit = createConcurrencyLimit(maxConcurrent);
  const isSupported = (root: BatchRoot) => (failureCounts.get(root) ?? 0) < maxFailures;
  const rootOf = ({ path }: TransportRequest) => roots.find(({ root }) => path.startsWith(`${root}/`));
  const sendPlain = (request: TransportRequest) => limit(() => send(request));

  /** @throws ApiError, Unanswered. */
  async function sendBatch(root: BatchRoot, requests: readonly TransportRequest[]) {
    const body = encodeBatch(requests.map((request, at) => partOf(request, root, String(at), skew?.current() ?? 0)));
    const { json } = await send({ method: 'POST', path: root.path, body, continueOnError: true });
    return decodeBatch(json);
  }

  async function postBatch(root: BatchRoot, requests: readonly WaitingRequest[]): Promise<void> {
    let answers: ReadonlyMap<string, BatchPartAnswer>;
    const skewMs = skew?.current();
    try {
      answers = await sendBatch(
        root,
        requests.map(({ request }) => request),
      );
      failureCounts.delete(root);
    } catch (error) {
      return afterFailure(root, requests, error);
    }
    for (const [at, request] of requests.entries()) {
      const answer = answers.get(String(at));
      if (skew?.current() !== skewMs && isKeyRejected(answer)) sendAlone(request);
      else await settlePart(request, answer);
    }
  }

  function afterFailure(root: BatchRoot, requests: readonly WaitingRequest[], error: unknown): void {
    if (error instanceof WireError) failureCounts.set(root, maxFailures);
    else if (!(error instanceof ApiError)) return requests.forEach(({ reject }) => reject(error));
    else if (wasRejectedAsWhole(error)) {
      if (error.status !== 413) failureCounts.set(root, maxFailures);
      return requests.forEach(sendAlone);
    } else if (error.kind !== 'broken') return requests.forEach(({ reject }) => reject(error));
    else failureCounts.set(root, (failureCounts.get(root) ?? 0) + 1);
    const unanswered = new Unanswered('The batch was not answered', { cause: error });
    for (const { reject } of requests) reject(unanswered);
  }

  function sendAlone({ request, resolve, leave }: WaitingRequest): void {
    resolve(sendPlain(request));
    leave();
  }

  async function settlePart(request: WaitingRequest, answer: BatchPartAnswer | undefined): Promise<void> {
    if (answer === undefined) return request.reject(new Unanswered('The batch has no answer to this request'));
    const { status, headers, body } = answer;
    if (status < 300) return request.resolve({ json: body, repeats: isKeyAccepted(headers['repeatability-result']) });
    const kind = failureKindOfStatus(status);
    // Not executed: sending it alone shows why, because a batch may reject what the server accepts.
    if (kind !== 'busy' && kind !== 'changed' && status < 500) return sendAlone(request);
    const response = failureOf(answer);
    const retryMs = retryAfterMs(response, clock.now());
    if (kind === 'busy' && retryMs !== undefined) onPause?.(addMs(clock.now(), retryMs));
    request.reject(await errorFromResponse(response, retryMs));
    if (kind === 'changed') request.leave();
  }

  function sendRound(round: readonly WaitingRequest[]): void {
    for (const root of roots)
      void sendInOrder(
        root,
        round.filter(({ request }) => rootOf(request) === root),
      );
  }

  /** One batch after the other, so that later requests are not executed first. */
  async function sendInOrder(root: BatchRoot, requests: readonly WaitingRequest[]): Promise<void> {
    for (const some of batchesOf(requests)) {
      if (isSupported(root) && some.length > 1) await postBatch(root, some);
      else for (const { request, resolve } of some) resolve(sendPlain(request));
    }
  }

  return {
    areSupported: () => roots[0] !== undefined && isSupported(roots[0]),
    open(count, onRound) {
      let participants = count;
      let waiting: WaitingRequest[] = [];
      function sendWhenComplete() {
        if (waiting.length < participants) return;
        onRound();
        sendRound(waiting.splice(0));
      }
      return Array.from({ length: count }, (): BatchConnection => {
        let isTogether = true;
        function leave() {
          if (!isTogether) return;
          isTogether = false;
          participants -= 1;
          sendWhenComplete();
        }
        return {
          send(request) {
            if (!isTogether || rootOf(request) === undefined) {
              leave();
              return sendPlain(request);
            }
            return new Promise((resolve, reject) => {
              waiting.push({ request, resolve, reject, leave });
              sendWhenComplete();
            });
          },
          close() {
            if (isTogether) leave();
            else onRound();
          },
        };
      });
    },
  };
}

/** Not executed, and accepted once the clock is corrected. */
function isKeyRejected(answer: BatchPartAnswer | undefined): boolean {
  return answer?.status === 412 && answer.headers['repeatability-result'] === 'rejected';
}

function partOf(request: TransportRequest, { root }: BatchRoot, id: string, skewMs: number): BatchPart {
  const { method, path, body } = request;
  return {
    id,
    method,
    url: path.slice(root.length),
    headers: partHeadersOf(request, skewMs),
    ...(body === undefined ? {} : { body }),
  };
}

/** A part of a batch as the answer to a request of its own. */
function failureOf({ status, headers, body }: BatchPartAnswer): Response {
  const text = body === undefined ? null : JSON.stringify(body);
  return new Response(text, { status, headers: retryHeaders(headers) });
}

/** The headers of a failure that say when to retry. */
function retryHeaders(headers: BatchPartAnswer['headers']): Record<string, string> {
  const names = ['retry-after', 'repeatability-result'];
  return Object.fromEntries(Object.entries(headers).filter(([name]) => names.includes(name)));
}

/** Whether the server rejected the batch as a whole, so that no part was executed. */
function wasRejectedAsWhole({ status, kind }: ApiError): boolean {
  if (status === undefined || status === 408 || kind === 'signIn' || kind === 'busy') return false;
  return status === 501 || (status >= 400 && status < 500);
}

/** The batches in order, each within the limits of count and size. */
function batchesOf(requests: readonly WaitingRequest[]): readonly (readonly WaitingRequest[])[] {
  const batches: WaitingRequest[][] = [];
  let size = 0;
  for (const waiting of requests) {
    const { body } = waiting.request;
    const length = body === undefined ? 0 : JSON.stringify(body).length;
    const last = batches.at(-1);
    if (last === undefined || last.length === largestBatch || size + length > maxBodyLength) {
      batches.push([waiting]);
      size = length;
    } else {
      last.push(waiting);
      size += length;
    }
  }
  return batches;
}
