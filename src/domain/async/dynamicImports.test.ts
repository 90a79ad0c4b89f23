/** All code that loads on demand uses one function (docs/decisions/0054-one-way-to-do-each-thing.md). */
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

const src = path.resolve(import.meta.dirname, '../..');
const sources = globSync('**/*.{ts,tsx}', { cwd: src }).filter((file) => !/\.test\.tsx?$/.test(file));

/** The lines with a dynamic import outside `createLazyChunk`, or with React's `lazy`. */
function otherLoads(text: string): string[] {
  return text
    .split('\n')
    .filter((line) => {
      const rest = line.replaceAll('createLazyChunk(() => import(', '');
      return /\bimport\(/.test(rest) || /(?<![.\w])(?:React\.)?lazy\(/.test(rest);
    })
    .map((line) => line.trim());
}

test('code that loads on demand is a lazy chunk', () => {
  expect(sources.length).toBeGreaterThan(100);
  const found = sources.flatMap((file) =>
    otherLoads(readFileSync(path.join(src, file), 'utf8')).map((line) => `${file}: ${line}`),
  );
  expect(found).toEqual([]);
});

test('other dynamic imports are found', () => {
  const chunk = "const menu = createLazyChunk(() => import('./menu.tsx'));";
  const others = ["const { menu } = await import('./menu.tsx');", 'const Menu = lazy(load);', 'React.lazy(load);'];
  expect(otherLoads([chunk, ...others].join('\n'))).toEqual(others);
});
