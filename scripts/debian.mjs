/** Installs programs that npm does not provide from Debian's packages, as root on a machine with apt-get. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { findChromium } from './chromium.mjs';
import { findPostgres } from './postgres.mjs';
import { run } from './process.mjs';
import { root } from './runtime.mjs';

const shell = '/usr/bin/chromium-headless-shell';

const foreignPackages = ['python3-icalendar', 'python3-vobject', 'python3-gi', 'gir1.2-ical-3.0'];
export const howToGetForeign = `Install them with: apt-get install ${foreignPackages.join(' ')}`;

/** Whether the programs of others that read exported calendars in the tests are here. */
export function hasForeignParsers() {
  const script = path.join(root, 'e2e/stack/files/foreignCalendars.py');
  return spawnSync('/usr/bin/python3', [script, '--check']).status === 0;
}

/** Required packages that are not installed. */
function missingPackages() {
  const missing = [];
  if (findChromium() === undefined) missing.push('chromium', 'fonts-dejavu-core');
  if (!existsSync(shell)) missing.push('chromium-headless-shell');
  if (!process.env.TEST_DATABASE_URL && findPostgres() === undefined) missing.push('postgresql');
  if (process.env.TEST_FOREIGN === 'required' && !hasForeignParsers()) missing.push(...foreignPackages);
  return missing;
}

/** Installs missing programs for the tests. Older versions of Debian have no headless shell of Chromium. */
export async function installPrograms(write) {
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get') || missingPackages().length === 0) return;
  const apt = (...args) => run('apt-get', args, { write, env: { DEBIAN_FRONTEND: 'noninteractive' } });
  if ((await apt('update')) !== 0) write('apt-get update failed.\n');
  const isKnown = (name) => spawnSync('apt-cache', ['show', '--no-all-versions', name]).status === 0;
  const names = missingPackages().filter((name) => name !== 'chromium-headless-shell' || isKnown(name));
  if (names.length > 0 && (await apt('install', '-y', '--no-install-recommends', ...names)) !== 0)
    write(`apt-get could not install ${names.join(', ')}.\n`);
}
