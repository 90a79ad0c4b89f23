/** The closed set of failures of a call, by what the user can do about each (src/api/apiError.ts). */
export type FailureKind =
  /** No network, or the server was not reached. */
  | 'offline'
  /** The session ended: sign in again to continue. */
  | 'signIn'
  /** 404: deleted, or never visible to this account. */
  | 'missing'
  /** 412: changed by somebody else since it was read. */
  | 'changed'
  /** 410 or any error about a cursor: read again from the start. */
  | 'stale'
  /** 429 or 503: wait and try again. */
  | 'busy'
  /** Any other 4xx, or 507 without space: the request does not succeed unchanged. */
  | 'refused'
  /** 5xx, or a response that cannot be read. */
  | 'broken';

/** Why a change to a task is invalid (docs/protocol.md#start-and-due-dates). `field` is the Task member to change. */
export type ValidationProblem = {
  code:
    | 'dueBeforeStart'
    | 'completedWithoutStatus'
    | 'completedInFuture'
    /** A rule without a start date, on a task without a date to start at. */
    | 'recurrenceWithoutDate'
    | 'recurrenceOutOfRange'
    | 'recurrenceInvalid'
    | 'recurrenceEmpty';
  field: 'start' | 'due' | 'completed' | 'recurrence';
  message: string;
};
