import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { categoryKey } from '../task/category.ts';
import { foldText, normalizeText } from './foldText.ts';
import { joinLines, trimEndOf, trimOf } from './trimText.ts';

describe('folding', () => {
  test('ignores letter case and how an accent is encoded', () => {
    expect(foldText('Caf\u00c9')).toBe(foldText('cafe\u0301'));
    expect(categoryKey('\u00c5sa')).toBe(categoryKey('a\u030asa'));
  });

  test('normalizes a text with short runs of marks as Unicode defines', () => {
    const mark = fc.constantFrom('\u0301', '\u0323', '\u0345', '\u05b0');
    const cluster = fc
      .tuple(fc.constantFrom('a', 'e\u0308', '한', 'ﬁ'), fc.array(mark, { maxLength: 20 }))
      .map(([letter, marks]) => letter + marks.join(''));
    fc.assert(
      fc.property(fc.array(cluster, { maxLength: 5 }), (clusters) => {
        const text = clusters.join('');
        for (const form of ['NFC', 'NFD', 'NFKC', 'NFKD'] as const)
          expect(normalizeText(text, form)).toBe(text.normalize(form));
      }),
    );
  });

  test('folds a run of marks the same whatever its length', () => {
    const marks = '\u0301\u0323'.repeat(80_000);
    expect(foldText(`A${marks}`)).toBe(foldText(`a${marks}`));
  });
});

test('trims the ends only', () => {
  expect(trimEndOf('https://a/b//', '/')).toBe('https://a/b');
  expect(trimOf('//a//b/', '/')).toBe('a//b');
  expect(trimOf('///', '/')).toBe('');
  expect(joinLines('a \r\n  b\n \nc ')).toBe('a b c ');
  expect(joinLines('a\n')).toBe('a ');
});
