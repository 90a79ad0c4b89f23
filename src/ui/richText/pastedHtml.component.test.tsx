import { expect, test } from 'vitest';
import { cleanPastedHtml } from './pastedHtml.ts';

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
