import { limits } from '../../domain/limits.ts';
import { categoryKey } from '../../domain/task/category.ts';
import type { Task } from '../../domain/task/task.ts';

/** Whether a category is on all of the tasks, on some, or on none. */
export type CategorySelection = { name: string; on: 'all' | 'some' | 'none' };

/** Every known category and every category on the tasks, sorted by name. Names that differ in letter case are one. */
export function categorySelections(
  tasks: readonly Task[],
  known: readonly string[],
  locale: string,
): readonly CategorySelection[] {
  const names = new Map<string, { name: string; count: number }>();
  for (const name of known) names.set(categoryKey(name), { name, count: 0 });
  for (const task of tasks) {
    for (const [key, name] of new Map(task.categories.map((one) => [categoryKey(one), one]))) {
      const seen = names.get(key) ?? { name, count: 0 };
      names.set(key, { ...seen, count: seen.count + 1 });
    }
  }
  const { compare } = new Intl.Collator(locale, { numeric: true, sensitivity: 'base' });
  return [...names.values()]
    .toSorted((a, b) => compare(a.name, b.name))
    .map(({ name, count }) => ({ name, on: count === 0 ? 'none' : count === tasks.length ? 'all' : 'some' }));
}

export type CategoryChoice = { add: readonly string[]; remove: readonly string[] };

/** The task's categories after the choice, in their present order; null where nothing changes. */
export function applyCategoryChoice(task: Task, { add, remove }: CategoryChoice): readonly string[] | null {
  const removed = new Set(remove.map(categoryKey));
  const own = new Set(task.categories.map(categoryKey));
  const after = [
    ...task.categories.filter((name) => !removed.has(categoryKey(name))),
    ...add.filter((name) => !own.has(categoryKey(name))),
  ];
  // One that has as many as it may keeps what it has.
  if (after.length > Math.max(limits.categories, task.categories.length)) return null;
  return after.length === task.categories.length && add.every((name) => own.has(categoryKey(name))) ? null : after;
}
