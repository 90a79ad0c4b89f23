import { describe, expect, test } from 'vitest';
import { isWithinBudget, textParagraphs } from './htmlBudget.ts';
import { htmlTokens, plainTextOf } from './htmlTokens.ts';

const mail = `<html><head><style>p{}</style></head><body>${'<p style="a"><b>Dear</b> <span>reader</span>,<br></p>'.repeat(2_000)}</body></html>`;

describe('the parsing budget of untrusted HTML', () => {
  test.each([
    ['a long mail', mail],
    ['a table of a thousand rows', `<table>${'<tr><td>a</td><td><b>b</b></td></tr>'.repeat(1_000)}</table>`],
    ['omitted end tags', `<ul>${'<li>item'.repeat(5_000)}</ul>`],
    ['nothing', ''],
  ])('%s is within the budget', (_, html) => {
    expect(isWithinBudget(html)).toBe(true);
  });

  test.each([
    ['unmatched end tags in deep nesting', '<b>'.repeat(9_900) + '</x>'.repeat(50_000)],
    ['formatting that every block reopens', '<font>'.repeat(2_000) + '<p>x'.repeat(2_000)],
    ['too many tags', '<i></i>'.repeat(60_000)],
    ['too much text', 'x'.repeat(500_001)],
  ])('%s is beyond the budget', (_, html) => {
    expect(isWithinBudget(html)).toBe(false);
  });
});

test('HTML beyond it is shown as its text, line by line', () => {
  const html = '<style>p{}</style><h1>A &amp; B</h1><p>one<br>two</p><!-- c --><script>x()</script><div>1 &lt; 2</div>';
  expect(plainTextOf(html)).toBe('A & B\n\none\ntwo\n\n1 < 2');
  expect(textParagraphs(html)).toBe('<p>A &amp; B</p><p><br></p><p>one</p><p>two</p><p><br></p><p>1 &lt; 2</p>');
});

test('tokens cover the whole text in order; anything that is no tag is text', () => {
  for (const html of ['a<b c="<d>">e</b>', '<aaaa', '<a "', '< <!-- x', '<!DOCTYPE html><p>x', '<a"x>y">z', '<>', '']) {
    const tokens = [...htmlTokens(html)];
    expect(tokens.map(({ from, to }) => html.slice(from, to)).join('')).toBe(html);
  }
  expect([...htmlTokens('<P\tid=1>x</P >')].map(({ kind, name, isClosing }) => [kind, name, isClosing])).toEqual([
    ['tag', 'p', false],
    ['text', '', false],
    ['tag', 'p', true],
  ]);
});

test('embedded images do not count, because each is one attribute', () => {
  const picture = `<p>Hi</p><img src="data:image/png;base64,${'A'.repeat(700_000)}">`;
  expect(isWithinBudget(picture)).toBe(true);
  expect(isWithinBudget(`<p>${'A '.repeat(300_000)}</p>`)).toBe(false);
});
