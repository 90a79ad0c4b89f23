import { describe, expect, test } from 'vitest';
import { isDrawable, readPixelCount } from './imageDimensions.ts';

const view = (bytes: readonly number[]) => new DataView(Uint8Array.from(bytes).buffer);
const letters = (text: string) => Array.from(text, (letter) => letter.charCodeAt(0));
const zeros = (count: number) => Array<number>(count).fill(0);
const png = (width: readonly number[], height: readonly number[]) => [
  0x89,
  ...letters('PNG\r\n\x1a\n'),
  ...zeros(4),
  ...letters('IHDR'),
  ...width,
  ...height,
];

describe('how large a picture says it is', () => {
  test.each([
    ['PNG', png([0, 0, 1, 0], [0, 0, 0, 2]), 512],
    ['GIF', [...letters('GIF89a'), 0x2c, 0x01, 10, 0], 3000],
    ['BMP, upside down', [...letters('BM'), ...zeros(16), 4, 0, 0, 0, 0xfe, 0xff, 0xff, 0xff], 8],
    ['WebP, extended', [...letters('RIFF____WEBPVP8X'), ...zeros(8), 9, 0, 0, 19, 0, 0], 200],
    ['WebP, lossless', [...letters('RIFF____WEBPVP8L'), ...zeros(4), 0x2f, 3, 0x40, 0, 0], 8],
    ['WebP, lossy', [...letters('RIFF____WEBPVP8 '), ...zeros(10), 7, 0, 3, 0], 21],
    [
      'AVIF',
      [...zeros(4), ...letters('ftypavif'), ...zeros(9), ...letters('ispe'), ...zeros(4), 0, 0, 0, 5, 0, 0, 0, 6],
      30,
    ],
    ['JPEG', [0xff, 0xd8, 0xff, 0xe0, 0, 4, 1, 2, 0xff, 0xc2, 0, 17, 8, 0, 9, 0, 8, 3], 72],
  ])('%s', (_, bytes, pixels) => {
    expect(readPixelCount(view(bytes))).toBe(pixels);
  });

  test.each([
    ['nothing', []],
    ['something else', letters('<svg xmlns="http://www.w3.org/2000/svg"/>')],
    ['a PNG that breaks off', png([0, 0], [])],
    ['a JPEG whose pieces lead nowhere', [0xff, 0xd8, 0xff, 0xe0, 0xff, 0xff]],
    ['a JPEG that goes in a circle', [0xff, 0xd8, 0xff, 0xe0, 0, 0, 0, 0, 0, 0]],
  ])('not by %s', (_, bytes) => {
    expect(readPixelCount(view(bytes))).toBeNull();
  });
});

test('a few bytes that unfold to gigabytes are not drawn', async () => {
  const bomb = new Blob([Uint8Array.from(png([0, 0, 0xff, 0xff], [0, 0, 0xff, 0xff]))]);
  expect(await isDrawable(bomb)).toBe(false);
  const photo = new Blob([Uint8Array.from(png([0, 0, 0x20, 0], [0, 0, 0x18, 0]))]);
  expect(await isDrawable(photo)).toBe(true);
});

test('a picture whose bytes are gone from the device is not drawn, and is no error', async () => {
  const gone = new Blob();
  gone.slice = () =>
    Object.assign(new Blob(), { arrayBuffer: () => Promise.reject(new DOMException('', 'NotReadableError')) });
  expect(await isDrawable(gone)).toBe(false);
});
