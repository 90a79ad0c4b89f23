import { expect, test } from 'vitest';
import { parsePastedLines } from './pastedLines.ts';

test('each non-empty line is a task', () => {
  expect(parsePastedLines('Milk\r\n\n  Bread \n')).toEqual(['Milk', 'Bread']);
});

test('list markers are not part of a subject', () => {
  expect(parsePastedLines('- Milk\n* Bread\n• Salt\n1. Tea\n2) Rice\n- [ ] Oil\n[x] Eggs')).toEqual([
    'Milk',
    'Bread',
    'Salt',
    'Tea',
    'Rice',
    'Oil',
    'Eggs',
  ]);
});

test('a single line is kept as it was typed', () => {
  expect(parsePastedLines('- 5 degrees at night')).toEqual(['- 5 degrees at night']);
  expect(parsePastedLines('  ')).toEqual([]);
});

test('text that only resembles a list marker stays', () => {
  expect(parsePastedLines('2.5 kg flour\n-5 degrees')).toEqual(['2.5 kg flour', '-5 degrees']);
});

test('a number that begins a date stays, and so does one that is not of a list', () => {
  const dates = ['24. Dezember Geschenke kaufen', '31. Dezember Sekt kaufen'];
  expect(parsePastedLines(dates.join('\n'))).toEqual(dates);
  expect(parsePastedLines('24. Dezember Baum\n25. Dezember Gans')).toEqual(['24. Dezember Baum', '25. Dezember Gans']);
  expect(parsePastedLines('1. Mai Ausflug\nMilch')).toEqual(['1. Mai Ausflug', 'Milch']);
});
