import { expect, test } from 'vitest';
import { findRegexes, known, regexesIn } from './regexList.mjs';

test('literals and constructed expressions are found', () => {
  const text =
    "const a = /x+$/g;\nfunction f(b: string) {\n  return new RegExp(`^${b}`, 'i').test(b) && RegExp(b);\n}\n";
  expect(regexesIn('a.ts', text)).toEqual({
    literals: [{ file: 'a.ts', line: 1, pattern: 'x+$', flags: 'g' }],
    built: [
      { file: 'a.ts', line: 3 },
      { file: 'a.ts', line: 3 },
    ],
  });
});

test('the sources are scanned, and the listed files still build expressions', () => {
  const { literals, built } = findRegexes();
  expect(literals.length).toBeGreaterThan(200);
  expect(new Set(built.map(({ file }) => file))).toEqual(new Set(Object.keys(known)));
});
