import type { FailureKind } from '../domain/failureKind.ts';

type Details = {
  status?: number;
  /** The server's own code, for example `ErrorItemNotFound` (docs/protocol.md#errors). */
  code?: string;
  /** Milliseconds the server asked to wait. */
  retryAfter?: number;
  /** The server refused a Repeatability key: the first request may or may not have been carried out. */
  mayHaveArrived?: boolean;
  cause?: unknown;
};

/** The one error of the remote client. `kind` is a closed set, sorted by what a person can do about it. */
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

/** Thrown by `getToken` when the person has to sign in. The client never opens a window. */
export class SignInRequiredError extends Error {
  constructor(message = 'Sign in again to go on') {
    super(message);
    this.name = 'SignInRequired';
  }
}

/** What kind of failure this is. Anything that is not an ApiError is a fault of ours: `broken`. */
export function failureKindOf(error: unknown): FailureKind {
  if (error instanceof ApiError) return error.kind;
  return error instanceof SignInRequiredError ? 'signIn' : 'broken';
}

/** The kind of an answer that is not a success (docs/protocol.md#errors). */
export function failureKindOfStatus(status: number): FailureKind {
  if (status === 401) return 'signIn';
  if (status === 404) return 'missing';
  if (status === 412) return 'changed';
  if (status === 410) return 'stale';
  if (status === 429 || status === 503) return 'busy';
  return status >= 400 && status < 500 ? 'refused' : 'broken';
}
