import { addMs, msBetween } from '../domain/time/time.ts';
import type { Clock, Instant } from '../domain/time/time.ts';
import { ApiError } from './apiError.ts';

/** Whose wait it is: a read's path, or everything. */
type Scope = string;
const everything: Scope = '';

type Asking = {
  method: string;
  /** Relative to the server's root. */
  path: string;
};

/** Waits that the server has asked for, in milliseconds. */
export type ServerWaits = {
  /** Resolves when the request may be sent. @throws ApiError while a long wait of it lasts. */
  untilAllowed: (request: Asking) => Promise<void>;
  /** Starts a short wait, and resolves when it is over. */
  wait: (request: Asking, ms: number) => Promise<void>;
  /** Starts a long one: until it is over, requests fail with this failure instead of being sent. */
  refuse: (request: Asking, ms: number, failure: ApiError) => void;
};

type Wait = { until: Instant; ms: number; over: Promise<void> | null; failure: ApiError | null };

/**
 * A refused read holds back what is asked of the same path, so that one busy folder does not hold up the others. A
 * second path that is refused meanwhile, or a refused write, holds back everything: the server means the mailbox.
 */
export function createServerWaits(clock: Pick<Clock, 'now'>, sleep: (ms: number) => Promise<void>): ServerWaits {
  const waits = new Map<Scope, Wait>();

  /** What is left; 0 also when the clock was set back, which leaves more than was asked for. */
  function leftOf({ until, ms }: Wait): number {
    const left = msBetween(clock.now(), until);
    return left > 0 && left <= ms ? left : 0;
  }

  const pathOf = ({ path }: Asking) => path.split('?', 1)[0] ?? path;

  function scopeOf(request: Asking): Scope {
    const path = pathOf(request);
    const isSecond = [...waits].some(([scope, wait]) => scope !== path && leftOf(wait) > 0);
    return request.method !== 'GET' || isSecond ? everything : path;
  }

  function start(scope: Scope, wait: Wait) {
    const before = waits.get(scope);
    if (before === undefined || leftOf(before) === 0 || before.until <= wait.until) waits.set(scope, wait);
  }

  return {
    async untilAllowed(request) {
      const scopes = [everything, pathOf(request)];
      const running = () => scopes.flatMap((scope) => waits.get(scope)?.over ?? [])[0];
      for (let over = running(); over !== undefined; over = running()) await over;
      for (const scope of scopes) {
        const wait = waits.get(scope);
        if (wait === undefined || wait.failure === null) continue;
        const left = leftOf(wait);
        if (left > 0) throw repeatedError(wait.failure, left);
        waits.delete(scope);
      }
    },
    async wait(request, ms) {
      const scope = scopeOf(request);
      const over: Promise<void> = sleep(ms).finally(() => {
        if (waits.get(scope)?.over === over) waits.delete(scope);
      });
      start(scope, { until: addMs(clock.now(), ms), ms, over, failure: null });
      await over;
    },
    refuse(request, ms, failure) {
      start(scopeOf(request), { until: addMs(clock.now(), ms), ms, over: null, failure });
    },
  };
}

function repeatedError({ kind, message, status, code }: ApiError, retryAfter: number): ApiError {
  return new ApiError(kind, message, {
    retryAfter,
    ...(status === undefined ? {} : { status }),
    ...(code === undefined ? {} : { code }),
  });
}
