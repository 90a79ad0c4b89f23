import { existsSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { ConfigError } from '../config/config.ts';

/** Beside the database: says that there is one, so that an empty folder is not taken for a first start. */
const markerOf = (path: string): string => `${path}.exists`;

/**
 * Refuses to begin anew where a database was before: a disk that is not mounted, or a copy that broke off.
 * @throws ConfigError that says what is missing and what to do.
 */
export function refuseLostDatabase(path: string): void {
  if (!existsSync(markerOf(path))) return;
  const size = statSync(path, { throwIfNoEntry: false })?.size;
  if (size !== undefined && size > 0) return;
  throw new ConfigError(
    `The database ${path} is ${size === undefined ? 'missing' : 'empty'}, but there was one before. ` +
      'Is the disk mounted? Restore the file from a backup, or run "npm run admin -- new-database" to begin without it.',
  );
}

/** Notes that the database exists. */
export function noteDatabase(path: string): void {
  if (path === ':memory:' || existsSync(markerOf(path))) return;
  writeFileSync(
    markerOf(path),
    'Threefold has a database here. Without it the service does not start: see README.md.\n',
    { mode: 0o600 },
  );
}

/** Lets the next start begin with a new database. False where there is one. */
export function forgetDatabase(path: string): boolean {
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > 0) return false;
  // SQLite would replay the log of the lost database into the new one; kept, it may still help to restore that one.
  for (const name of [`${path}-wal`, `${path}-shm`]) if (existsSync(name)) renameSync(name, `${name}.lost`);
  for (const name of [path, markerOf(path)]) rmSync(name, { force: true });
  return true;
}
