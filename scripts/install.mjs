/** Installs the locked packages when, and only when, the lock file changed since the last installation. */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { run } from './process.mjs';
import { root } from './runtime.mjs';

const marker = path.join(root, 'node_modules', '.threefold-lock');

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Runs the npm that started this script, with the Node that runs it; without one, the npm on the path. */
function npm(args, write) {
  const script = process.env.npm_execpath;
  const viaScript = script !== undefined && /npm-cli\.[cm]?js$/.test(script);
  const [command, prefix] = viaScript ? [process.execPath, [script]] : ['npm', []];
  // Progress goes to standard error: `npm run token` promises its last line of standard output to scripts.
  const stdio = ['ignore', 2, 2];
  return run(command, [...prefix, ...args], { stdio, write, shell: !viaScript && process.platform === 'win32' });
}

/**
 * Installs; the marker is written last, so an interrupted installation is repeated. Throws a sentence when npm fails.
 * @param write receives the output; standard error by default.
 */
export async function install(write) {
  const hash = createHash('sha256')
    .update(readFileSync(path.join(root, 'package-lock.json')))
    .digest('hex');
  if (read(marker) === hash) return false;
  const say = write ?? ((text) => process.stderr.write(text));
  say('Installing packages (first start, or package-lock.json changed) …\n');
  // NODE_ENV=production would leave out packages for the build.
  const args = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'];
  const code = await npm(args, write).catch((error) => {
    throw new Error(`npm could not be started: ${error.message}`);
  });
  if (code !== 0)
    throw new Error(
      'npm ci failed. Its own words stand above; when the network is there again, run the command once more.',
    );
  writeFileSync(marker, hash);
  return true;
}
