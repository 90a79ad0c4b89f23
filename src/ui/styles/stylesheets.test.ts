import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';

/* Rules for all stylesheets, for right-to-left text, large text and stacking (docs/design.md#accessibility). */

const src = path.resolve(import.meta.dirname, '../..');
const sheets = globSync('**/*.css', { cwd: src }).map((file) => ({
  file,
  // Removes comments and keeps line breaks.
  lines: readFileSync(path.join(src, file), 'utf8')
    .replaceAll(/\/\*[\s\S]*?\*\//g, (comment) => comment.replaceAll(/[^\n]/g, ''))
    .split('\n'),
}));

/** The positions of declarations that violate a rule. */
function found(isWrong: (property: string, value: string) => boolean): string[] {
  return sheets.flatMap(({ file, lines }) =>
    lines.flatMap((line, at) => {
      const [, property = '', value = ''] = /^\s*([a-z-]+):\s*(.+);$/.exec(line) ?? [];
      return property !== '' && isWrong(property, value) ? [`${file}:${at + 1} ${line.trim()}`] : [];
    }),
  );
}

/** The values of a shorthand: "calc(1px + var(--a)) 0" has two. */
function partsOf(value: string): readonly string[] {
  let text = value;
  // Parenthesised text, from the innermost outwards, is part of one value.
  while (text.includes('('))
    text = text.replaceAll(/\([^()]*\)/g, (group) => `[${group.slice(1, -1).replaceAll(' ', '_')}]`);
  return text.split(' ');
}

test('no rule uses left or right: logical properties follow the writing direction', () => {
  const physical =
    /^(left|right|top|bottom|(min-|max-)?(width|height)|(margin|padding|border)-(left|right|top|bottom))/;
  expect(found((property) => physical.test(property))).toEqual([]);
  expect(found((property, value) => /^(text-align|float|clear)$/.test(property) && /left|right/.test(value))).toEqual(
    [],
  );
});

test('a shorthand of four values is symmetrical in inline direction', () => {
  const shorthand = /^(margin|padding|inset|border-(width|style|color))$/;
  const isLopsided = (property: string, value: string) => {
    const [, second, , fourth] = partsOf(value);
    return shorthand.test(property) && fourth !== undefined && fourth !== second;
  };
  expect(found(isLopsided)).toEqual([]);
});

test('font sizes are in rem, so that they follow the browser’s font size', () => {
  const isFixed = (property: string, value: string) =>
    /^font(-size)?$/.test(property) && /\dpx/.test(value.replaceAll(/max\(1rem, 16px\)/g, ''));
  expect(found(isFixed)).toEqual([]);
});

test('z-index above 1 comes from tokens', () => {
  expect(found((property, value) => property === 'z-index' && /^-?\d+$/.test(value) && Number(value) > 1)).toEqual([]);
});
