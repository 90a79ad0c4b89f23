import type { Clock } from '../domain/time/time.ts';
import { addMs } from '../domain/time/time.ts';
import { decodeBatch, encodeBatch, largestBatch } from '../wire/odata/batchCodec.ts';
import type { BatchPart, BatchPartAnswer } from '../wire/odata/batchCodec.ts';
import { WireError } from '../wire/jsonReader.ts';
import { ApiError, failureKindOfStatus } from './apiError.ts';
import { createConcurrencyLimit } from './concurrencyLimit.ts';
import { errorFromResponse, isKeyAccepted, partHeadersOf, retryAfterMs } from './transport.ts';
import type { TransportResponse, TransportRequest, SendRequest, TransportOptions } from './transport.ts';

/** Where a server takes batches: `path`, of requests whose paths begin with `root`. */
export type BatchRoot = { root: string; path: string };

/** The way to the server for one of several changes that leave together. */
export type Share = {
  /** As the transport's. Throws Unanswered, too. */
  send: SendRequest;
  /** It asks for nothing more. */
  close: () => void;
};

export type Batches = {
  /** False from when the server was found not to take batches. */
  areSupported: () => boolean;
  /**
   * Shares for so many changes. In each round, the requests of all shares that go on together leave in one batch, as soon as
   * every one of them has asked or closed. What fails goes on by itself, in plain requests.
   * @param onRound nothing more comes from what was answered so far: each share has closed, or asks for something else.
   */
  open: (count: number, onRound: () => void) => readonly Share[];
};

/** The batch was sent, and what became of this request is not known. */
export class Unanswered extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'Unanswered';
  }
}

/** More than this goes in several batches: a service takes bodies up to 4 MB (docs/protocol.md#attachments). Characters. */
const maxBodyLength = 1_000_000;
/** Plain requests at a time. */
const maxConcurrent = 4;
/** So many batches in a row without an answer that can be used, and the next ones are not tried. */
const maxFailures = 3;

type Options = { send: SendRequest; roots: readonly BatchRoot[]; clock: Clock; onPause?: TransportOptions['onPause'] };

type Waiting = {
  request: TransportRequest;
  resolve: (answer: TransportResponse | Promise<TransportResponse>) => void;
  reject: (error: unknown) => void;
  /** From now on it goes by itself. */
  leave: () => void;
};

