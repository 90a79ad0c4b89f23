import { Parser } from 'htmlparser2';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readHtmlEvents } from './htmlEvents.ts';
import { htmlToText } from './htmlText.ts';

function ours(html: string): string[] {
  const events: string[] = [];
  readHtmlEvents(html, {
    open: (name, { href, alt }) => events.push(`<${name} ${href ?? ''} ${alt ?? ''}>`),
    text: (text) => events.push(text),
    close: (name) => events.push(`</${name}>`),
  });
  return events;
}

/** The events of the library's own parser for the same text. */
function theirs(html: string): string[] {
  const events: string[] = [];
  const parser = new Parser({
    onopentag: (name, { href, alt }) => events.push(`<${name} ${href ?? ''} ${alt ?? ''}>`),
    ontext: (text) => events.push(text),
    onclosetag: (name) => events.push(`</${name}>`),
  });
  parser.end(html);
  return events;
}

test("elements open and close as in the library's parser", () => {
  const piece = fc.oneof(
    fc.constantFrom('<p>', '</p>', '<b>', '</b>', '<li>', '<ul>', '</ul>', '<div>', '</div>', '<br>', '</br>', '<hr/>'),
    fc.constantFrom('<a href="x&amp;y" href=z>', '</a>', '<img alt=cat src=x>', '<svg><path/>', '</svg>', '<tr><td>'),
    fc.constantFrom('</x>', '</td>', '<!-- c -->', '<!DOCTYPE html>', '&lt;', '&#128512;', '<script><b></script>'),
    fc.constantFrom('text', ' ', '<', '>', '"', '<pre>', '</pre>', '<h1>', '</h1>', '<dt>', '<dd>'),
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
      const html = pieces.join('');
      expect(ours(html).join('\n')).toBe(theirs(html).join('\n'));
    }),
  );
});

test('text at any depth is read', () => {
  expect(htmlToText(`${'<div>'.repeat(200_000)}deep${'</div>'.repeat(200_000)}`)).toBe('deep');
});

test('a URL is compared with the text of its link up to a length only', () => {
  const long = `mailto:b${'a'.repeat(250_000)}`;
  expect(htmlToText(`<a href="${long}">${'a'.repeat(750_000)}</a>`)).toBe('a'.repeat(750_000));
});

test('a body is read after a head without an end tag', () => {
  expect(htmlToText('<html><head><meta charset="utf-8"><body><p>Hello</p></body></html>')).toBe('Hello');
});
