import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

/*
 * Rules for every stylesheet, so that right-to-left, large text and layers stay whole (docs/design.md#accessibility).
 */

const src = path.resolve(import.meta.dirname, '../..');
const sheets = globSync('**/*.css', { cwd: src }).map((file) => ({
  file,
  // Comments go, lines stay.
  lines: readFileSync(path.join(src, file), 'utf8')
    .replaceAll(/\/\*[\s\S]*?\*\//g, (comment) => comment.replaceAll(/[^\n]/g, ''))
    .split('\n'),
}));

/** Declarations that `isWrong` says no to, by the place where they stand. */
function found(isWrong: (property: string, value: string) => boolean): string[] {
  return sheets.flatMap(({ file, lines }) =>
    lines.flatMap((line, at) => {
      const [, property = '', value = ''] = /^\s*([a-z-]+):\s*(.+);$/.exec(line) ?? [];
      return property !== '' && isWrong(property, value) ? [`${file}:${at + 1} ${line.trim()}`] : [];
    }),
  );
}

/** The parts of a shorthand: "calc(1px + var(--a)) 0" has two. */
function partsOf(value: string): readonly string[] {
  let text = value;
  // What is in brackets, from the innermost outwards, is one part.
  while (text.includes('('))
    text = text.replaceAll(/\([^()]*\)/g, (group) => `[${group.slice(1, -1).replaceAll(' ', '_')}]`);
  return text.split(' ');
}

test('no rule knows left from right: what begins and ends does so in the direction of reading', () => {
  const physical =
    /^(left|right|top|bottom|(min-|max-)?(width|height)|(margin|padding|border)-(left|right|top|bottom))/;
  expect(found((property) => physical.test(property))).toEqual([]);
  expect(found((property, value) => /^(text-align|float|clear)$/.test(property) && /left|right/.test(value))).toEqual(
    [],
  );
});

test('a shorthand of four is the same at both ends of a line', () => {
  const shorthand = /^(margin|padding|inset|border-(width|style|color))$/;
  const isLopsided = (property: string, value: string) => {
    const [, second, , fourth] = partsOf(value);
    return shorthand.test(property) && fourth !== undefined && fourth !== second;
  };
  expect(found(isLopsided)).toEqual([]);
});

test('text is sized in rem, so that it grows with the browser’s text', () => {
  const isFixed = (property: string, value: string) =>
    /^font(-size)?$/.test(property) && /\dpx/.test(value.replaceAll(/max\(1rem, 16px\)/g, ''));
  expect(found(isFixed)).toEqual([]);
});

test('what lies over what is said by tokens, above 1', () => {
  expect(found((property, value) => property === 'z-index' && /^-?\d+$/.test(value) && Number(value) > 1)).toEqual([]);
});
