import { describe, expect, it } from 'vitest';
import { blankTask } from '../../domain/changes/taskPatch.ts';
import type { Task } from '../../domain/task/task.ts';
import { atMidnight, dayOf, toDay } from '../../domain/time/time.ts';
import { applyCategoryChoice, categorySelections } from './categorySelection.ts';
import { datePatch, postponePatch } from '../../domain/changes/datePatch.ts';
import { filterFolders } from './filterFolders.ts';

const zone = 'Europe/Paris';
function taskWith(parts: Partial<Task>): Task {
  return { ...blankTask({ id: 't', folderId: 'f', owner: null, now: '2026-03-18T09:00:00.000Z' }), ...parts };
}
const dated = (start: string | null, due: string | null) =>
  taskWith({
    start: start === null ? null : atMidnight(toDay(start), zone),
    due: due === null ? null : atMidnight(toDay(due), zone),
  });

describe('one due date for several tasks', () => {
  const patched = (task: Task, to: string | null, field: 'start' | 'due' = 'due') => {
    const edit = datePatch(task, { field, day: to === null ? null : toDay(to) }, zone);
    const local = (value: { local: string } | null | undefined) =>
      value === undefined ? 'unchanged' : (value?.local.slice(0, 10) ?? null);
    return edit && { start: local(edit.patch.start), due: local(edit.patch.due), movesOther: edit.movesOther };
  };

  it.each([
    ['no start', dated(null, '2026-03-20'), '2026-03-25', { start: 'unchanged', due: '2026-03-25', movesOther: false }],
    [
      'a start before it',
      dated('2026-03-19', '2026-03-20'),
      '2026-03-25',
      { start: 'unchanged', due: '2026-03-25', movesOther: false },
    ],
    [
      'a start after it moves too',
      dated('2026-03-28', '2026-03-30'),
      '2026-03-25',
      { start: '2026-03-23', due: '2026-03-25', movesOther: true },
    ],
    [
      'no due date clears the start',
      dated('2026-03-19', '2026-03-20'),
      null,
      { start: null, due: null, movesOther: true },
    ],
  ])('%s', (_name, task, to, after) => {
    expect(patched(task, to)).toEqual(after);
  });

  it('a start moves a due date that is missing or earlier', () => {
    const after = { start: '2026-03-25', due: '2026-03-25', movesOther: true };
    expect(patched(dated(null, null), '2026-03-25', 'start')).toEqual(after);
    expect(patched(dated(null, '2026-03-20'), '2026-03-25', 'start')).toEqual(after);
    expect(patched(dated('2026-03-20', '2026-03-22'), '2026-03-25', 'start')).toEqual({ ...after, due: '2026-03-27' });
  });

  it('postponing by a week moves both days, across a change of daylight saving too', () => {
    const local = (task: Task) => {
      const patch = postponePatch(task, 7, zone);
      return patch && [patch.start?.local.slice(0, 10), patch.due?.local.slice(0, 10)];
    };
    expect(local(dated('2026-03-25', '2026-03-27'))).toEqual(['2026-04-01', '2026-04-03']);
    expect(local(dated(null, '2026-03-27'))).toEqual([undefined, '2026-04-03']);
    expect(local(dated(null, null))).toBeNull();
  });

  it('returns null where the day is the same', () => {
    const task = dated(null, '2026-03-20');
    expect(dayOf(task.due ?? '', zone)).toBe('2026-03-20');
    expect(patched(task, '2026-03-20')).toBeNull();
  });
});

describe('categories of several tasks', () => {
  const tasks = [
    taskWith({ categories: ['Home', 'calls'] }),
    taskWith({ categories: ['HOME'] }),
    taskWith({ categories: ['home', 'Home'] }),
  ];

  it('tells whether each is on all, on some or on none', () => {
    expect(categorySelections(tasks, ['Home', 'Garden'], 'en')).toEqual([
      { name: 'calls', on: 'some' },
      { name: 'Garden', on: 'none' },
      { name: 'Home', on: 'all' },
    ]);
  });

  it('adds and removes by name without regard to case, and keeps the order of the rest', () => {
    const task = taskWith({ categories: ['b', 'A', 'c'] });
    expect(applyCategoryChoice(task, { add: ['d', 'B'], remove: ['a'] })).toEqual(['b', 'c', 'd']);
    expect(applyCategoryChoice(task, { add: ['a'], remove: ['x'] })).toBeNull();
    expect(applyCategoryChoice(task, { add: ['x'], remove: ['c'] })).toEqual(['b', 'A', 'x']);
  });
});

describe('filtering folders', () => {
  const folder = (id: string, name: string) => ({ id, name, isDefault: false });
  const groups = [
    { key: 'house', name: 'House', folders: [folder('1', 'Renovation'), folder('2', 'Gärten')] },
    { key: 'work', name: 'Work', folders: [folder('3', 'Accounts')] },
  ];
  const found = (typed: string, without?: string) =>
    filterFolders(groups, typed, { without }).flatMap(({ folders }) => folders.map(({ name }) => name));

  it.each([
    ['', ['Renovation', 'Gärten', 'Accounts']],
    ['nov', ['Renovation']],
    ['GART', ['Gärten']],
    ['work', ['Accounts']],
    ['zebra', []],
  ])('“%s”', (typed, names) => {
    expect(found(typed)).toEqual(names);
  });

  it('lists folders with that name before those of a group with that name', () => {
    const all = [
      { key: 'garden', name: 'Garden', folders: [folder('4', 'Tools')] },
      { key: 'house', name: 'House', folders: [folder('5', 'Winter garden'), folder('6', 'Garden plan')] },
    ];
    const names = filterFolders(all, 'garden', { without: undefined }).flatMap(({ folders }) => folders);
    expect(names.map(({ name }) => name)).toEqual(['Garden plan', 'Winter garden', 'Tools']);
  });

  it('lists recent folders first, each once, while nothing is typed', () => {
    const options = { without: '1', recent: ['3', '1', 'gone'], recentName: 'Recent' };
    const all = filterFolders(groups, '', options);
    expect(all.map(({ name, folders }) => [name, folders.map(({ id }) => id)])).toEqual([
      ['Recent', ['3']],
      ['House', ['2']],
    ]);
  });

  it('leaves out the folder of the tasks', () => {
    expect(found('', '3')).toEqual(['Renovation', 'Gärten']);
  });
});
