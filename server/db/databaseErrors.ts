/** Classifies the error codes of both databases, so that no other file has to know them. */

/** SQLITE_BUSY, SQLITE_LOCKED and SQLITE_FULL. */
const sqliteBusy = new Set([5, 6, 13]);

/**
 * SQLSTATE classes of PostgreSQL: 08 connection, 53 out of something (connections, disk, memory), 57 an operator stepped in
 * (shut down, starting up, cancelled); and what two writers do to each other: 40 a transaction was rolled back, 55P03 a
 * lock did not come free in time.
 */
const postgresBusy = /^(?:08|53|57|40)|^55P03$/;

/** Of the operating system. */
const unreachable = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EPIPE', 'ENOENT']);

/** What pg says in words only. */
const lostWords =
  /^(?:Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection)/;

/** Nothing was written, or that is unknown; the same request may succeed later. */
export function isBusy(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if ('errcode' in error && typeof error.errcode === 'number') return sqliteBusy.has(error.errcode & 0xff);
  return postgresBusy.test(codeOf(error)) || isUnreachable(error);
}

/** No connection to the database can be made. */
export function isUnreachable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = codeOf(error);
  if (code.startsWith('28') || code === '3D000' || code.startsWith('08') || code.startsWith('57P')) return true;
  if (error instanceof AggregateError) return error.errors.some(isUnreachable);
  return ('syscall' in error && unreachable.has(code)) || lostWords.test(error.message);
}

/** PostgreSQL rolled this transaction back so that another could commit; it may be tried again. */
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

/** In words, also of several failures at once: a name with two addresses, say. */
export function messageOf(error: unknown): string {
  if (error instanceof AggregateError && error.message === '') return error.errors.map(messageOf).join('; ');
  return error instanceof Error ? error.message : String(error);
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : '';
}