/** Carries the requests of several changes as one `$batch` (docs/protocol.md#batch). What it finds out of a server holds for the session. */
export function createBatches({ send, roots, clock, onPause }: Options): Batches {
  /** By root: how many batches in a row came to nothing. */
  const failureCounts = new Map<BatchRoot, number>();
  const limit = createConcurrencyLimit(maxConcurrent);
  const isSupported = (root: BatchRoot) => (failureCounts.get(root) ?? 0) < maxFailures;
  const rootOf = ({ path }: TransportRequest) => roots.find(({ root }) => path.startsWith(`${root}/`));
  const sendPlain = (request: TransportRequest) => limit(() => send(request));

  /** @throws ApiError, Unanswered. */
  async function answersTo(root: BatchRoot, requests: readonly TransportRequest[]) {
    const body = encodeBatch(requests.map((request, at) => partOf(request, root, String(at))));
    const { json } = await send({ method: 'POST', path: root.path, body, continueOnError: true });
    return decodeBatch(json);
  }

  async function postBatch(root: BatchRoot, requests: readonly Waiting[]): Promise<void> {
    let answers: ReadonlyMap<string, BatchPartAnswer>;
    try {
      answers = await answersTo(
        root,
        requests.map(({ request }) => request),
      );
      failureCounts.delete(root);
    } catch (error) {
      return afterFailure(root, requests, error);
    }
    for (const [at, one] of requests.entries()) await settlePart(one, answers.get(String(at)));
  }

  function afterFailure(root: BatchRoot, requests: readonly Waiting[], error: unknown): void {
    if (error instanceof WireError) failureCounts.set(root, maxFailures);
    else if (!(error instanceof ApiError)) return requests.forEach(({ reject }) => reject(error));
    else if (isNotCarriedOut(error)) {
      if (error.status !== 413) failureCounts.set(root, maxFailures);
      return requests.forEach(sendAlone);
    } else if (error.kind !== 'broken') return requests.forEach(({ reject }) => reject(error));
    else failureCounts.set(root, (failureCounts.get(root) ?? 0) + 1);
    const unanswered = new Unanswered('The batch was not answered', { cause: error });
    for (const { reject } of requests) reject(unanswered);
  }

  function sendAlone({ request, resolve, leave }: Waiting): void {
    resolve(sendPlain(request));
    leave();
  }

  async function settlePart(one: Waiting, answer: BatchPartAnswer | undefined): Promise<void> {
    if (answer === undefined) return one.reject(new Unanswered('The batch has no answer to this request'));
    const { status, headers, body } = answer;
    if (status < 300) return one.resolve({ json: body, repeats: isKeyAccepted(headers['repeatability-result']) });
    const kind = failureKindOfStatus(status);
    // Nothing was done, and asking by itself is what tells why: a batch may refuse what the server would not.
    if (kind !== 'busy' && kind !== 'changed' && status < 500) return sendAlone(one);
    const response = new Response(body === undefined ? null : JSON.stringify(body), {
      status,
      headers: retryHeaders(headers),
    });
    const retryMs = retryAfterMs(response, clock.now());
    if (kind === 'busy' && retryMs !== undefined) onPause?.(addMs(clock.now(), retryMs));
    one.reject(await errorFromResponse(response, retryMs));
    if (kind === 'changed') one.leave();
  }

  function sendRound(round: readonly Waiting[]): void {
    for (const root of roots)
      void sendInOrder(
        root,
        round.filter(({ request }) => rootOf(request) === root),
      );
  }

  /** One piece after the other, so that what stands in the later ones is not carried out first. */
  async function sendInOrder(root: BatchRoot, requests: readonly Waiting[]): Promise<void> {
    for (const some of batchesOf(requests)) {
      if (isSupported(root) && some.length > 1) await postBatch(root, some);
      else for (const { request, resolve } of some) resolve(sendPlain(request));
    }
  }

  return {
    areSupported: () => roots[0] !== undefined && isSupported(roots[0]),
    open(count, onRound) {
      let participants = count;
      let waiting: Waiting[] = [];
      function sendWhenComplete() {
        if (waiting.length < participants) return;
        onRound();
        sendRound(waiting.splice(0));
      }
      return Array.from({ length: count }, (): Share => {
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

function partOf(request: TransportRequest, { root }: BatchRoot, id: string): BatchPart {
  const { method, path, body } = request;
  return {
    id,
    method,
    url: path.slice(root.length),
    headers: partHeadersOf(request),
    ...(body === undefined ? {} : { body }),
  };
}

/** Of the headers of a failure, those that say what to do about it. */
function retryHeaders(headers: BatchPartAnswer['headers']): Record<string, string> {
  const names = ['retry-after', 'repeatability-result'];
  return Object.fromEntries(Object.entries(headers).filter(([name]) => names.includes(name)));
}

/** The server has no batches, or takes none like this one: no part of it was carried out. */
function isNotCarriedOut({ status, kind }: ApiError): boolean {
  if (status === undefined || status === 408 || kind === 'signIn' || kind === 'busy') return false;
  return status === 501 || (status >= 400 && status < 500);
}

/** In order, as many as a batch holds and as much as it may. */
function batchesOf(requests: readonly Waiting[]): readonly (readonly Waiting[])[] {
  const batches: Waiting[][] = [];
  let size = 0;
  for (const one of requests) {
    const { body } = one.request;
    const length = body === undefined ? 0 : JSON.stringify(body).length;
    const last = batches.at(-1);
    if (last === undefined || last.length === largestBatch || size + length > maxBodyLength) {
      batches.push([one]);
      size = length;
    } else {
      last.push(one);
      size += length;
    }
  }
  return batches;
}
