import { describe, expect, test } from 'vitest';
import { applyPatch, blankTask } from './taskPatch.ts';
import type { EditableTask } from './taskPatch.ts';
import type { RecurrenceRequest, TaskPatch } from '../task/task.ts';

const eastern = 'America/New_York';
const now = { at: '2026-05-04T02:28:00.000Z', zone: 'UTC' };
const at = (date: string, time = '00:00:00.000') => ({ local: `${date}T${time}`, zone: eastern });
/** Midnight in Eastern summer time. */
const stored = (date: string) => `${date}T04:00:00.000Z`;

const fresh = blankTask({ id: 't', folderId: 'f', owner: 'Dana', now: now.at });

function patched(patch: TaskPatch, task: EditableTask = fresh): EditableTask {
  const result = applyPatch(task, patch, now);
  if (!result.ok) throw new Error(result.problem.message);
  return result.task;
}

function problemOf(patch: TaskPatch, task: EditableTask = fresh) {
  const result = applyPatch(task, patch, now);
  return result.ok ? undefined : result.problem.code;
}

describe('start and due of a new task', () => {
  test.each<[string, TaskPatch, string | null, string | null]>([
    ['neither', {}, null, null],
    ['start alone sets due', { start: at('2026-05-10') }, '2026-05-10', '2026-05-10'],
    ['due alone', { due: at('2026-05-10') }, null, '2026-05-10'],
    ['both', { start: at('2026-05-10'), due: at('2026-05-12') }, '2026-05-10', '2026-05-12'],
    [
      'one day, start at a later time',
      { start: at('2026-05-10', '18:00:00'), due: at('2026-05-10', '09:00:00') },
      '2026-05-10',
      '2026-05-10',
    ],
    ['start, due null', { start: at('2026-05-10'), due: null }, null, null],
    ['due null', { due: null }, null, null],
    ['start null, due', { start: null, due: at('2026-05-10') }, null, '2026-05-10'],
    ['start null', { start: null }, null, null],
  ])('%s', (_, patch, start, due) => {
    expect(patched(patch)).toMatchObject({ start: start && stored(start), due: due && stored(due) });
  });

  test('due before start is refused', () => {
    expect(problemOf({ start: at('2026-05-10'), due: at('2026-05-09') })).toBe('dueBeforeStart');
  });

  test('the zone of the write is kept while there is a date', () => {
    expect(patched({ due: at('2026-05-10') }).dateZone).toBe(eastern);
    expect(patched({ due: null }, patched({ due: at('2026-05-10') })).dateZone).toBeNull();
  });

  test('of two zones in one write, the due date’s is kept', () => {
    const inParis = { local: '2026-05-08T00:00:00.000', zone: 'Europe/Paris' };
    const both = patched({ start: inParis, due: at('2026-05-10') });
    expect(both).toMatchObject({
      start: '2026-05-07T22:00:00.000Z',
      due: stored('2026-05-10'),
      dateZone: eastern,
    });
    expect(patched({ start: inParis }, both).dateZone).toBe('Europe/Paris');
    expect(patched({ start: null }, both).dateZone).toBe(eastern);
    expect(patched({ reminder: { ...inParis, zone: 'Asia/Tokyo' } }, both)).toMatchObject({
      dateZone: eastern,
      reminderZone: 'Asia/Tokyo',
    });
  });
});

describe('start and due of a stored task', () => {
  const both = patched({ start: at('2026-05-10'), due: at('2026-05-12') });
  const dueOnly = patched({ due: at('2026-05-12') });

  test.each<[string, EditableTask, TaskPatch, string | null, string | null]>([
    ['neither', both, { subject: 'x' }, '2026-05-10', '2026-05-12'],
    ['start before due keeps due', both, { start: at('2026-05-11') }, '2026-05-11', '2026-05-12'],
    ['start after due moves due', both, { start: at('2026-05-20') }, '2026-05-20', '2026-05-20'],
    ['start without a stored due', fresh, { start: at('2026-05-20') }, '2026-05-20', '2026-05-20'],
    ['due without a stored start', dueOnly, { due: at('2026-05-01') }, null, '2026-05-01'],
    ['due on or after start', both, { due: at('2026-05-10') }, '2026-05-10', '2026-05-10'],
    ['both', both, { start: at('2026-06-01'), due: at('2026-06-02') }, '2026-06-01', '2026-06-02'],
    ['due null clears start', both, { due: null }, null, null],
    ['due null clears a new start, too', both, { start: at('2026-05-11'), due: null }, null, null],
    ['start null keeps due', both, { start: null }, null, '2026-05-12'],
    ['start null and due', both, { start: null, due: at('2026-05-01') }, null, '2026-05-01'],
  ])('%s', (_, task, patch, start, due) => {
    expect(patched(patch, task)).toMatchObject({ start: start && stored(start), due: due && stored(due) });
  });

  test.each<[string, TaskPatch]>([
    ['due before the stored start', { due: at('2026-05-09') }],
    ['a new start after a new due', { start: at('2026-06-02'), due: at('2026-06-01') }],
  ])('%s is refused', (_, patch) => {
    expect(problemOf(patch, both)).toBe('dueBeforeStart');
  });

  test('a task stored with a start after its due date can still be renamed', () => {
    const broken = { ...both, due: stored('2026-05-01') };
    expect(patched({ subject: 'still here' }, broken)).toMatchObject({ subject: 'still here', due: broken.due });
  });
});

