import { describe, expect, it } from 'vitest';
import { blankTask } from '../../domain/changes/taskPatch.ts';
import type { Task } from '../../domain/task/task.ts';
import { atMidnight, toDay } from '../../domain/time/time.ts';
import { countCategories, commonValue, commonDay } from './commonValues.ts';

const zone = 'Europe/Paris';
const taskWith = (parts: Partial<Task>): Task => ({
  ...blankTask({ id: 't', folderId: 'f', owner: null, now: '2026-03-18T09:00:00.000Z' }),
  ...parts,
});
const due = (day: string | null) => taskWith({ due: day === null ? null : atMidnight(toDay(day), zone) });
const dueOf = (days: readonly (string | null)[]) => commonDay(days.map(due), (task) => task.due, zone);

describe('common values of several tasks', () => {
  it('is the value of all tasks, or undefined where they differ', () => {
    const [high, low] = [taskWith({ importance: 'high' }), taskWith({ importance: 'low' })];
    expect(commonValue([high, high], (task) => task.importance)).toBe('high');
    expect(commonValue([high, low], (task) => task.importance)).toBeUndefined();
  });

  it.each([
    [['2026-03-30', '2026-03-30'], { day: '2026-03-30', count: 2, first: '2026-03-30', last: '2026-03-30' }],
    [['2026-04-02', '2026-03-28'], { day: undefined, count: 2, first: '2026-03-28', last: '2026-04-02' }],
    [['2026-04-02', null], { day: undefined, count: 1, first: '2026-04-02', last: '2026-04-02' }],
    [[null, null], { day: null, count: 0, first: null, last: null }],
  ])('days %j', (days, shared) => {
    expect(dueOf(days)).toEqual(shared);
  });

  it('counts a category once for each task, without regard to case', () => {
    const tasks = [['Kitchen', 'kitchen'], ['KITCHEN', 'Budget'], []].map((categories) => taskWith({ categories }));
    expect(countCategories(tasks)).toEqual([
      { name: 'kitchen', count: 2 },
      { name: 'Budget', count: 1 },
    ]);
  });
});
