import { expect, test } from 'vitest';
import { categoryOptions } from './categoryOptions.ts';

const all = [
  { id: '1', name: 'Garden', colour: 'preset4' },
  { id: '2', name: 'Work', colour: 'preset7' },
] as const;
const chosen = [
  { name: 'work', colour: 'preset7' },
  { name: 'Guests', colour: 'preset0' },
] as const;

test('offers every category, with those of the task switched on', () => {
  expect(categoryOptions({ all, chosen, filter: ' ' })).toEqual([
    { kind: 'toggle', name: 'Garden', colour: 'preset4', isOn: false },
    { kind: 'toggle', name: 'Work', colour: 'preset7', isOn: true },
    { kind: 'toggle', name: 'Guests', colour: 'preset0', isOn: true },
  ]);
});

test('offers what contains the text, and to create what does not exist', () => {
  const names = (filter: string) => categoryOptions({ all, chosen, filter }).map(({ kind, name }) => [kind, name]);
  expect(names('G')).toEqual([
    ['toggle', 'Garden'],
    ['toggle', 'Guests'],
    ['create', 'G'],
  ]);
  expect(names(' WORK ')).toEqual([['toggle', 'Work']]);
  expect(names('Zoo')).toEqual([['create', 'Zoo']]);
});