describe('reminder', () => {
  test('without a time has no zone', () => {
    const reminded = patched({ reminder: at('2026-05-10', '09:30:00.000') });
    expect(patched({ reminder: null }, reminded)).toMatchObject({ reminder: null, reminderZone: null });
    expect(patched({ subject: 'x' }, reminded)).toMatchObject({
      reminder: '2026-05-10T13:30:00.000Z',
      reminderZone: eastern,
    });
  });

  test('keeps its time of day and its zone', () => {
    expect(patched({ reminder: at('2026-05-10', '09:30:00.000') })).toMatchObject({
      reminder: '2026-05-10T13:30:00.000Z',
      reminderZone: eastern,
      isReminderOn: false,
    });
  });

  test('may be switched on without a date', () => {
    expect(patched({ isReminderOn: true, status: 'notStarted' })).toMatchObject({ isReminderOn: true, reminder: null });
  });

  test('is switched off by completing, and its time is kept', () => {
    const reminded = patched({ reminder: at('2026-05-10', '09:30:00.000'), isReminderOn: true });
    expect(patched({ status: 'completed' }, reminded)).toMatchObject({
      isReminderOn: false,
      reminder: '2026-05-10T13:30:00.000Z',
    });
  });
});

describe('status and completion', () => {
  const done = patched({ status: 'completed' });

  test('the completion date is today, as midnight in the requested zone', () => {
    expect(done.completed).toBe('2026-05-04T00:00:00.000Z');
    const pacific = applyPatch(fresh, { status: 'completed' }, { ...now, zone: 'America/Los_Angeles' });
    expect(pacific).toMatchObject({ ok: true, task: { completed: '2026-05-03T07:00:00.000Z' } });
  });

  test('a completion date may be given; its time of day is dropped', () => {
    expect(patched({ status: 'completed', completed: at('2026-05-01', '15:00:00') }).completed).toBe(
      stored('2026-05-01'),
    );
    expect(patched({ completed: at('2026-05-02') }, done).completed).toBe(stored('2026-05-02'));
  });

  test('a completion date may be now exactly', () => {
    const midnight = { at: stored('2026-05-04'), zone: eastern };
    const completed = applyPatch(fresh, { status: 'completed', completed: at('2026-05-04') }, midnight);
    expect(completed).toMatchObject({ ok: true, task: { completed: midnight.at } });
    const justBefore = { ...midnight, at: '2026-05-04T03:59:59.999Z' };
    expect(applyPatch(fresh, { status: 'completed', completed: at('2026-05-04') }, justBefore)).toMatchObject({
      ok: false,
      problem: { code: 'completedInFuture' },
    });
  });

  test('completing again keeps the completion date', () => {
    const later = applyPatch(done, { status: 'completed' }, { at: '2026-06-01T00:00:00.000Z', zone: 'UTC' });
    expect(later).toMatchObject({ ok: true, task: { completed: done.completed } });
    expect(patched({ completed: null }, done).completed).toBe(done.completed);
  });

  test('leaving Completed clears the completion date', () => {
    expect(patched({ status: 'inProgress' }, done)).toMatchObject({ status: 'inProgress', completed: null });
    expect(patched({ status: 'notStarted', completed: null }, done).completed).toBeNull();
  });

  test.each<[string, TaskPatch, string]>([
    ['a completion date without the status', { completed: at('2026-05-01') }, 'completedWithoutStatus'],
    [
      'a completion date with another status',
      { status: 'deferred', completed: at('2026-05-01') },
      'completedWithoutStatus',
    ],
    ['a completion date in the future', { status: 'completed', completed: at('2026-05-05') }, 'completedInFuture'],
  ])('%s is refused', (_, patch, code) => {
    expect(problemOf(patch)).toBe(code);
  });
});

describe('recurrence', () => {
  const mondays: RecurrenceRequest = {
    pattern: { type: 'weekly', interval: 1, daysOfWeek: ['monday'], firstDayOfWeek: 'sunday' },
    range: { type: 'noEnd', zone: 'Eastern Standard Time' },
  };

  test('without a start date begins at the start of the task, else at its due date', () => {
    const dates = { start: at('2026-05-04'), due: at('2026-05-06') };
    expect(patched({ recurrence: mondays, ...dates }).recurrence?.range.startDate).toBe('2026-05-04');
    expect(patched({ recurrence: mondays, due: at('2026-05-06') }).recurrence?.range.startDate).toBe('2026-05-06');
  });

  test('sets its first day as due date of a task without dates', () => {
    const request = { ...mondays, range: { ...mondays.range, startDate: '2026-05-05' } };
    expect(patched({ recurrence: request })).toMatchObject({
      start: null,
      due: stored('2026-05-11'),
      dateZone: eastern,
    });
  });

  test('null makes the task a single one', () => {
    const series = patched({ recurrence: mondays, due: at('2026-05-04') });
    expect(patched({ recurrence: null }, series)).toMatchObject({ recurrence: null, due: stored('2026-05-04') });
  });

  test.each<[string, RecurrenceRequest, string]>([
    ['no start date in task and rule', mondays, 'recurrenceWithoutDate'],
    [
      'an interval too large',
      { pattern: { type: 'daily', interval: 1000 }, range: { type: 'noEnd', startDate: '2026-01-01' } },
      'recurrenceOutOfRange',
    ],
    [
      'no date in range',
      { ...mondays, range: { type: 'endDate', startDate: '2026-05-05', endDate: '2026-05-10' } },
      'recurrenceEmpty',
    ],
  ])('%s is refused', (_, recurrence, code) => {
    expect(problemOf({ recurrence })).toBe(code);
  });
});

test('a patch leaves every field that it does not name', () => {
  const task = patched({ subject: 'a', importance: 'high', categories: ['c'], due: at('2026-05-10') });
  expect(patched({}, task)).toEqual(task);
});
