import fc from 'fast-check';
import { expect, test } from 'vitest';
import { textToHtml, htmlToText } from './htmlText.ts';

test.each([
  ['<p>One</p><p>Two</p>', 'One\n\nTwo'],
  ['<div>One</div><div>Two</div>', 'One\nTwo'],
  ['One<br>Two<br/>Three', 'One\nTwo\nThree'],
  ['<ul><li>Milk</li><li>Bread</li></ul>After', '- Milk\n- Bread\n\nAfter'],
  ['  a  <b>bold</b>\n  word &amp; &lt;tag&gt;&nbsp;&#128512;', 'a bold word & <tag> 😀'],
  ['<head><title>No</title><style>p{}</style></head><body>Yes<script>no()</script></body>', 'Yes'],
  ['<a href="https://example.com/a">here</a>', 'here <https://example.com/a>'],
  ['<a href="https://example.com/a">https://example.com/a</a>', 'https://example.com/a'],
  ['<a href="javascript:x()">here</a>', 'here'],
  ['<pre>a\n  b</pre>', 'a\n  b'],
  ['<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>', 'a\tb\nc'],
  ['<img src=x alt="A cat"> unclosed <b>bold', 'A cat unclosed bold'],
  ['', ''],
  ['1 < 2 and <<< nothing', '1 < 2 and <<< nothing'],
])('%s reads as %j', (html, text) => {
  expect(htmlToText(html)).toBe(text);
});

test('HTML made from a text contains only that text, with its lines', () => {
  expect(textToHtml('1 < 2 & "3"\nNext')).toBe('1 &lt; 2 &amp; &quot;3&quot;<br>\nNext');
});

test('a text converted to HTML and back is the same', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme-ascii', minLength: 1 })), (words) => {
      const text = words.join(' ');
      const withoutExtraSpace = (one: string) => one.replaceAll(/\s+/g, ' ').trim();
      expect(withoutExtraSpace(htmlToText(textToHtml(text)))).toBe(withoutExtraSpace(text));
    }),
  );
});

test('any HTML is converted, in linear time', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (html) => void htmlToText(html)));
  for (const piece of ['<p>word ', '<b>word ', '<a href=x>', '<pre>a ', '</p>', '<script>', '&amp; ', '  ', '<']) {
    htmlToText(piece.repeat(100_000));
  }
});
