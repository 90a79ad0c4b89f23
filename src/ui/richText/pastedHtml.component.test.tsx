import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  isPlainDocument,
  parseEditorHtml,
  parseEditorText,
  serializeEditorHtml,
  serializeEditorText,
} from './htmlConversion.ts';
import { cleanPastedHtml, readPastedHtml } from './pastedHtml.ts';

/** A list item as Word writes it. */
const item = (level: number, mark: string, text: string) =>
  `<p class=MsoListParagraph style='mso-list:l0 level${level} lfo1'><span style='mso-list:Ignore'>${mark}</span>${text}</p>`;
const list = (...levels: readonly number[]) => levels.map((level, at) => item(level, '·', `${at}`)).join('');

test.each([
  ['one level', [1, 1], '<ul><li>0</li><li>1</li></ul>'],
  ['one level back', [1, 2, 1], '<ul><li>0<ul><li>1</li></ul></li><li>2</li></ul>'],
  ['two levels back at once', [1, 2, 3, 1], '<ul><li>0<ul><li>1<ul><li>2</li></ul></li></ul></li><li>3</li></ul>'],
  ['a level that is left out', [1, 3, 2], '<ul><li>0<ul><li>1</li></ul><ul><li>2</li></ul></li></ul>'],
  ['a first item that is deep', [2, 1], '<ul><li>0</li></ul><ul><li>1</li></ul>'],
])('a Word list with %s', (_, levels, html) => {
  expect(cleanPastedHtml(list(...levels)).replaceAll(/<\/?div>|\s+/g, '')).toBe(html);
});

test('numbers and letters make a numbered list, bullets do not; text between lists divides them', () => {
  const html = `${item(1, '1.', 'a')}${item(1, 'b)', 'b')}<p>between</p>${item(1, 'o', 'c')}`;
  expect(cleanPastedHtml(html).replaceAll(/<\/?div>|\s+/g, '')).toBe(
    '<ol><li>a</li><li>b</li></ol><p>between</p><ul><li>c</li></ul>',
  );
});

/** What notes contain after a paste. */
const pasted = (html: string) => serializeEditorHtml(parseEditorHtml(cleanPastedHtml(html)));

test.each([
  [
    'Word: a table',
    "<table class=MsoTableGrid style='border:none'><tr><td style='width:10pt'><p class=MsoNormal>A1<o:p></o:p></p></td><td><p class=MsoNormal><b>B1</b></p></td></tr><tr><td><p>A2</p></td><td></td></tr></table>",
    '<p>A1 | <b>B1</b></p><p>A2</p>',
  ],
  [
    'Excel: cells with numbers',
    '<table><col width=64><tr height=20><th>A</th><td align=right>1</td></tr><tr><td>B</td><td>2</td></tr></table>',
    '<p><b>A</b> | 1</p><p>B | 2</p>',
  ],
  [
    'Outlook: a table around a mail, and cells of several lines',
    '<table><tr><td><div><p>Hello</p><p>you</p></div></td></tr><tr><td>a<br>b</td><td><ul><li>c</li></ul></td></tr></table>',
    '<p>Hello</p><p>you</p><p>a<br>b</p><ul><li>c</li></ul>',
  ],
  [
    'Google Docs: a b around everything, styles as formatting',
    '<b style="font-weight:normal" id="docs-internal-guid-1"><p><span style="font-weight:700">bold</span> <span style="font-style:italic">slanted</span> <span style="text-decoration:line-through">gone</span></p><ul><li style="list-style-type:disc"><p>one</p></li></ul></b>',
    '<p><b>bold</b> <i>slanted</i> <s>gone</s></p><ul><li>one</li></ul>',
  ],
  [
    'the web: links, hidden text, pictures',
    '<p>See <a href="https://example.com/a" style="text-decoration:underline" onclick="x()">this</a><a href="javascript:x()">that</a><span style="display:none">hidden</span></p><img src="https://example.com/p.png" alt="Plan"><img src="https://example.com/t.gif" width=1 height=1>',
    '<p>See <a href="https://example.com/a">this</a>that</p><p><a href="https://example.com/p.png">Plan</a></p>',
  ],
])('%s', (_, html, notes) => {
  expect(pasted(html)).toBe(notes);
});

test('pictures of a paste are handed over, or counted where a page cannot read them', () => {
  const html = '<p>a<img src="data:image/png;base64,AAAA"><img src="file:///C:/Temp/1.png"><img src="cid:1"></p>';
  expect(readPastedHtml(html)).toMatchObject({ images: ['data:image/png;base64,AAAA'], missingImages: 2 });
});

test('nothing pasted is left with a style, a handler or a style sheet', () => {
  const html =
    '<style>p{color:red}</style><base href="https://evil.example/"><p style="color:red" onclick="x()" class=a id=b>a<b STYLE=color:red>b</b></p>';
  expect(cleanPastedHtml(html)).toBe('<p>a<b>b</b></p>');
});

test('every text comes back from its document', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme' })), fc.constantFrom('\n', '\r\n', '\r'), (words, lineBreak) => {
      const text = words.map((line) => line.replaceAll(/[\r\n]/g, ' ')).join(lineBreak);
      const doc = parseEditorText(text);
      expect(isPlainDocument(doc)).toBe(true);
      expect(serializeEditorText(doc, lineBreak)).toBe(text);
    }),
  );
});
