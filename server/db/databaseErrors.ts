/** Classifies the error codes of both databases, so that no other file needs to know them. */

/** SQLITE_BUSY, SQLITE_LOCKED and SQLITE_FULL. */
const sqliteBusy = new Set([5, 6, 13]);

/** SQLITE_IOERR, SQLITE_CORRUPT, SQLITE_CANTOPEN and SQLITE_NOTADB. */
const sqliteUnreadable = new Set([10, 11, 14, 26]);

/** PostgreSQL's: data_corrupted, index_corrupted, io_error. */
const postgresUnreadable = new Set(['XX001', 'XX002', '58030']);

/**
 * SQLSTATE classes of PostgreSQL: 08 connection, 53 insufficient resources, 57 operator intervention (shutdown,
 * startup, cancellation), 40 transaction rollback; and 55P03, a lock timeout.
 */
const postgresBusy = /^(?:08|53|57|40)|^55P03$/;

/** Error codes of the operating system. */
const unreachable = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EPIPE', 'ENOENT']);

/** Connection errors that pg reports as text only. */
const lostWords =
  /^(?:Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection)/;

/** Nothing was written, or it is unknown; the same request may succeed later. */
export function isBusy(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('errcode' in error && typeof error.errcode === 'number') return sqliteBusy.has(error.errcode & 0xff);
  return postgresBusy.test(codeOf(error)) || isUnreachable(error);
}

/** The database is damaged or its disk fails. Other rows may still be read. */
export function isUnreadable(error: unknown): error is Error {
  if (!(error instanceof Error)) return false;
  if ('errcode' in error && typeof error.errcode === 'number') return sqliteUnreadable.has(error.errcode & 0xff);
  return postgresUnreadable.has(codeOf(error));
}

/** No connection to the database can be made. */
export function isUnreachable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = codeOf(error);
  if (code.startsWith('28') || code === '3D000' || code.startsWith('08') || code.startsWith('57P')) return true;
  if (error instanceof AggregateError) return error.errors.some(isUnreachable);
  return ('syscall' in error && unreachable.has(code)) || lostWords.test(error.message);
}

/** PostgreSQL rolled the transaction back in favour of another; it can be retried. */
export function isSerializationFailure(error: unknown): boolean {
  return error instanceof Error && ['40001', '40P01'].includes(codeOf(error));
}

/** The parent row was deleted between a read and a write: possible on PostgreSQL only. */
export function isForeignKeyViolation(error: unknown): boolean {
  return error instanceof Error && codeOf(error) === '23503';
}

/** A character that PostgreSQL does not store: NUL. */
export function isUnstorableCharacter(error: unknown): boolean {
  return error instanceof Error && codeOf(error) === '22021';
}

/** The message of an error, or of all errors of an AggregateError, such as one for each address of a host. */
export function messageOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return error.errors.map(messageOf).join('; ');
  return error instanceof Error ? error.message : String(error);
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}
