/** Builds the app into dist/ when a source is newer than the last build. */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { nodePath, root } from './runtime.mjs';

const sources = [
  'src',
  'public',
  'index.html',
  'auth.html',
  'vite.config.ts',
  'serviceWorkerPlugin.ts',
  'lingui.config.ts',
  'package-lock.json',
  'tsconfig.json',
];
const marker = path.join(root, 'dist', '.built');

function* filesOf(name) {
  const full = path.join(root, name);
  if (!existsSync(full)) return;
  if (!statSync(full).isDirectory()) yield name;
  else for (const child of readdirSync(full).toSorted()) yield* filesOf(path.join(name, child));
}

/** What the sources look like: names, sizes and times. Reading every file would cost the second start its two seconds. */
function fingerprint() {
  const hash = createHash('sha256');
  for (const source of sources) {
    for (const file of filesOf(source)) {
      const { size, mtimeMs } = statSync(path.join(root, file));
      hash.update(`${file}\0${size}\0${mtimeMs}\n`);
    }
  }
  return hash.digest('hex');
}

/** `force` builds in any case. Throws when the build fails; the marker is written last, so a broken build is repeated. */
export function build({ force = false } = {}) {
  const now = fingerprint();
  if (!force && existsSync(marker) && readFileSync(marker, 'utf8') === now) return false;
  process.stderr.write('Building the app …\n');
  const vite = path.join(root, 'node_modules', 'vite', 'bin', 'vite.js');
  const { status } = spawnSync(nodePath(), [vite, 'build', '--logLevel', 'warn'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  });
  if (status !== 0) throw new Error('The build failed. What is wrong stands above.');
  writeFileSync(marker, now);
  return true;
}
