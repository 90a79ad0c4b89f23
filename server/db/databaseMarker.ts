import { existsSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { ConfigError } from '../config/config.ts';

/** The file that marks an existing database, so that an empty folder is not mistaken for a first start. */
const markerOf = (path: string): string => `${path}.exists`;

/**
 * Refuses to create a database where one existed before: its disk may not be mounted, or a copy may be incomplete.
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

/** Writes the marker of an existing database. */
export function noteDatabase(path: string): void {
  if (path === ':memory:' || existsSync(markerOf(path))) return;
  writeFileSync(
    markerOf(path),
    'Threefold has a database here. Without it the service does not start: see README.md.\n',
    { mode: 0o600 },
  );
}

/** Removes the marker, so that the next start creates a database. False where there is one. */
export function forgetDatabase(path: string): boolean {
  if ((statSync(path, { throwIfNoEntry: false })?.size ?? 0) > 0) return false;
  // SQLite would replay the log of the lost database into the new one. It is kept, because it may help to restore the
  // old one.
  for (const name of [`${path}-wal`, `${path}-shm`]) if (existsSync(name)) renameSync(name, `${name}.lost`);
  for (const name of [path, markerOf(path)]) rmSync(name, { force: true });
  return true;
}
