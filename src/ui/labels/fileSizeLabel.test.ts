import { expect, test } from 'vitest';
import { fileSizeLabel } from './fileSizeLabel.ts';

test.each([
  [0, '0 bytes'],
  [1, '1 byte'],
  [999, '999 bytes'],
  [1023, '1 kB'],
  [655_360, '640 kB'],
  [2_516_582, '2.4 MB'],
  [25 * 1024 * 1024, '25 MB'],
  [40_000_000, '38 MB'],
  [1024 ** 3, '1 GB'],
])('%d bytes are %s', (bytes, label) => {
  expect(fileSizeLabel(bytes, 'en')).toBe(label);
});
