import { describe, expect, it } from 'vitest';
import { caretAfter } from './caretMoves.ts';

describe('the caret after a key press', () => {
  it('moves by a character, within the text', () => {
    expect(caretAfter('ab', 1, 'ArrowLeft')).toBe(0);
    expect(caretAfter('ab', 0, 'ArrowLeft')).toBe(0);
    expect(caretAfter('ab', 1, 'ArrowRight')).toBe(2);
    expect(caretAfter('ab', 2, 'ArrowRight')).toBe(2);
  });

  it('never stops inside a grapheme cluster', () => {
    const family = '👨‍👩‍👧';
    expect(caretAfter(`a${family}b`, 1, 'ArrowRight')).toBe(1 + family.length);
    expect(caretAfter(`a${family}b`, 1 + family.length, 'ArrowLeft')).toBe(1);
  });

  it('keeps its column in the line above or below, or goes to its end', () => {
    const text = '\nlong line\nab\nlonger line';
    const [long, short, longer] = [1, text.indexOf('ab'), text.indexOf('longer')];
    expect(caretAfter(text, longer + 1, 'ArrowUp')).toBe(short + 1);
    expect(caretAfter(text, longer + 5, 'ArrowUp')).toBe(short + 2);
    expect(caretAfter(text, long + 1, 'ArrowDown')).toBe(short + 1);
    expect(caretAfter(text, long + 5, 'ArrowDown')).toBe(short + 2);
    expect(caretAfter(text, long + 5, 'ArrowUp')).toBe(0);
    expect(caretAfter(text, 0, 'ArrowUp')).toBe(0);
    expect(caretAfter(text, 0, 'ArrowDown')).toBe(1);
    expect(caretAfter(text, longer + 1, 'ArrowDown')).toBe(text.length);
  });

  it('goes to an end of the line', () => {
    expect(caretAfter('ab\ncd\nef', 4, 'Home')).toBe(3);
    expect(caretAfter('ab\ncd\nef', 4, 'End')).toBe(5);
    expect(caretAfter('\nab', 0, 'Home')).toBe(0);
    expect(caretAfter('ab', 1, 'End')).toBe(2);
  });

  it('stays for other keys', () => {
    expect(caretAfter('ab', 1, 'PageDown')).toBe(1);
  });
});
