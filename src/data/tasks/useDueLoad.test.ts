import { expect, test } from 'vitest';
import { blankTask } from '../../domain/changes/taskPatch.ts';
import type { Task } from '../../domain/task/task.ts';
import { atMidnight, toDay } from '../../domain/time/time.ts';
import { countDueTasks } from './useDueLoad.ts';

const due = (day: string, zone: string, more: Partial<Task> = {}): Task => ({
  ...blankTask({ id: day, folderId: 'f', owner: null, now: '2026-03-01T00:00:00.000Z' }),
  due: atMidnight(toDay(day), zone),
  ...more,
});

test.each(['Europe/Paris', 'Pacific/Kiritimati', 'America/Los_Angeles', 'Africa/Cairo'])(
  'counts the open tasks of each day, both ends included, in %s',
  (zone) => {
    const tasks = [
      due('2026-03-22', zone),
      due('2026-03-23', zone),
      due('2026-03-23', zone),
      due('2026-03-29', zone),
      due('2026-03-29', zone, { status: 'completed' }),
      due('2026-03-30', zone),
      due('2026-03-25', zone, { due: null }),
    ];
    const load = countDueTasks(tasks, { first: toDay('2026-03-23'), last: toDay('2026-03-29'), zone });
    expect([...load]).toEqual([
      ['2026-03-23', 2],
      ['2026-03-29', 1],
    ]);
  },
);
