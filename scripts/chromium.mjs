/** The browser of the browser tests: Debian's Chromium. Playwright's own download is not available everywhere. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const usual = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

export function findChromium(env = process.env) {
  const named = env.CHROMIUM_PATH;
  if (named) {
    if (existsSync(named)) return named;
    throw new Error(`CHROMIUM_PATH names ${named}, and there is no such file.`);
  }
  return usual.find((file) => existsSync(file));
}

/** Finds Chromium, installs it from Debian's packages where that is allowed (root with apt-get), else says what to run. */
export function ensureChromium() {
  const found = findChromium();
  if (found) return found;
  const mayInstall = process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
  if (mayInstall) {
    process.stderr.write('Installing Chromium from the distribution’s packages …\n');
    const options = { stdio: ['ignore', 2, 2], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } };
    spawnSync('apt-get', ['update'], options);
    const install = (...names) => spawnSync('apt-get', ['install', '-y', '--no-install-recommends', ...names], options);
    install('chromium', 'fonts-dejavu-core');
    // Most tests run in it where it is to be had: they take a quarter less (e2e/browser/chromium.ts).
    install('chromium-headless-shell');
    const now = findChromium();
    if (now) return now;
  }
  throw new Error(
    'The browser tests need Chromium. On Debian run: sudo apt-get update && sudo apt-get install -y chromium\n' +
      'Elsewhere install Chromium or Chrome and set CHROMIUM_PATH to its program file.',
  );
}
