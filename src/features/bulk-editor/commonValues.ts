import { categoryKey } from '../../domain/task/category.ts';
import type { Task } from '../../domain/task/task.ts';
import { dayOf } from '../../domain/time/time.ts';
import type { Day, Instant } from '../../domain/time/time.ts';

/** The value of all tasks; undefined where they differ. */
export function commonValue<T>(tasks: readonly Task[], valueOf: (task: Task) => T): T | undefined {
  const [first, ...others] = new Set(tasks.map(valueOf));
  return others.length === 0 ? first : undefined;
}

/** The days of several tasks: the common one (null where none has a day), how many have one, and the range. */
export type CommonDay = { day: Day | null | undefined; count: number; first: Day | null; last: Day | null };

export function commonDay(tasks: readonly Task[], instantOf: (task: Task) => Instant | null, zone: string): CommonDay {
  const all = tasks.map((task) => {
    const instant = instantOf(task);
    return instant === null ? null : dayOf(instant, zone);
  });
  const set = all.filter((day) => day !== null).toSorted();
  const [one, ...others] = new Set(all);
  return {
    day: others.length === 0 ? one : undefined,
    count: set.length,
    first: set[0] ?? null,
    last: set.at(-1) ?? null,
  };
}

/** Every category on the tasks without regard to case, with its number of tasks, the most frequent first. */
export function countCategories(tasks: readonly Task[]): readonly { name: string; count: number }[] {
  const found = new Map<string, { name: string; count: number }>();
  for (const { categories } of tasks) {
    for (const [key, name] of new Map(categories.map((one) => [categoryKey(one), one]))) {
      found.set(key, { name: found.get(key)?.name ?? name, count: (found.get(key)?.count ?? 0) + 1 });
    }
  }
  return [...found.values()].toSorted((a, b) => b.count - a.count);
}
