/** Builds the app into dist/ when a source is newer than the last build. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { runNode, tool } from './process.mjs';
import { root } from './runtime.mjs';

const sources = [
  'src',
  'public',
  'index.html',
  'auth.html',
  'vite.config.ts',
  'vitePlugins',
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

/** A fingerprint of the sources: names, sizes and times. Reading every file would add two seconds to each start. */
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

/**
 * Builds if necessary; the marker is written last, so a failed build is repeated. Throws a sentence when it fails.
 * @param force builds in any case.
 * @param write receives the output; standard error by default.
 */
export async function build({ force = false, write } = {}) {
  const now = fingerprint();
  if (!force && existsSync(marker) && readFileSync(marker, 'utf8') === now) return false;
  const say = write ?? ((text) => process.stderr.write(text));
  say('Building the app …\n');
  const args = [tool('vite', 'bin', 'vite.js'), 'build', '--logLevel', 'warn'];
  if ((await runNode(args, { stdio: ['ignore', 2, 2], write })) !== 0)
    throw new Error('The build failed. What is wrong stands above.');
  writeFileSync(marker, now);
  return true;
}
