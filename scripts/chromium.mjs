/** The browser of the browser tests: Debian's Chromium, because Playwright's download is not available everywhere. */
import { existsSync } from 'node:fs';

const usual = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** The path of the browser, or undefined when there is none. Throws a sentence when CHROMIUM_PATH names no file. */
export function findChromium(env = process.env) {
  const named = env.CHROMIUM_PATH;
  if (named) {
    if (existsSync(named)) return named;
    throw new Error(`CHROMIUM_PATH names ${named}, and there is no such file.`);
  }
  return usual.find((file) => existsSync(file));
}

/** Like `findChromium`; throws a sentence that says how to install it when there is none. */
export function requireChromium() {
  const found = findChromium();
  if (found !== undefined) return found;
  throw new Error(
    'The browser tests need Chromium. On Debian run: sudo apt-get update && sudo apt-get install -y chromium\n' +
      'Elsewhere install Chromium or Chrome and set CHROMIUM_PATH to its program file.',
  );
}
