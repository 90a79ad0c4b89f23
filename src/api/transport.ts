import { backoffMs } from '../domain/async/backoff.ts';
import type { BackoffRule } from '../domain/async/backoff.ts';
import { addMs, msBetween } from '../domain/time/time.ts';
import type { Clock, Instant } from '../domain/time/time.ts';
import { readError } from '../wire/odata/odata.ts';
import { ApiError, failureKindOfStatus, SignInRequiredError } from './apiError.ts';
import { createClockSkew } from './clockSkew.ts';
import type { ClockSkew } from './clockSkew.ts';
import { httpDate, readHttpDate } from './httpDate.ts';
import { withIdleTimeout } from './idleTimeout.ts';
import { createServerWaits } from './serverWaits.ts';

/**
 * Identifies a POST, so that repeating it takes effect once
 * (docs/architecture.md#every-post-carries-an-idempotency-key).
 */
export type Repeatability = { id: string; firstSent: Instant };

export type TransportRequest = {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  /** Relative to the base, or a link of the server. */
  path: string;
  body?: unknown;
  /** `Prefer: outlook.timezone`, an IANA or Windows name. */
  zone?: string;
  /** `Prefer: odata.track-changes`, with this many rows a page (docs/protocol.md#sync). */
  trackChanges?: { pageSize: number };
  /** `Prefer: odata.continue-on-error` of a batch (docs/protocol.md#batch). */
  continueOnError?: true;
  ifMatch?: string;
  repeatability?: Repeatability;
  signal?: AbortSignal;
};

export type TransportResponse = {
  /** Undefined for a response without a body. */
  json: unknown;
  /** The server accepted the idempotency key. */
  repeats: boolean;
  /** The server tracks changes of the requested list. */
  tracks?: true;
};

/** Sends one request. Throws ApiError only. */
export type SendRequest = (request: TransportRequest) => Promise<TransportResponse>;

export type TransportOptions = {
  /** `''` for the app's own origin. */
  base: string;
  fetch: (input: string, init: RequestInit) => Response | Promise<Response>;
  /**
   * Without user interaction. `refresh` requests a new token after the server rejected the last. Throws SignInRequired
   * or ApiError.
   */
  getToken: (options: { refresh: boolean }) => Promise<string>;
  sleep: (ms: number) => Promise<void>;
  newId: () => string;
  clock: Clock;
  /** Corrects this device's clock in what is sent. A transport's own, unless several share one. */
  skew?: ClockSkew;
  /** The server asked to send nothing until then. */
  onPause?: (until: Instant) => void;
};

/** Longer waits are no retry: the caller is told how long the server asks to wait. */
const maxWaitMs = 20_000;
/** A server or proxy that asks for days is tried again after this. */
const maxPauseMs = 60 * 60_000;
/** Between tries of one request. */
export const requestBackoff: BackoffRule = { firstMs: 500, longestMs: maxWaitMs };
const maxTries = 4;

/**
 * Sends requests with token, headers, time-outs and retries. It retries where a repeat is harmless: always after 429,
 * after 503 unless a POST has no idempotency key, after other server errors reads only (docs/protocol.md#throttling).
 */
export function createTransport({
  base,
  fetch,
  getToken,
  sleep,
  newId,
  clock,
  skew = createClockSkew(clock),
  onPause,
}: TransportOptions): SendRequest {
  function once(request: TransportRequest, token: string): Promise<Response> {
    const body = request.body === undefined ? undefined : JSON.stringify(request.body);
    const ask = (signal: AbortSignal) =>
      fetch(resolveRequestUrl(request.path, base), {
        method: request.method,
        headers: headersOf(request, token, newId(), skew.current()),
        credentials: 'omit',
        signal,
        ...(body === undefined ? {} : { body }),
      });
    return withIdleTimeout(ask, { size: body?.length ?? 0, signal: request.signal });
  }

  async function withToken(request: TransportRequest): Promise<Response> {
    const response = await once(request, await requireToken(getToken, false));
    if (response.status !== 401) return response;
    await response.body?.cancel();
    // The token may have expired in between: try a new one once, then the user must sign in.
    return once(request, await requireToken(getToken, true));
  }

  const waits = createServerWaits(clock, sleep);

  return async function send(request) {
    const asking = { method: request.method, path: resolveRequestUrl(request.path, '') };
    for (let tries = 1; ; tries += 1) {
      await waits.untilAllowed(asking);
      const skewMs = skew.current();
      const response = await withToken(request);
      skew.learn(readHttpDate(response.headers.get('date') ?? ''));
      if (isRejectedForItsTime(request, response) && skew.current() !== skewMs && tries < maxTries) {
        await response.body?.cancel();
        continue;
      }
      if (response.ok) {
        const repeats = isKeyAccepted(response.headers.get('repeatability-result'));
        const tracks = /\bodata\.track-changes\b/i.test(response.headers.get('preference-applied') ?? '');
        return { json: await readJson(response), repeats, ...(tracks && { tracks }) };
      }
      const retryAfter = retryAfterMs(response, clock.now());
      if (retryAfter !== undefined && failureKindOfStatus(response.status) === 'busy')
        onPause?.(addMs(clock.now(), retryAfter));
      const wait = retryAfter ?? backoffMs(requestBackoff, tries);
      if (tries === maxTries || wait > maxWaitMs || !isHarmless(request, response.status)) {
        const failure = await errorFromResponse(response, retryAfter);
        if (retryAfter !== undefined && failure.kind === 'busy') {
          if (retryAfter > maxWaitMs) waits.refuse(asking, retryAfter, failure);
          else void waits.wait(asking, retryAfter);
        }
        throw failure;
      }
      await response.body?.cancel();
      await (retryAfter === undefined ? sleep(wait) : waits.wait(asking, wait));
    }
  };
}

