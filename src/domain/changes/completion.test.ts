import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { applyUpdate, completeTaskRow, nextOccurrenceDay } from './completion.ts';
import { applyPatch, blankTask } from './taskPatch.ts';
import type { EditableTask } from './taskPatch.ts';
import type { RecurrenceRequest, TaskPatch } from '../task/task.ts';
import { dayOf, localOf } from '../time/time.ts';

const eastern = 'America/New_York';
const now = { at: '2026-11-21T12:00:00.000Z', zone: 'UTC' };
const at = (date: string, time = '00:00:00.000') => ({ local: `${date}T${time}`, zone: eastern });
const two = (number: number) => String(number).padStart(2, '0');
const length = (a: string, b: string) => (Date.parse(b) - Date.parse(a)) / 86_400_000;
const today = { local: '2026-11-21T00:00:00.000', zone: 'UTC' };

function made(patch: TaskPatch): EditableTask {
  const result = applyPatch(blankTask({ id: 't', folderId: 'f', owner: null, now: now.at }), patch, now);
  if (!result.ok) throw new Error(result.problem.message);
  return { ...result.task, changeKey: 'k', etag: 'W/"k"' };
}

const weekly = (
  day: 'monday' | 'thursday',
  range: RecurrenceRequest['range'] = { type: 'noEnd' },
): RecurrenceRequest => ({
  pattern: { type: 'weekly', interval: 1, daysOfWeek: [day], firstDayOfWeek: 'sunday' },
  range,
});
const daily = (range: RecurrenceRequest['range']): RecurrenceRequest => ({
  pattern: { type: 'daily', interval: 1 },
  range,
});

test('a single task is completed under its own id', () => {
  const task = made({ subject: 'x', due: at('2026-11-20'), isReminderOn: true });
  expect(completeTaskRow(task, today)).toEqual({
    done: { ...task, status: 'completed', completed: '2026-11-21T00:00:00.000Z', isReminderOn: false },
    next: null,
  });
});

test('completing a completed task changes nothing', () => {
  const { done } = completeTaskRow(made({}), today);
  expect(completeTaskRow(done, { local: '2026-12-01T00:00:00.000', zone: 'UTC' })).toEqual({ done, next: null });
});

