import { useCallback } from 'react';
import type { Task } from '../../domain/task/task.ts';
import { addMs, atMidnight, dayOf } from '../../domain/time/time.ts';
import type { Day } from '../../domain/time/time.ts';
import { useSyncEngine } from '../dataProvider.tsx';
import { useToday } from '../account/useTimeZone.ts';

/** How many open tasks are due on each of some days; days with none are left out. */
export type DueCounts = ReadonlyMap<Day, number>;

const halfDay = 43_200_000;

/** Counts the open tasks that are due from `first` to `last`, both included, as days of the zone. */
export function countDueTasks(
  tasks: Iterable<Task>,
  { first, last, zone }: { first: Day; last: Day; zone: string },
): DueCounts {
  // Instants are compared as text first: converting each to a day is slow.
  const from = addMs(atMidnight(first, zone), -halfDay);
  const until = addMs(atMidnight(last, zone), halfDay);
  const load = new Map<Day, number>();
  for (const { due, status } of tasks) {
    if (due === null || status === 'completed' || due < from || due > until) continue;
    const day = dayOf(due, zone);
    if (day >= first && day <= last) load.set(day, (load.get(day) ?? 0) + 1);
  }
  return load;
}

/** Counts due tasks of the own mailbox once; not a live count. */
export function useDueCounts(): (first: Day, last: Day) => DueCounts {
  const { views } = useSyncEngine();
  const { zone } = useToday();
  return useCallback(
    (first, last) => {
      const tasks: Task[] = [];
      // The first call delivers all rows.
      const stop = views.followRows((moves) => tasks.push(...moves.flatMap(({ after }) => after ?? [])));
      stop();
      return countDueTasks(tasks, { first, last, zone });
    },
    [views, zone],
  );
}