/** Rejected keys were not executed. That of a wrong clock is accepted once the clock is corrected. */
function isRejectedForItsTime({ repeatability }: TransportRequest, response: Response): boolean {
  return repeatability !== undefined && response.status === 412 && isKeyRejected(response.headers);
}

function isKeyRejected(headers: Headers): boolean {
  return headers.get('repeatability-result')?.toLowerCase() === 'rejected';
}

/** @throws ApiError when there is none. */
export async function requireToken(getToken: TransportOptions['getToken'], refresh: boolean): Promise<string> {
  try {
    return await getToken({ refresh });
  } catch (cause) {
    if (cause instanceof ApiError) throw cause;
    if (cause instanceof SignInRequiredError) throw new ApiError('signIn', cause.message, { cause });
    throw new ApiError('broken', 'Signing in failed', { cause });
  }
}

function isHarmless({ method, repeatability }: TransportRequest, status: number): boolean {
  if (status === 429) return true;
  if (status === 503) return method !== 'POST' || repeatability !== undefined;
  return status >= 500 && status !== 501 && method === 'GET';
}

function headersOf(request: TransportRequest, token: string, id: string, skewMs: number): Record<string, string> {
  return {
    Authorization: `Bearer ${token}`,
    Accept: 'application/json',
    'client-request-id': id,
    ...partHeadersOf(request, skewMs),
  };
}

/**
 * The headers of a request that may be part of a batch.
 * @param skewMs how far this device's clock is behind.
 */
export function partHeadersOf(request: TransportRequest, skewMs: number): Record<string, string> {
  const { body, ifMatch, repeatability } = request;
  return {
    ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
    ...preferOf(request),
    ...(ifMatch === undefined ? {} : { 'If-Match': ifMatch }),
    ...(repeatability === undefined
      ? {}
      : {
          'Repeatability-Request-ID': repeatability.id,
          'Repeatability-First-Sent': httpDate(addMs(repeatability.firstSent, skewMs)),
        }),
  };
}

/** Whether the server accepted the idempotency key. */
export function isKeyAccepted(result: string | null | undefined): boolean {
  return result?.toLowerCase() === 'accepted';
}

function preferOf({ zone, trackChanges, continueOnError }: TransportRequest): { Prefer?: string } {
  const preferences = [
    ...(continueOnError === undefined ? [] : ['odata.continue-on-error']),
    ...(zone === undefined ? [] : [`outlook.timezone="${zone}"`]),
    ...(trackChanges === undefined ? [] : ['odata.track-changes', `odata.maxpagesize=${trackChanges.pageSize}`]),
  ];
  return preferences.length === 0 ? {} : { Prefer: preferences.join(', ') };
}

/** Links of the server are absolute. Only their path is used, so that a token never goes to another host. */
export function resolveRequestUrl(path: string, base: string): string {
  if (!/^https?:/i.test(path)) return base + path;
  const { pathname, search } = new URL(path);
  return (base === '' ? '' : new URL(base).origin) + pathname + search;
}

async function readJson(response: Response): Promise<unknown> {
  try {
    const text = await response.text();
    return text === '' ? undefined : (JSON.parse(text) as unknown);
  } catch (cause) {
    // A connection that ends within a response is no fault of the server.
    if (!(cause instanceof SyntaxError)) throw new ApiError('offline', 'The answer broke off', { cause });
    throw new ApiError('broken', 'The answer cannot be read', { status: response.status, cause });
  }
}

/** The error of a response that is not a success. */
export async function errorFromResponse(response: Response, retryAfter: number | undefined): Promise<ApiError> {
  const { status } = response;
  const serverError = readError(await readJson(response).catch(() => undefined));
  return new ApiError(failureKindOfStatus(status), serverError?.message || `The server answered ${status}`, {
    status,
    ...(serverError === undefined ? {} : { code: serverError.code }),
    ...(retryAfter === undefined ? {} : { retryAfter }),
    mayHaveArrived: isKeyRejected(response.headers),
  });
}

/** Retry-After in milliseconds, at most an hour: seconds or a date. Undefined when missing or unreadable. */
export function retryAfterMs(response: Response, now: Instant): number | undefined {
  const requested = retryAfterOf(response, now);
  return requested === undefined ? undefined : Math.min(requested, maxPauseMs);
}

function retryAfterOf(response: Response, now: Instant): number | undefined {
  const text = response.headers.get('retry-after')?.trim();
  if (text === undefined) return undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  const at = readHttpDate(text);
  return at === undefined ? undefined : Math.max(0, msBetween(now, at));
}
