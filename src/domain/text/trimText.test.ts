import fc from 'fast-check';
import { expect, it } from 'vitest';
import { joinLines, trimEndOf, trimOf } from './trimText.ts';

const texts = fc
  .array(fc.constantFrom('a', ' ', '\n', '\r', '\t', 'b '), { maxLength: 12 })
  .map((parts) => parts.join(''));

it('lines are joined by one space, and spaces within a line stay', () => {
  expect(joinLines('Call the ')).toBe('Call the ');
  expect(joinLines('  two\r\n\n  lines ')).toBe('  two lines ');
  fc.assert(
    fc.property(texts, (text) => {
      expect(joinLines(text)).toBe(text.replace(/\s*[\r\n]+\s*/g, ' '));
    }),
  );
});

it('characters are trimmed at the ends only', () => {
  expect(trimEndOf('a. b..', '.')).toBe('a. b');
  expect(trimOf('..a.b.', '.')).toBe('a.b');
});
