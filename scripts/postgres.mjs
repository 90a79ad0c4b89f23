/** The PostgreSQL of the tests: a given one, or a temporary one started for them. */
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export const howToGetIt =
  'On Debian run: sudo apt-get update && sudo apt-get install -y postgresql\n' +
  'Elsewhere install PostgreSQL 15 or newer, or name a database that the tests may fill: TEST_DATABASE_URL=postgres://…';

const isRoot = process.getuid?.() === 0;

/** The program folder of the newest installed version, or undefined: Debian keeps it outside of the path. */
export function findPostgres() {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).toSorted((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    ...versions.map((version) => path.join(debian, version, 'bin')),
    ...(process.env.PATH ?? '').split(path.delimiter),
  ];
  return folders.find((folder) =>
    ['initdb', 'postgres', 'pg_ctl', 'pg_isready'].every((name) => existsSync(path.join(folder, name))),
  );
}

/** PostgreSQL refuses to run as root; then it runs as the user of its package. */
function owner() {
  if (!isRoot) return {};
  const idOf = (flag) => Number(execFileSync('id', [flag, 'postgres'], { encoding: 'utf8' }));
  return { uid: idOf('-u'), gid: idOf('-g') };
}

/**
 * A database for the tests: that of TEST_DATABASE_URL, or a temporary server. Its default collation is that of a
 * language, as on many servers, so that tests reveal code that depends on it. Undefined without PostgreSQL.
 * @returns `stop` removes everything; it may be called twice, and runs when the process ends.
 */
export async function startPostgres() {
  const named = process.env.TEST_DATABASE_URL;
  if (named) return { url: named, stop: () => {} };
  const programs = findPostgres();
  if (programs === undefined) return undefined;
  const as = owner();
  const folder = mkdtempSync(path.join(os.tmpdir(), 'threefold-pg-'));
  if (as.uid !== undefined) chownSync(folder, as.uid, as.gid);
  const data = path.join(folder, 'data');
  const options = { cwd: folder, ...as, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] };
  const init = ['-D', data, '-U', 'threefold', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'];
  const icu = ['--locale-provider=icu', '--icu-locale=en-US'];
  const made = spawnSync(path.join(programs, 'initdb'), [...init, ...icu], options);
  if (made.status !== 0) {
    rmSync(folder, { recursive: true, force: true });
    throw new Error(`PostgreSQL could not be set up for the tests: ${made.stderr || made.error}`);
  }
  // The data is temporary, so nothing needs to wait for the disk. No other user can access the socket's folder.
  const settings = { fsync: 'off', full_page_writes: 'off', max_connections: '200', listen_addresses: '' };
  const flags = Object.entries({ ...settings, unix_socket_directories: folder }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ]);
  const server = spawn(path.join(programs, 'postgres'), ['-D', data, ...flags], {
    cwd: folder,
    ...as,
    stdio: 'ignore',
  });

  let isStopped = false;
  const stop = () => {
    if (isStopped) return;
    isStopped = true;
    process.off('exit', stop);
    process.off('SIGINT', leave);
    process.off('SIGTERM', leave);
    spawnSync(path.join(programs, 'pg_ctl'), ['stop', '-D', data, '-m', 'immediate', '-w'], options);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  const leave = () => process.exit(130);
  process.on('exit', stop);
  process.on('SIGINT', leave);
  process.on('SIGTERM', leave);

  try {
    await isReady(server, programs, folder);
  } catch (error) {
    stop();
    throw error;
  }
  const where = new URLSearchParams({ host: folder, user: 'threefold' });
  return { url: `postgres:///postgres?${where}`, stop };
}

/** Waits until the server accepts connections; the limit only ends a hang. */
async function isReady(server, programs, folder) {
  const failed = new Promise((_, reject) => {
    server.once('error', reject);
    server.once('exit', (code) => reject(new Error(`PostgreSQL ended with code ${code} while it was starting.`)));
  });
  failed.catch(() => {});
  for (let tries = 0; tries < 6_000; tries += 1) {
    if (spawnSync(path.join(programs, 'pg_isready'), ['-q', '-h', folder]).status === 0) return;
    await Promise.race([failed, new Promise((resolve) => setTimeout(resolve, 50))]);
  }
  throw new Error('PostgreSQL did not start within five minutes.');
}
