import { expect, test } from 'vitest';
import { normalizeContentId, imageDataUrl, findInlineImageIds, embedInlineImages } from './inlineImages.ts';

const html = `<p><img src="cid:a%40b"><img src='CID:logo'><img src=cid:a@b></p>`;

test('pictures are found by the ids that they came with', () => {
  expect(findInlineImageIds(html)).toEqual(['a@b', 'logo']);
  expect(findInlineImageIds('<p>acid:rain</p>')).toEqual([]);
  expect(['<a@b>', 'a%40b', ' a@b ', '%E0'].map(normalizeContentId)).toEqual(['a@b', 'a@b', 'a@b', '%E0']);
});

test('what is known takes its place, the rest stays', () => {
  expect(embedInlineImages(html, new Map([['a@b', 'data:image/png;base64,AA==']]))).toBe(
    `<p><img src="data:image/png;base64,AA=="><img src='CID:logo'><img src=data:image/png;base64,AA==></p>`,
  );
});

test('only pictures become addresses', async () => {
  const bytes = new Blob([Uint8Array.from([1, 2, 3])]);
  expect(await imageDataUrl(bytes, 'image/JPG')).toBe('data:image/jpeg;base64,AQID');
  expect(await imageDataUrl(bytes, 'image/svg+xml')).toBeNull();
  expect(await imageDataUrl(bytes, 'text/html')).toBeNull();
  expect(await imageDataUrl(bytes, null)).toBeNull();
});
