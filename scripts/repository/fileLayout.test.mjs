/** Files can be found by folder and name (docs/decisions/0046-folders-and-names.md). */
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../runtime.mjs';

const largestFolder = 30;
/** Names with the same meaning in every folder: the entry point of each program. */
const mayRepeat = new Set(['main.ts', 'main.tsx']);

/** The source files of a list, without fixtures and translations. */
export function sourceFiles(files) {
  return files.filter(
    (file) =>
      /^(?:src|server|e2e|bench|scripts)\//.test(file) &&
      /\.(?:tsx?|m[jt]s|css)$/.test(file) &&
      !/\/(?:fixtures|locales)\//.test(file),
  );
}

/** Folders with too many files. */
export function largeFolders(files) {
  const counts = new Map();
  for (const file of sourceFiles(files)) {
    const folder = path.posix.dirname(file);
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  return [...counts].filter(([, count]) => count > largestFolder).map(([folder, count]) => `${folder}: ${count}`);
}

/** File names that occur in several folders; a test is named after its subject. */
export function repeatedNames(files) {
  const folders = new Map();
  for (const file of sourceFiles(files)) {
    const name = path.posix.basename(file).replace(/\.test\b/, '');
    if (mayRepeat.has(name)) continue;
    folders.set(name, (folders.get(name) ?? new Set()).add(path.posix.dirname(file)));
  }
  return [...folders].filter(([, all]) => all.size > 1).map(([name, all]) => `${name}: ${[...all].join(', ')}`);
}

const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { cwd: root })
  .toString()
  .trim()
  .split('\n');

test('no folder has too many files', () => {
  expect(largeFolders(tracked)).toEqual([]);
});

test('no file name occurs in several folders', () => {
  expect(repeatedNames(tracked)).toEqual([]);
});

test('a folder with too many files and a repeated name are found', () => {
  const many = Array.from({ length: 31 }, (_, n) => `src/ui/controls/c${n}.ts`);
  expect(largeFolders([...many, 'src/ui/controls/fixtures/a.ts'])).toEqual(['src/ui/controls: 31']);
  expect(repeatedNames(['src/a/props.ts', 'src/a/props.test.ts', 'server/b/props.ts', 'src/app/main.tsx'])).toEqual([
    'props.ts: src/a, server/b',
  ]);
});
