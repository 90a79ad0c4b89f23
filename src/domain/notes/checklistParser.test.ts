import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseChecklist, checklistProgress } from './checklistParser.ts';
import {
  splitNotes,
  withItemsAdded,
  withItemChecked,
  withItemMoved,
  withNotesReplaced,
  withItemRemoved,
  withItemText,
} from './checklistEdit.ts';
import type { TaskBody } from '../task/task.ts';

const text = (content: string): TaskBody => ({ contentType: 'text', content });
const html = (content: string): TaskBody => ({ contentType: 'html', content });
const words = (body: TaskBody) => parseChecklist(body).map((line) => `${line.isDone ? '+' : '-'}${line.text}`);

describe('reading', () => {
  test.each([
    [
      'text',
      text('Shop\n☐ Milk\r\n  ☑ Eggs\r☐\n☐ no\u00a0break\n\n☐x ☐ inside'),
      ['-Milk', '+Eggs', '-', '-no\u00a0break'],
    ],
    [
      'list',
      html('<p>Shop</p><ul><li>☐ Milk</li><li class="a">☑ <b>Eggs</b> &amp; ham</li></ul>'),
      ['-Milk', '+Eggs & ham'],
    ],
    [
      'Outlook',
      html(
        '<html><head><title>☐ no</title><style>p:before{content:"☐ no"}</style></head><body><div class="a">\r\n<p class="MsoNormal"><span lang="EN">☐&nbsp;Milk<o:p></o:p></span></p>\n<p>&#9745; Eggs</p></div></body></html>',
      ),
      ['-Milk', '+Eggs'],
    ],
    ['lines', html('☐ a<br>☑ b<br/>c ☐ d<!-- <br>☐ no -->'), ['-a', '+b']],
    ['items without closing tags', html('<ul><li>☐ a<li>☑ b</ul>'), ['-a', '+b']],
    ['a box in a separate tag', html('<p><span>☐</span> a</p><p><span>☐</span>a</p>'), ['-a', '-a']],
    ['no checklist', html('<p title="☐ no">Nothing</p>'), []],
  ])('%s', (_, body, expected) => {
    expect(words(body)).toEqual(expected);
  });

  test('counts checked and all items', () => {
    expect(checklistProgress(text('☐ a\n☑ b\n☑ c'))).toEqual({ done: 2, total: 3 });
    expect(checklistProgress(text('a'))).toBeNull();
  });

  test('takes linear time on any text', () => {
    for (const piece of ['<a ', '<a "', '<a \'"', '<!--', '☐ <li>', '<style>☐ ', '&#', '<a"<a""']) {
      const body = html(`☐ ${piece.repeat(Math.floor(400_000 / piece.length))}`);
      expect(parseChecklist(body).length).toBeGreaterThanOrEqual(0);
    }
  });
});

describe('changing', () => {
  test('a new line is formatted like the others and placed after them', () => {
    expect(withItemsAdded(text('a\r\n  ☐ b\r\nc'), null, ['x', 'y']).content).toBe('a\r\n  ☐ b\r\n  ☐ x\r\n  ☐ y\r\nc');
    expect(withItemsAdded(text(''), null, ['x']).content).toBe('☐ x');
    expect(withItemsAdded(text('a'), null, ['x\ny']).content).toBe('a\n☐ x y');
    expect(withItemsAdded(html('<p>a</p>'), null, ['<x>']).content).toBe('<p>a</p><ul><li>☐ &lt;x&gt;</li></ul>');
    expect(withItemsAdded(html('<body>a</body></html>\n'), null, ['x']).content).toBe(
      '<body>a<ul><li>☐ x</li></ul></body></html>\n',
    );
    expect(withItemsAdded(html('<ul><li id="a">☐ a</li><li>☐ b</li></ul>'), 0, ['x']).content).toBe(
      '<ul><li id="a">☐ a</li><li>☐ x</li><li>☐ b</li></ul>',
    );
    expect(withItemsAdded(html('☐ a<br>b'), 0, ['x']).content).toBe('☐ a<br>☐ x<br>b');
  });

  test('a line is removed with its line break, and an emptied list with its tags', () => {
    expect(withItemRemoved(text('a\n☐ b\nc'), 0).content).toBe('a\nc');
    expect(withItemRemoved(text('a\r\n☐ b'), 0).content).toBe('a');
    expect(withItemRemoved(html('<p>a</p><ul><li>☐ b</li></ul>'), 0).content).toBe('<p>a</p>');
    expect(withItemRemoved(html('a<br>☐ b<br>c'), 0).content).toBe('a<br>c');
    expect(withItemRemoved(text('☐ b'), 0).content).toBe('');
  });

  test('tags around the text stay', () => {
    expect(withItemText(html('<p><b>☐ a</b> <i>c</i></p>'), 0, 'x & y').content).toBe(
      '<p><b>☐ x &amp; y</b><i></i></p>',
    );
    expect(withItemMoved(html('<ul><li class="1">☐ a</li><li class="2">☑ <b>b</b></li></ul>'), 0, 1).content).toBe(
      '<ul><li class="1">☑ <b>b</b></li><li class="2">☐ a</li></ul>',
    );
    expect(words(withItemMoved(html('<b>☐ a<br>☑ b</b>'), 0, 1))).toEqual(['+b', '-a']);
  });

  test('separates the notes from the checklist after them', () => {
    expect(splitNotes(text('a\n\n☐ b\n☑ c\n'))).toEqual({ notes: 'a\n', between: '\n', list: '☐ b\n☑ c\n' });
    expect(splitNotes(text('a\n☐ b\nc')).list).toBe('');
    expect(splitNotes(html('<p>a</p><ul><li>☐ b</li></ul></body>'))).toEqual({
      notes: '<p>a</p>',
      between: '',
      list: '<ul><li>☐ b</li></ul></body>',
    });
    expect(splitNotes(html('<p>a</p><ul><li>☐ b</li><li>c</li></ul>')).list).toBe('');
    expect(withNotesReplaced(text('☐ b'), 'x')).toBe('x\n☐ b');
    expect(withNotesReplaced(text('a\r\n☐ b'), 'x')).toBe('x\r\n☐ b');
    expect(withNotesReplaced(text('a\n☐ b'), '')).toBe('☐ b');
  });
});

