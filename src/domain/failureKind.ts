/** The closed set of ways a call can fail, sorted by what a person can do about it (src/api/apiError.ts). */
export type FailureKind =
  /** No network, or the server was not reached. */
  | 'offline'
  /** The session ended; signing in again continues. */
  | 'signIn'
  /** 404: gone, or never there for this account. */
  | 'missing'
  /** 412: changed elsewhere since it was read. */
  | 'changed'
  /** 410 or any complaint about a cursor: start over. */
  | 'stale'
  /** 429 or 503: wait and try again. */
  | 'busy'
  /** Other 4xx: the server will not take it as it is. */
  | 'refused'
  /** 5xx, or an answer that cannot be read. */
  | 'broken';

/** Why a change to a task is invalid (docs/protocol.md#start-and-due-dates). `field` is the Task member to change. */
export type ValidationProblem = {
  code:
    | 'dueBeforeStart'
    | 'completedWithoutStatus'
    | 'completedInFuture'
    /** A rule without a start date, on a task without a date to begin at. */
    | 'recurrenceWithoutDate'
    | 'recurrenceOutOfRange'
    | 'recurrenceInvalid'
    | 'recurrenceEmpty';
  field: 'start' | 'due' | 'completed' | 'recurrence';
  message: string;
};
