import { ChunkError } from '../domain/async/lazyChunk.ts';
import type { FailureKind } from '../domain/failureKind.ts';

type Details = {
  status?: number;
  /** The server's own code, for example `ErrorItemNotFound` (docs/protocol.md#errors). */
  code?: string;
  /** Milliseconds that the server asks to wait. */
  retryAfter?: number;
  /** The server rejected an idempotency key: the first request may have been executed. */
  mayHaveArrived?: boolean;
  cause?: unknown;
};

/** The only error of the remote client. `kind` is a closed set, by what the user can do about each. */
export class ApiError extends Error {
  readonly kind: FailureKind;
  readonly status: number | undefined;
  readonly code: string | undefined;
  readonly retryAfter: number | undefined;
  readonly mayHaveArrived: boolean;

  constructor(kind: FailureKind, message: string, details: Details = {}) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = 'ApiError';
    this.kind = kind;
    this.status = details.status;
    this.code = details.code;
    this.retryAfter = details.retryAfter;
    this.mayHaveArrived = details.mayHaveArrived ?? false;
  }
}

/** Thrown by `getToken` when the user must sign in. The client never opens a window. */
export class SignInRequiredError extends Error {
  constructor(message = 'Sign in again to go on') {
    super(message);
    this.name = 'SignInRequired';
  }
}

/**
 * The kind of a failure. Code that cannot be fetched is a failure of the network; any error other than these and ApiError is a
 * bug: `broken`.
 */
export function failureKindOf(error: unknown): FailureKind {
  if (error instanceof ApiError) return error.kind;
  if (error instanceof ChunkError) return 'offline';
  return error instanceof SignInRequiredError ? 'signIn' : 'broken';
}

/** The kind of a response that is not a success (docs/protocol.md#errors). */
export function failureKindOfStatus(status: number): FailureKind {
  if (status === 401) return 'signIn';
  if (status === 404) return 'missing';
  if (status === 412) return 'changed';
  if (status === 410) return 'stale';
  if (status === 429 || status === 503) return 'busy';
  return (status >= 400 && status < 500) || status === 507 ? 'refused' : 'broken';
}
