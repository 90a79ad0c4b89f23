import { expect, test } from 'vitest';
import { findUrls } from './findUrls.ts';

test.each([
  ['See https://example.com/a.', ['https://example.com/a']],
  ['(https://example.com/a_(b)), then http://example.org!', ['https://example.com/a_(b)', 'http://example.org']],
  ['https://example.com https://example.com', ['https://example.com']],
  ['☐ Order at https://shop.example/x?y=1&z=2#w, today', ['https://shop.example/x?y=1&z=2#w']],
  ['“https://example.com/ü”', ['https://example.com/ü']],
  ['javascript:alert(1) data:text/html,x ftp://a.example www.example.com xhttps://a.example', []],
  ['https:// http://?', []],
  ['', []],
])('%j names %j', (text, addresses) => {
  expect(findUrls(text)).toEqual(addresses);
});

test('a text full of addresses shows a handful', () => {
  const text = Array.from({ length: 5000 }, (_, at) => `https://example.com/${at}`).join('\n');
  expect(findUrls(text)).toHaveLength(10);
});

test.each([')', '!', '!)', '[]]', '!a'])('an address with %j fifty thousand times is read at once', (tail) => {
  const [address = ''] = findUrls(`https://example.com/a${tail.repeat(50_000)}`);
  expect(address).toMatch(/^https:\/\/example\.com\/a/);
});
