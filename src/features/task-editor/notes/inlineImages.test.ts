import { expect, test } from 'vitest';
import { contentIdOf, pictureAddress, picturesNamedIn, withPictures } from './inlineImages.ts';

const html = `<p><img src="cid:a%40b"><img src='CID:logo'><img src=cid:a@b></p>`;

test('pictures are found by the ids that they came with', () => {
  expect(picturesNamedIn(html)).toEqual(['a@b', 'logo']);
  expect(picturesNamedIn('<p>acid:rain</p>')).toEqual([]);
  expect(['<a@b>', 'a%40b', ' a@b ', '%E0'].map(contentIdOf)).toEqual(['a@b', 'a@b', 'a@b', '%E0']);
});

test('what is known takes its place, the rest stays', () => {
  expect(withPictures(html, new Map([['a@b', 'data:image/png;base64,AA==']]))).toBe(
    `<p><img src="data:image/png;base64,AA=="><img src='CID:logo'><img src=data:image/png;base64,AA==></p>`,
  );
});

test('only pictures become addresses', async () => {
  const bytes = new Blob([Uint8Array.from([1, 2, 3])]);
  expect(await pictureAddress(bytes, 'image/JPG')).toBe('data:image/jpeg;base64,AQID');
  expect(await pictureAddress(bytes, 'image/svg+xml')).toBeNull();
  expect(await pictureAddress(bytes, 'text/html')).toBeNull();
  expect(await pictureAddress(bytes, null)).toBeNull();
});
