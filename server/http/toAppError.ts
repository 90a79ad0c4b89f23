import { WireError } from '../../src/wire/jsonReader.ts';
import { AppError, invalidRequest, notFound, requestTooExpensive, tooManyRequests } from '../config/appError.ts';
import { Overload } from '../load/parties.ts';
import { isBusy, isForeignKeyViolation, isUnreadable, isUnstorableCharacter } from '../db/databaseErrors.ts';

/** The response to a failure. `isOurs` failures are the service's fault, and are logged. */
export function toAppError(error: unknown, isGraph = false): { error: AppError; isOurs: boolean } {
  if (error instanceof AppError) return { error, isOurs: false };
  if (error instanceof Overload) {
    const { of, seconds } = error;
    return { error: of === 'party' ? tooManyRequests(isGraph, seconds) : requestTooExpensive(seconds), isOurs: false };
  }
  if (error instanceof WireError) return { error: new AppError(400, error.code, error.message), isOurs: false };
  if (isForeignKeyViolation(error)) return { error: notFound(), isOurs: false };
  if (isUnstorableCharacter(error)) return { error: invalidRequest('A text holds a NUL character.'), isOurs: false };
  if (isBusy(error)) {
    const busy = new AppError(503, 'ErrorServerBusy', 'The server is busy. Try again.', { 'Retry-After': '1' });
    return { error: busy, isOurs: true };
  }
  if (isUnreadable(error)) {
    const message = 'The database cannot read this. Who runs the service finds the query in its log.';
    return { error: new AppError(503, 'ErrorMailboxStoreUnavailable', message), isOurs: true };
  }
  return { error: new AppError(500, 'ErrorInternalServerError', 'An internal server error occurred.'), isOurs: true };
}