describe('a series', () => {
  test('continues under its id; the completed copy is a new single task', () => {
    const task = made({ subject: 'x', start: at('2026-04-30'), due: at('2026-05-02'), recurrence: weekly('thursday') });
    const { done, next } = completeTaskRow(task, today);
    expect(done).toMatchObject({
      id: '',
      etag: '',
      recurrence: null,
      status: 'completed',
      due: task.due,
      subject: 'x',
    });
    expect(next).toMatchObject({ id: 't', status: 'notStarted', completed: null, subject: 'x' });
    expect([next!.start, next!.due].map((instant) => dayOf(instant!, eastern))).toEqual(['2026-05-07', '2026-05-09']);
    expect(next!.recurrence!.range).toEqual({ type: 'noEnd', startDate: '2026-05-07' });
  });

  test.each([
    ['2026-03-02', '2026-03-02T05:00:00.000Z', '2026-03-09T04:00:00.000Z'],
    ['2026-10-26', '2026-10-26T04:00:00.000Z', '2026-11-02T05:00:00.000Z'],
  ])('stays at local midnight when the clocks change after %s', (date, due, nextDue) => {
    const task = made({ due: at(date), recurrence: weekly('monday') });
    expect(task.due).toBe(due);
    expect(completeTaskRow(task, today).next).toMatchObject({ start: null, due: nextDue });
  });

  test('advances by one instance, however long it is overdue', () => {
    const task = made({ due: at('2020-01-02'), recurrence: weekly('thursday') });
    expect(dayOf(completeTaskRow(task, today).next!.due!, eastern)).toBe('2020-01-09');
  });

  test('counts down 4, 3, 2, 1 and ends', () => {
    let task = made({ due: at('2026-01-01'), recurrence: daily({ type: 'numbered', numberOfOccurrences: 4 }) });
    const seen: [string, number][] = [];
    for (;;) {
      const range = task.recurrence!.range;
      seen.push([dayOf(task.due!, eastern), range.type === 'numbered' ? range.numberOfOccurrences : 0]);
      const { done, next } = completeTaskRow(task, today);
      if (next === null) {
        expect(done).toMatchObject({ id: 't', status: 'completed' });
        break;
      }
      task = next;
    }
    expect(seen).toEqual([
      ['2026-01-01', 4],
      ['2026-01-02', 3],
      ['2026-01-03', 2],
      ['2026-01-04', 1],
    ]);
  });

  test('ends at its end date', () => {
    const task = made({ due: at('2026-01-02'), recurrence: daily({ type: 'endDate', endDate: '2026-01-03' }) });
    const { next } = completeTaskRow(task, today);
    expect(completeTaskRow(next!, today).next).toBeNull();
  });

  test('moves the reminder along, at the same time of day, still on', () => {
    const task = made({
      due: at('2026-03-02'),
      reminder: at('2026-03-01', '18:30:00.000'),
      isReminderOn: true,
      recurrence: weekly('monday'),
    });
    const { done, next } = completeTaskRow(task, today);
    expect(done.isReminderOn).toBe(false);
    expect(next!.isReminderOn).toBe(true);
    expect(localOf(next!.reminder!, eastern)).toBe('2026-03-08T18:30:00.000');
  });

  test.each([
    // New York has changed its clock between the two, Paris has not.
    ['of its own zone', 'Europe/Paris', '2026-03-09T08:00:00.000Z'],
    ['of the series where its own zone is unknown', null, '2026-03-09T07:00:00.000Z'],
  ])('keeps the reminder at the time of day %s', (_, reminderZone, reminder) => {
    const series = made({ due: at('2026-03-02'), recurrence: weekly('monday') });
    const task = { ...series, reminder: '2026-03-02T08:00:00.000Z', reminderZone };
    expect(completeTaskRow(task, today).next).toMatchObject({ reminder, reminderZone });
  });

  test('counts its days in the zone of the rule, else of its dates, else of whoever completes it', () => {
    // Sunday evening in New York is Monday in UTC.
    const due = '2026-03-01T23:00:00.000Z';
    const dueAfter = (range: RecurrenceRequest['range'], dateZone: string | null) => {
      const task = made({ due: at('2026-03-01'), recurrence: daily({ ...range, startDate: '2026-03-01' }) });
      return completeTaskRow({ ...task, due, dateZone }, { local: '2026-03-01T00:00:00.000', zone: 'Asia/Tokyo' }).next
        ?.due;
    };
    expect(dueAfter({ type: 'noEnd', zone: 'UTC' }, eastern)).toBe('2026-03-03T00:00:00.000Z');
    expect(dueAfter({ type: 'noEnd' }, 'UTC')).toBe('2026-03-03T00:00:00.000Z');
    expect(dueAfter({ type: 'noEnd' }, null)).toBe('2026-03-02T15:00:00.000Z');
  });

  test('with a due date alone stays without a start, and a start alone lasts one day', () => {
    const dueOnly = made({ due: at('2026-05-04'), recurrence: weekly('monday') });
    expect(completeTaskRow(dueOnly, today).next).toMatchObject({ start: null, due: '2026-05-11T04:00:00.000Z' });
    const startOnly = { ...dueOnly, start: dueOnly.due, due: null };
    expect(completeTaskRow(startOnly, today).next).toMatchObject({
      start: '2026-05-11T04:00:00.000Z',
      due: '2026-05-11T04:00:00.000Z',
    });
  });

  test('without any date goes on from the first day of its rule', () => {
    const series = made({ recurrence: { ...weekly('monday'), range: { type: 'noEnd', startDate: '2026-05-05' } } });
    const { next } = completeTaskRow({ ...series, due: null, dateZone: eastern }, today);
    expect(next).toMatchObject({ start: null, due: '2026-05-18T04:00:00.000Z' });
  });

  test('of one or no remaining instance is completed under its own id', () => {
    for (const numberOfOccurrences of [0, 1]) {
      const series = made({ due: at('2026-05-04'), recurrence: daily({ type: 'noEnd' }) });
      const recurrence = {
        pattern: { type: 'daily', interval: 1 },
        range: { type: 'numbered', startDate: '2026-05-04', numberOfOccurrences },
      } as const;
      expect(completeTaskRow({ ...series, recurrence }, today)).toMatchObject({ done: { id: 't' }, next: null });
    }
  });

  test('is advanced by a PATCH that completes it, with the other values of the PATCH', () => {
    const task = made({ subject: 'x', due: at('2026-05-04'), recurrence: weekly('monday') });
    const result = applyUpdate(task, { status: 'completed', subject: 'y', completed: at('2026-05-04') }, now);
    expect(result).toMatchObject({
      ok: true,
      done: { id: '', subject: 'y', status: 'completed', completed: '2026-05-04T04:00:00.000Z', recurrence: null },
      next: { id: 't', subject: 'y', status: 'notStarted', completed: null, due: '2026-05-11T04:00:00.000Z' },
    });
  });

  test('is not advanced by any other PATCH', () => {
    const task = made({ due: at('2026-05-04'), recurrence: weekly('monday') });
    expect(applyUpdate(task, { subject: 'y' }, now)).toMatchObject({
      ok: true,
      done: { id: 't', subject: 'y' },
      next: null,
    });
    expect(applyUpdate(task, { completed: at('2026-05-04') }, now)).toMatchObject({ ok: false });
  });

  test('keeps its length in days across clock changes', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 28 }),
        fc.integer({ min: 0, max: 9 }),
        (m, d, n) => {
          const start = `2026-${two(m)}-${two(d)}`;
          const due = new Date(Date.UTC(2026, m - 1, d + n)).toISOString().slice(0, 10);
          const task = made({ start: at(start), due: at(due), recurrence: daily({ type: 'noEnd' }) });
          const { next } = completeTaskRow(task, today);
          expect(length(dayOf(next!.start!, eastern), dayOf(next!.due!, eastern))).toBe(n);
          expect(length(start, dayOf(next!.start!, eastern))).toBe(1);
        },
      ),
    );
  });
});

test('the day of the next instance is the one that completing leads to, or none', () => {
  const zone = eastern;
  const on = { local: '2026-05-04T00:00:00.000', zone };
  const series = made({ due: at('2026-05-04'), recurrence: weekly('monday') });
  expect(nextOccurrenceDay(series, on)).toBe('2026-05-11');
  expect(nextOccurrenceDay({ ...series, recurrence: null }, on)).toBeNull();
  expect(nextOccurrenceDay({ ...series, status: 'completed' }, on)).toBeNull();
});
