import { expect, test } from 'vitest';
import { readTextFile } from './readTextFile.ts';

const bytes = (...all: number[]) => new Blob([Uint8Array.from(all)]);

test.each([
  ['UTF-8', new Blob(['café']), 'café'],
  ['UTF-8 with its mark', bytes(0xef, 0xbb, 0xbf, 0x61), 'a'],
  ['UTF-16', bytes(0xff, 0xfe, 0xe9, 0x00), 'é'],
  ['UTF-16, the other way round', bytes(0xfe, 0xff, 0x00, 0xe9), 'é'],
  ['Windows’ letters', bytes(0x63, 0x61, 0x66, 0xe9), 'café'],
  ['nothing', new Blob([]), ''],
])('%s', async (_, blob, text) => {
  expect(await readTextFile(blob)).toEqual({ text, isCut: false });
});

test('a long text is cut, not misread when the cut goes through a letter', async () => {
  const { text, isCut } = await readTextFile(new Blob([`a${'é'.repeat(300_000)}`]));
  expect(isCut).toBe(true);
  expect(text).toMatch(/^aé+$/);
});
