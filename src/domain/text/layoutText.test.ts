import { describe, expect, test } from 'vitest';
import { isHardToShow, showableText } from './layoutText.ts';

describe('texts that are slow to lay out', () => {
  test.each([
    ['a long word', 'x'.repeat(300_000)],
    ['a tag that is never closed', `<p>☐ x</p><${'a'.repeat(60_000)}`],
    ['combining marks', `a${'\u0301\u0323'.repeat(80_000)}`],
    ['marks on a character of a script that breaks anywhere', `\u4e00${'\u0301'.repeat(40)}`],
  ])('%s: gets invisible breaks, and nothing else changes', (_, text) => {
    expect(isHardToShow(text)).toBe(true);
    const shown = showableText(text);
    expect(isHardToShow(shown)).toBe(false);
    const withoutMarks = (one: string) => one.replaceAll(/[\p{M}\u200b]/gu, '');
    expect(withoutMarks(shown)).toBe(withoutMarks(text));
    if (!/\p{M}{31}/u.test(text)) expect(shown.replaceAll('\u200b', '')).toBe(text);
  });

  test.each([
    ['prose', 'word '.repeat(100_000)],
    ['Chinese', '\u4e2d\u6587'.repeat(10_000)],
    ['Thai', '\u0e01\u0e32'.repeat(10_000)],
    ['a long link', `https://example.com/${'a'.repeat(9_900)}`],
    ['a letter with its accents', 'e\u0301\u0323'.repeat(3_000)],
    ['nothing', ''],
  ])('%s is unchanged', (_, text) => {
    expect(isHardToShow(text)).toBe(false);
    expect(showableText(text)).toBe(text);
  });
});
