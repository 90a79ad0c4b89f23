import fc from 'fast-check';
import ICAL from 'ical.js';
import { expect, test } from 'vitest';
import { parameterOf, parseContentLine, parseFileComponents, textOf, textsOf } from './contentLines.ts';
import { printableText } from './printableText.ts';

const texts = fc
  .oneof(fc.string({ unit: 'grapheme' }), fc.stringMatching(/^[\\;,:"n\n ☐]*$/), fc.string())
  .map(printableText);

test('reads what ical.js writes: texts, lists and parameters of any length', () => {
  fc.assert(
    fc.property(texts, fc.array(texts, { minLength: 2, maxLength: 4 }), texts, (text, list, parameter) => {
      const properties = [
        ['summary', { 'x-own': parameter }, 'text', text],
        ['categories', {}, 'text', ...list],
      ];
      const written = ICAL.stringify(['vcalendar', [], [['vtodo', properties, []]]]);
      const parsed = parseFileComponents(written);
      const [summary, categories] = parsed?.components[0]?.components[0]?.properties ?? [];
      expect(parsed?.strays).toEqual([]);
      expect([textOf(summary), textsOf(categories), parameterOf(summary, 'x-own')]).toEqual([text, list, parameter]);
    }),
  );
});

test('any text gives components and stray lines, or is cut off', () => {
  const lines = fc.oneof(
    fc.string(),
    fc.constantFrom('BEGIN:VTODO', 'END:VTODO', 'END:VCALENDAR', 'SUMMARY:a', ' folded', 'NOTE;QUOTED-PRINTABLE:a='),
  );
  fc.assert(
    fc.property(fc.array(lines), (all) => {
      const parsed = parseFileComponents(['BEGIN:VCALENDAR', ...all].join('\n'));
      const isClosed = all.some((line) => line.trim() === 'END:VCALENDAR');
      if (!isClosed) expect(parsed).toBeUndefined();
    }),
  );
});

test.each([
  ['SUMMARY;LANGUAGE=de:Über', { name: 'summary', value: 'Über' }],
  ['item1.TEL;HOME;VOICE:1', { name: 'tel', value: '1' }],
  ['X-A;P="a:b;c":v', { name: 'x-a', value: 'v' }],
  ['ATTENDEE;CN="two', undefined],
  ['SUMMARY', undefined],
  [':v', undefined],
  ['A B:v', undefined],
])('the line %s', (line, expected) => {
  const read = parseContentLine(line, 1);
  if (expected === undefined) expect(read).toBeUndefined();
  else expect(read).toMatchObject(expected);
});
