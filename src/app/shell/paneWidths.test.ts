import { expect, test } from 'vitest';
import {
  clampPaneWidth,
  parsePaneWidths,
  defaultPaneWidths,
  paneWidthAfterKey,
  formatPaneWidths,
} from './paneWidths.ts';

test('a width stays inside its limits', () => {
  expect(clampPaneWidth('sidebar', 10)).toBe(220);
  expect(clampPaneWidth('editor', 5_000)).toBe(640);
  expect(clampPaneWidth('editor', 500.4)).toBe(500);
  expect(clampPaneWidth('editor', Number.NaN)).toBe(444);
});

test('stored widths are read back; other text gives the defaults', () => {
  expect(parsePaneWidths(formatPaneWidths({ sidebar: 300, editor: 500 }))).toEqual({ sidebar: 300, editor: 500 });
  for (const text of [null, '', '300', 'a b', '{}']) expect(parsePaneWidths(text)).toEqual(defaultPaneWidths);
});

test('keys resize a pane; which arrow widens it depends on the pane and the writing direction', () => {
  expect(paneWidthAfterKey('sidebar', 256, 'ArrowRight', 'ArrowRight')).toBe(272);
  expect(paneWidthAfterKey('editor', 444, 'ArrowRight', 'ArrowLeft')).toBe(428);
  expect(paneWidthAfterKey('editor', 444, 'End', 'ArrowLeft')).toBe(640);
  expect(paneWidthAfterKey('editor', 600, 'Enter', 'ArrowLeft')).toBe(444);
  expect(paneWidthAfterKey('editor', 600, 'Tab', 'ArrowLeft')).toBeUndefined();
});
