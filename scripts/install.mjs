/** Installs the locked packages when, and only when, the lock file differs from the one that was installed last. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
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

/** npm as it was called, run by the Node it was called with; the npm on the path when called without npm. */
function npm(args) {
  const script = process.env.npm_execpath;
  const viaScript = script !== undefined && /npm-cli\.[cm]?js$/.test(script);
  const [command, prefix] = viaScript ? [process.execPath, [script]] : ['npm', []];
  // Progress goes to stderr: `npm run token` promises its last line of standard output to scripts.
  return spawnSync(command, [...prefix, ...args], {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: !viaScript && process.platform === 'win32',
  });
}

/** Throws a sentence when npm fails. The marker is written last, so an interrupted install is repeated. */
export function install() {
  const hash = createHash('sha256')
    .update(readFileSync(path.join(root, 'package-lock.json')))
    .digest('hex');
  if (read(marker) === hash) return false;
  process.stderr.write('Installing packages (first start, or package-lock.json changed) …\n');
  // NODE_ENV=production would leave out what the build needs.
  const { status, error } = npm([
    'ci',
    '--include=dev',
    '--include=optional',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
  ]);
  if (error) throw new Error(`npm could not be started: ${error.message}`);
  if (status !== 0)
    throw new Error(
      'npm ci failed. Its own words stand above; when the network is there again, run the command once more.',
    );
  writeFileSync(marker, hash);
  return true;
}
