import { expect, test } from 'vitest';
import { addDays, daysBetween, dayOf } from '../../src/domain/time/time.ts';
import type { Day } from '../../src/domain/time/time.ts';
import { seedPlan } from './seedMailbox.ts';

const today = dayOf('2026-03-18T00:00:00.000Z', 'UTC');
const plan = (day: Day) => seedPlan({ folders: 12, today: day, zone: 'Europe/Paris' });
const rows = (day: Day) => Array.from({ length: 300 }, (_, index) => plan(day).taskAt(index));

test('the mailbox is the same every time', () => {
  expect(rows(today)).toEqual(rows(today));
  expect(plan(today).groups).toEqual(plan(today).groups);
  expect(plan(today).groups.flatMap((group) => group.folders)).toHaveLength(12);
});

test('another day moves the dates along and changes nothing else', () => {
  const later = addDays(today, 40);
  for (const [index, row] of rows(today).entries()) {
    const moved = plan(later).taskAt(index);
    expect([moved.subject, moved.status, moved.categories]).toEqual([row.subject, row.status, row.categories]);
    if (!row.due_at || !moved.due_at) expect(moved.due_at).toBe(row.due_at);
    else expect(daysBetween(dayOf(row.due_at, 'Europe/Paris'), dayOf(moved.due_at, 'Europe/Paris'))).toBe(40);
  }
});
