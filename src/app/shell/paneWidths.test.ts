import { expect, test } from 'vitest';
import { fitWidth, readWidths, usualWidths, widthAfterKey, writeWidths } from './paneWidths.ts';

test('a width stays inside its limits', () => {
  expect(fitWidth('sidebar', 10)).toBe(220);
  expect(fitWidth('editor', 5_000)).toBe(640);
  expect(fitWidth('editor', 500.4)).toBe(500);
  expect(fitWidth('editor', Number.NaN)).toBe(444);
});

test('kept widths come back; anything else gives the usual ones', () => {
  expect(readWidths(writeWidths({ sidebar: 300, editor: 500 }))).toEqual({ sidebar: 300, editor: 500 });
  for (const text of [null, '', '300', 'a b', '{}']) expect(readWidths(text)).toEqual(usualWidths);
});

test('keys move an edge; the arrow that widens differs by pane and by direction of writing', () => {
  expect(widthAfterKey('sidebar', 256, 'ArrowRight', 'ArrowRight')).toBe(272);
  expect(widthAfterKey('editor', 444, 'ArrowRight', 'ArrowLeft')).toBe(428);
  expect(widthAfterKey('editor', 444, 'End', 'ArrowLeft')).toBe(640);
  expect(widthAfterKey('editor', 600, 'Enter', 'ArrowLeft')).toBe(444);
  expect(widthAfterKey('editor', 600, 'Tab', 'ArrowLeft')).toBeUndefined();
});
