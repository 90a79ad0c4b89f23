import { expect, test } from 'vitest';
import { parsePastedItems } from './pastedItems.ts';

test.each([
  ['Milk', ['Milk']],
  ['Milk\r\nEggs\n\n  Ham ', ['Milk', 'Eggs', 'Ham']],
  ['- [ ] Milk\n* Eggs\n• Ham\n1. Salt\n☑ Tea\n[x] Jam', ['Milk', 'Eggs', 'Ham', 'Salt', 'Tea', 'Jam']],
  ['2 eggs\n10% cream\n-5 °C', ['2 eggs', '10% cream', '-5 °C']],
  ['\n \n', []],
])('%j', (text, items) => {
  expect(parsePastedItems(text)).toEqual(items);
});
