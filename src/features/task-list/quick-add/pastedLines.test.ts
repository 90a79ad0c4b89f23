import { expect, test } from 'vitest';
import { linesOf } from './pastedLines.ts';

test('each line with words is a task', () => {
  expect(linesOf('Milk\r\n\n  Bread \n')).toEqual(['Milk', 'Bread']);
});

test('signs of a list are not part of a task', () => {
  expect(linesOf('- Milk\n* Bread\n• Salt\n1. Tea\n2) Rice\n- [ ] Oil\n[x] Eggs')).toEqual([
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
  expect(linesOf('- 5 degrees at night')).toEqual(['- 5 degrees at night']);
  expect(linesOf('  ')).toEqual([]);
});

test('words that only look like signs stay', () => {
  expect(linesOf('2.5 kg flour\n-5 degrees')).toEqual(['2.5 kg flour', '-5 degrees']);
});
