import { describe, expect, it } from 'vitest';
import { nameInWords } from './truncateName.ts';

describe('a name in a sentence', () => {
  it('is itself when it is short', () => {
    expect(nameInWords('Renew passport')).toBe('Renew passport');
    expect(nameInWords('x'.repeat(60))).toBe('x'.repeat(60));
    expect(nameInWords('')).toBe('');
  });

  it('is cut between characters, never inside one', () => {
    expect(nameInWords('x'.repeat(5000))).toBe(`${'x'.repeat(60)}…`);
    const family = '👩‍👩‍👧‍👦';
    expect(nameInWords(family.repeat(100))).toBe(`${family.repeat(60)}…`);
    expect(nameInWords('word '.repeat(100))).toBe(`${'word '.repeat(12).trimEnd()}…`);
  });

  it('does not turn the words around it', () => {
    expect(nameInWords('شراء الخبز')).toBe('\u2068شراء الخبز\u2069');
    expect(nameInWords('\u202egpj.exe')).toBe('\u2068\u202egpj.exe\u2069');
  });
});
