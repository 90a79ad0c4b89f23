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
  areTaken: () => boolean;
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
const largestBody = 1_000_000;
/** Plain requests at a time. */
const atOnce = 4;
/** So many batches in a row without an answer that can be used, and the next ones are not tried. */
const mostStrikes = 3;

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
  const strikes = new Map<BatchRoot, number>();
  const lanes = createConcurrencyLimit(atOnce);
  const isTaken = (root: BatchRoot) => (strikes.get(root) ?? 0) < mostStrikes;
  const rootOf = ({ path }: TransportRequest) => roots.find(({ root }) => path.startsWith(`${root}/`));
  const plain = (request: TransportRequest) => lanes(() => send(request));

  /** @throws ApiError, Unanswered. */
  async function answersTo(root: BatchRoot, requests: readonly TransportRequest[]) {
    const body = encodeBatch(requests.map((request, at) => partOf(request, root, String(at))));
    const { json } = await send({ method: 'POST', path: root.path, body, continueOnError: true });
    return decodeBatch(json);
  }

  async function post(root: BatchRoot, those: readonly Waiting[]): Promise<void> {
    let answers: ReadonlyMap<string, BatchPartAnswer>;
    try {
      answers = await answersTo(
        root,
        those.map(({ request }) => request),
      );
      strikes.delete(root);
    } catch (error) {
      return afterFailure(root, those, error);
    }
    for (const [at, one] of those.entries()) await take(one, answers.get(String(at)));
  }

  function afterFailure(root: BatchRoot, those: readonly Waiting[], error: unknown): void {
    if (error instanceof WireError) strikes.set(root, mostStrikes);
    else if (!(error instanceof ApiError)) return those.forEach(({ reject }) => reject(error));
    else if (isUntouched(error)) {
      if (error.status !== 413) strikes.set(root, mostStrikes);
      return those.forEach(alone);
    } else if (error.kind !== 'broken') return those.forEach(({ reject }) => reject(error));
    else strikes.set(root, (strikes.get(root) ?? 0) + 1);
    const unanswered = new Unanswered('The batch was not answered', { cause: error });
    for (const { reject } of those) reject(unanswered);
  }

  function alone({ request, resolve, leave }: Waiting): void {
    resolve(plain(request));
    leave();
  }

  async function take(one: Waiting, answer: BatchPartAnswer | undefined): Promise<void> {
    if (answer === undefined) return one.reject(new Unanswered('The batch has no answer to this request'));
    const { status, headers, body } = answer;
    if (status < 300) return one.resolve({ json: body, repeats: isKeyAccepted(headers['repeatability-result']) });
    const kind = failureKindOfStatus(status);
    // Nothing was done, and asking by itself is what tells why: a batch may refuse what the server would not.
    if (kind !== 'busy' && kind !== 'changed' && status < 500) return alone(one);
    const response = new Response(body === undefined ? null : JSON.stringify(body), { status, headers: said(headers) });
    const asked = retryAfterMs(response, clock.now());
    if (kind === 'busy' && asked !== undefined) onPause?.(addMs(clock.now(), asked));
    one.reject(await errorFromResponse(response, asked));
    if (kind === 'changed') one.leave();
  }

  function leaveTogether(round: readonly Waiting[]): void {
    for (const root of roots)
      void leaveInOrder(
        root,
        round.filter(({ request }) => rootOf(request) === root),
      );
  }

  /** One piece after the other, so that what stands in the later ones is not carried out first. */
  async function leaveInOrder(root: BatchRoot, those: readonly Waiting[]): Promise<void> {
    for (const some of piecesOf(those)) {
      if (isTaken(root) && some.length > 1) await post(root, some);
      else for (const { request, resolve } of some) resolve(plain(request));
    }
  }

  return {
    areTaken: () => roots[0] !== undefined && isTaken(roots[0]),
    open(count, onRound) {
      let together = count;
      let waiting: Waiting[] = [];
      function look() {
        if (waiting.length < together) return;
        onRound();
        leaveTogether(waiting.splice(0));
      }
      return Array.from({ length: count }, (): Share => {
        let isTogether = true;
        function leave() {
          if (!isTogether) return;
          isTogether = false;
          together -= 1;
          look();
        }
        return {
          send(request) {
            if (!isTogether || rootOf(request) === undefined) {
              leave();
              return plain(request);
            }
            return new Promise((resolve, reject) => {
              waiting.push({ request, resolve, reject, leave });
              look();
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
function said(headers: BatchPartAnswer['headers']): Record<string, string> {
  const names = ['retry-after', 'repeatability-result'];
  return Object.fromEntries(Object.entries(headers).filter(([name]) => names.includes(name)));
}

/** The server has no batches, or takes none like this one: no part of it was carried out. */
function isUntouched({ status, kind }: ApiError): boolean {
  if (status === undefined || status === 408 || kind === 'signIn' || kind === 'busy') return false;
  return status === 501 || (status >= 400 && status < 500);
}

/** In order, as many as a batch holds and as much as it may. */
function piecesOf(those: readonly Waiting[]): readonly (readonly Waiting[])[] {
  const pieces: Waiting[][] = [];
  let size = 0;
  for (const one of those) {
    const { body } = one.request;
    const length = body === undefined ? 0 : JSON.stringify(body).length;
    const last = pieces.at(-1);
    if (last === undefined || last.length === largestBatch || size + length > largestBody) {
      pieces.push([one]);
      size = length;
    } else {
      last.push(one);
      size += length;
    }
  }
  return pieces;
}
