import { describe, expect, it } from 'vitest';
import { truncateName } from './truncateName.ts';

describe('a name in a sentence', () => {
  it('is unchanged when it is short', () => {
    expect(truncateName('Renew passport')).toBe('Renew passport');
    expect(truncateName('x'.repeat(60))).toBe('x'.repeat(60));
    expect(truncateName('')).toBe('');
  });

  it('is cut between grapheme clusters', () => {
    expect(truncateName('x'.repeat(5000))).toBe(`${'x'.repeat(60)}…`);
    const family = '👩‍👩‍👧‍👦';
    expect(truncateName(family.repeat(100))).toBe(`${family.repeat(60)}…`);
    expect(truncateName('word '.repeat(100))).toBe(`${'word '.repeat(12).trimEnd()}…`);
  });

  it('does not change the direction of the text around it', () => {
    expect(truncateName('شراء الخبز')).toBe('\u2068شراء الخبز\u2069');
    expect(truncateName('\u202egpj.exe')).toBe('\u2068\u202egpj.exe\u2069');
  });
});
