import { expect, it } from 'vitest';
import { buildListing } from '../../../domain/listing/listing.ts';
import type { Task } from '../../../domain/task/task.ts';
import { addDays, atMidnight, toDay } from '../../../domain/time/time.ts';
import { taskFixture } from '../fixtures/taskFixtures.ts';
import { planQueue } from './planQueue.ts';

const today = toDay('2026-03-25');
const zone = 'Europe/Paris';
const due = (days: number) => atMidnight(addDays(today, days), zone);
const list = (view: 'overdue' | 'upcoming', tasks: readonly Task[]) =>
  buildListing(tasks, { order: 'due', today, zone, view, weekStart: 'monday' });

it('takes what is overdue, the oldest first, then seven days, and nothing of today or later', () => {
  const at = (...days: readonly number[]) => days.map((away) => taskFixture(`${away}`, { due: due(away) }));
  const queue = planQueue(list('overdue', at(-1, -30)), list('upcoming', at(8, 7, 1, 20, 100)), today);
  expect(queue.map(({ id }) => id)).toEqual(['-30', '-1', '1', '7']);
});

it('is empty where nothing is due', () => {
  expect(planQueue(list('overdue', []), list('upcoming', []), today)).toEqual([]);
});
