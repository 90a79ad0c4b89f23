import type { ValidationProblem } from '../../src/domain/failureKind.ts';

/** A failure with a documented response: status, code and message (docs/protocol.md#errors). Any other error is a 500. */
export class AppError extends Error {
  override name = 'AppError';
  readonly status: number;
  readonly code: string;
  readonly headers: Readonly<Record<string, string>>;
  constructor(status: number, code: string, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.code = code;
    this.headers = headers;
  }
}

/**
 * The same response for an entity that is deleted, never existed or is not the caller's, so that ids cannot be probed
 * (docs/protocol.md#errors).
 */
export function notFound(): AppError {
  return new AppError(404, 'ErrorItemNotFound', 'The specified object was not found in the store.');
}

export function malformedId(): AppError {
  return new AppError(400, 'ErrorInvalidIdMalformed', 'Id is malformed.');
}

export function unknownSegment(segment: string): AppError {
  return new AppError(404, 'ResourceNotFound', `Resource not found for the segment '${segment}'.`);
}

export function methodNotAllowed(allowed: readonly string[]): AppError {
  const message = 'The HTTP method is not allowed for this resource.';
  return new AppError(405, 'ErrorInvalidOperation', message, { Allow: allowed.join(', ') });
}

export function accessDenied(): AppError {
  return new AppError(403, 'ErrorAccessDenied', 'Access is denied. Check credentials and try again.');
}

/** If-Match differs from the stored state (docs/protocol.md#concurrency). */
export function conflict(): AppError {
  const message =
    'The send or update operation could not be performed because the change key passed in the request does not match the current change key for the item.';
  return new AppError(412, 'ErrorIrresolvableConflict', message);
}

export function folderExists(): AppError {
  return new AppError(409, 'ErrorFolderExists', 'A folder with the specified name already exists.');
}

export function categoryExists(): AppError {
  return new AppError(409, 'ErrorItemExists', 'A category with the specified name already exists.');
}

export function defaultFolderProtected(): AppError {
  return new AppError(400, 'ErrorDeleteDistinguishedFolder', 'Distinguished folders cannot be deleted.');
}

export function invalidRequest(message: string): AppError {
  return new AppError(400, 'ErrorInvalidRequest', message);
}

export function malformedBody(message: string): AppError {
  return new AppError(400, 'RequestBodyRead', message);
}

export function bodyTooLarge(limit: number): AppError {
  return new AppError(413, 'ErrorMessageSizeExceeded', `The request body is larger than ${limit} bytes.`);
}

export function unsupportedMediaType(): AppError {
  return new AppError(415, 'UnsupportedMediaType', 'The request body must be application/json.');
}

export function unknownTimeZone(name: string): AppError {
  return new AppError(
    400,
    'TimeZoneNotSupportedException',
    `A valid TimeZone value must be specified. The following TimeZone value is not supported: '${name}'.`,
  );
}

/** An unsupported or unreadable query option. */
export function invalidQuery(message: string): AppError {
  return new AppError(400, 'ErrorInvalidUrlQuery', message);
}

/** 429 with the code of the dialect; `seconds` to wait. */
export function tooManyRequests(isGraph: boolean, seconds: number): AppError {
  const headers = { 'Retry-After': String(Math.max(1, Math.ceil(seconds))) };
  if (isGraph) return new AppError(429, 'TooManyRequests', 'Please retry again later.', headers);
  const message = 'Too many requests for this mailbox. Try again after the time that Retry-After says.';
  return new AppError(429, 'ApplicationThrottled', message, headers);
}

/** One request has taken too long, however little its account has used. */
export function requestTooExpensive(seconds: number): AppError {
  const message = 'The request takes more time than one request may. Ask for less at a time.';
  return new AppError(503, 'ErrorServerBusy', message, { 'Retry-After': String(Math.max(1, Math.ceil(seconds))) });
}

const problemCodes: Readonly<Record<ValidationProblem['code'], string>> = {
  dueBeforeStart: 'ErrorPropertyValidationFailure',
  completedWithoutStatus: 'ErrorPropertyValidationFailure',
  completedInFuture: 'ErrorInvalidCompleteDate',
  recurrenceWithoutDate: 'ErrorCalendarInvalidRecurrence',
  recurrenceOutOfRange: 'ErrorCalendarOutOfRange',
  recurrenceInvalid: 'ErrorCalendarInvalidRecurrence',
  recurrenceEmpty: 'ErrorRecurrenceHasNoOccurrence',
};

/** The protocol's error for a change that the domain rejects. */
export function invalidChange(problem: ValidationProblem): AppError {
  const code = problemCodes[problem.code];
  // Outlook's Calendar API returns this for an end before its start (docs/protocol.md#start-and-due-dates).
  const message = problem.code === 'dueBeforeStart' ? 'At least one property failed validation.' : problem.message;
  return new AppError(400, code, message);
}
