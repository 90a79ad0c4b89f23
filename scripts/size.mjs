/**
 * Measures the first screen: every script that index.html loads, with its static imports, compressed. MSAL loads after
 * the first paint and is measured separately (docs/decisions/0007-size-budget.md).
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { root } from './runtime.mjs';

/** Bytes, gzip level 9. */
export const budget = 230_000;

const dist = path.join(root, 'dist');
const read = (file) => readFileSync(path.join(dist, file), 'utf8');
const gz = (file) => gzipSync(readFileSync(path.join(dist, file)), { level: 9 }).length;

/** Static imports of a built chunk: `import … from "./x.js"`, `import "./x.js"`, `export … from "./x.js"`; not `import()`. */
function importsOf(file) {
  const found = read(file).matchAll(
    /(?:^|[;}\s])(?:import|export)\s*(?:[\w$*\s{},]*?\sfrom\s*|[\w$*{}, ]*from\s*)?["'](\.\/[^"']+\.js)["']/g,
  );
  return [...found].map(([, name]) => path.posix.join(path.posix.dirname(file), name));
}

/** Chunk files of the first screen with their compressed sizes, largest first. */
export function firstScreen() {
  const html = read('index.html');
  const queue = [...html.matchAll(/<(?:script|link)\b[^>]*?(?:src|href)="\/?([^"]+\.js)"/g)].map(([, file]) => file);
  const seen = new Map();
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    if (seen.has(file)) continue;
    seen.set(file, gz(file));
    queue.push(...importsOf(file));
  }
  return [...seen].toSorted((a, b) => b[1] - a[1]);
}

/** Prints the sizes; false when they exceed the budget. */
export function checkSize(write) {
  const files = firstScreen();
  const total = files.reduce((sum, [, bytes]) => sum + bytes, 0);
  for (const [file, bytes] of files) write(`${String(bytes).padStart(8)}  ${file}\n`);
  write(`${String(total).padStart(8)}  of ${budget} bytes, gzip, first screen without MSAL\n`);
  if (files.length === 0) throw new Error('index.html loads no script: the size was not measured.');
  if (total <= budget) return true;
  write('The first screen is over its budget. Load something later, or take it out.\n');
  return false;
}