describe('every body', () => {
  const piece = fc.oneof(
    {
      weight: 4,
      arbitrary: fc.constantFrom(
        '☐ ',
        '☑ ',
        '\n',
        '\r\n',
        '<br>',
        '<ul>',
        '</ul>',
        '<li>',
        '</li>',
        '<li class="x">',
        '<p>',
        '</p>',
        '<b>',
        '</b>',
        '&nbsp;',
        '&#9744; ',
        '<!-- ☐ -->',
        '<style>',
        '</style>',
        ' ',
      ),
    },
    { weight: 2, arbitrary: fc.string({ maxLength: 6 }) },
  );
  const content = fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join(''));
  const anyBody = fc.record<TaskBody>({ contentType: fc.constantFrom('text', 'html'), content });
  const withIndex = fc.tuple(anyBody, fc.nat(), fc.nat()).map(([body, a, b]) => {
    const { length } = parseChecklist(body);
    return [body, length === 0 ? 0 : a % length, length === 0 ? 0 : b % length] as const;
  });

  test('checking changes the box and nothing else', () => {
    fc.assert(
      fc.property(withIndex, ([body, index]) => {
        const line = parseChecklist(body)[index];
        fc.pre(line !== undefined);
        const after = withItemChecked(body, index, !line.isDone);
        expect(after.content.slice(0, line.mark.from)).toBe(body.content.slice(0, line.mark.from));
        expect(after.content.slice(line.mark.from + 1)).toBe(body.content.slice(line.mark.to));
        expect(words(after)).toEqual(words(body).with(index, `${line.isDone ? '-' : '+'}${line.text}`));
        const back = withItemChecked(after, index, line.isDone);
        expect(words(back)).toEqual(words(body));
      }),
    );
  });

  test('a new text changes that line alone', () => {
    fc.assert(
      fc.property(withIndex, fc.string(), ([body, index], said) => {
        const line = parseChecklist(body)[index];
        fc.pre(line !== undefined);
        const after = withItemText(body, index, said);
        expect(after.content.startsWith(body.content.slice(0, line.mark.from))).toBe(true);
        expect(after.content.endsWith(body.content.slice(line.line.to))).toBe(true);
        const shown = said === line.text ? line.text : said.replace(/\s+/g, ' ').trim();
        expect(words(after)).toEqual(words(body).with(index, `${line.isDone ? '+' : '-'}${shown}`));
      }),
    );
  });

  test('an added line can be read, and removing it restores the body', () => {
    fc.assert(
      fc.property(withIndex, fc.stringMatching(/^[a-z&<>"]{1,8}$/), ([body, index], said) => {
        fc.pre(parseChecklist(body).length > 0);
        const after = withItemsAdded(body, index, [said]);
        expect(words(after)).toEqual(words(body).toSpliced(index + 1, 0, `-${said}`));
        expect(withItemRemoved(after, index + 1).content).toBe(body.content);
      }),
    );
  });

  test('moving a line and back changes nothing; moving it once changes the order of the texts and nothing else', () => {
    fc.assert(
      fc.property(withIndex, ([body, from, to]) => {
        const before = words(body);
        const moved = withItemMoved(body, from, to);
        const expected = before.length === 0 ? before : before.toSpliced(from, 1).toSpliced(to, 0, before[from] ?? '');
        expect(words(moved)).toEqual(expected);
        expect(words(withItemMoved(moved, to, from))).toEqual(before);
        if (body.contentType === 'text') expect(withItemMoved(moved, to, from).content).toBe(body.content);
      }),
    );
  });

  test('notes and checklist together are the whole body', () => {
    fc.assert(
      fc.property(anyBody, (body) => {
        const { notes, between, list } = splitNotes(body);
        expect(notes + between + list).toBe(body.content);
        expect(withNotesReplaced(body, notes)).toBe(notes === '' ? list : body.content);
      }),
    );
  });
});
