import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emptyListing, isInView, buildListing, applyRowChanges, sortOrders } from './listing.ts';
import type { ListingOptions, RowChange, TaskIndex } from './listing.ts';
import { blankTask } from '../changes/taskPatch.ts';
import { importances, taskStatuses } from '../task/task.ts';
import type { Task } from '../task/task.ts';
import type { ViewName } from '../urls/appUrls.ts';
import { addDays, atMidnight, toDay } from '../time/time.ts';

const today = toDay('2026-03-18');
const zone = 'Europe/Paris';
const byDue: ListingOptions = { order: 'due', today, zone };

function task(id: string, members: Partial<Task> = {}): Task {
  const made = { id, folderId: 'f', owner: null, now: '2026-03-01T08:00:00.000Z' };
  return { ...blankTask(made), ...members };
}
const due = (days: number) => atMidnight(addDays(today, days), zone);
const idsOf = (tasks: readonly Task[]) => tasks.map(({ id }) => id);
const shown = (rows: readonly Task[], options = byDue) =>
  Object.fromEntries(buildListing(rows, options).sections.map(({ key, tasks }) => [key, idsOf(tasks)]));

describe('sections', () => {
  it('divides by due date and leaves out empty sections', () => {
    const rows = [
      task('later', { due: due(9) }),
      task('late', { due: due(-1) }),
      task('later still', { due: due(12) }),
      task('now', { due: due(0) }),
      task('tomorrow', { due: due(1) }),
      task('done', { status: 'completed', due: due(-4), completed: due(-1) }),
      task('very late', { due: due(-9) }),
    ];
    expect(shown(rows)).toEqual({
      overdue: ['very late', 'late'],
      today: ['now'],
      tomorrow: ['tomorrow'],
      later: ['later', 'later still'],
      completed: ['done'],
    });
  });

  it('sorts equal rows by creation, newest first, and completed rows by completion, latest first', () => {
    const rows = [
      task('old', { createdAt: '2026-03-01T08:00:00.000Z' }),
      task('new', { createdAt: '2026-03-02T08:00:00.000Z' }),
      task('done early', { status: 'completed', completed: due(-5) }),
      task('done late', { status: 'completed', completed: due(-2) }),
    ];
    expect(shown(rows)).toEqual({ noDate: ['new', 'old'], completed: ['done late', 'done early'] });
  });

  it('keeps the order of new tasks while some of them wait to be sent', () => {
    const rows = [
      task('local-2', { createdAt: '2026-03-01T08:00:00.002Z' }),
      task('sent', { createdAt: '2026-03-01T08:00:09.000Z' }),
      task('local-3', { createdAt: '2026-03-01T08:00:00.003Z' }),
    ];
    const noDate = ['local-3', 'local-2', 'sent'];
    expect(shown(rows)).toEqual({ noDate });
    expect(shown(rows, { ...byDue, order: 'created' })).toEqual({ open: noDate });
  });

  it('sorts by importance, and by subject with numbers in numeric order', () => {
    const rows = [
      task('a', { subject: 'Step 10' }),
      task('b', { subject: 'step 2', importance: 'high' }),
      task('c', { subject: 'Ärger' }),
    ];
    expect(shown(rows, { ...byDue, order: 'importance' })).toEqual({ high: ['b'], normal: ['a', 'c'] });
    expect(shown(rows, { ...byDue, order: 'subject' })).toEqual({ open: ['c', 'b', 'a'] });
  });

  it('treats a date written in another zone as the day it stands for', () => {
    expect(shown([task('eastern', { due: '2026-03-18T04:00:00.000Z' })])).toEqual({ today: ['eastern'] });
  });
});

describe('sections of a smart view', () => {
  const rows = [
    task('in May', { due: due(60) }),
    task('now', { due: due(0) }),
    task('at 20:00', { due: due(0), isReminderOn: true, reminder: '2026-03-18T19:00:00.000Z' }),
    task('begun', { start: due(-2), due: due(3) }),
    task('at 17:00', { due: due(0), isReminderOn: true, reminder: '2026-03-18T16:00:00.000Z' }),
    task('late', { due: due(-1) }),
    task('next', { due: due(1) }),
    task('in two weeks', { due: due(16) }),
  ];
  const inView = (view: ViewName) =>
    shown(
      rows.filter((one) => isInView(view, one, { today, zone })),
      { ...byDue, view, weekStart: 'monday' },
    );

  it('has what is late on top of Today, then the day, the evening by time, and what has started', () => {
    const sections = inView('today');
    expect(Object.keys(sections)).toEqual(['overdue', 'today', 'evening', 'started']);
    expect(sections).toEqual({
      overdue: ['late'],
      today: ['now'],
      evening: ['at 17:00', 'at 20:00'],
      started: ['begun'],
    });
  });

  it('has a section for each day, week or month of Upcoming, the next first', () => {
    expect(Object.entries(inView('upcoming'))).toEqual([
      ['due 2026-03-19', ['next']],
      ['due 2026-03-21', ['begun']],
      ['due 2026-04-02/2026-04-05', ['in two weeks']],
      ['due 2026-05', ['in May']],
    ]);
  });
});

it('selects smart views; overdue tasks are in Today, too', () => {
  const options = { today, zone };
  const begun = task('begun', { start: due(-2), due: due(3) });
  const late = task('late', { due: due(-1), importance: 'high' });
  const done = task('done', { status: 'completed', due: due(0) });
  const views = (one: Task) =>
    (['today', 'upcoming', 'overdue', 'important', 'all', 'completed'] as const).filter((view) =>
      isInView(view, one, options),
    );
  expect(views(begun)).toEqual(['today', 'upcoming', 'all']);
  expect(views(late)).toEqual(['today', 'overdue', 'important', 'all']);
  expect(views(done)).toEqual(['completed']);
  expect(views(task('plain'))).toEqual(['all']);
});

const anyTask = fc.record({
  id: fc.integer({ min: 0, max: 60 }).map((n) => `t${n}`),
  subject: fc.constantFrom('', 'Bread', 'bread', 'Step 2', 'Step 10'),
  status: fc.constantFrom(...taskStatuses),
  importance: fc.constantFrom(...importances),
  due: fc.option(fc.integer({ min: -5, max: 60 }).map(due)),
  start: fc.option(fc.integer({ min: -5, max: 5 }).map(due)),
  reminder: fc.option(
    fc.constantFrom('2026-03-18T15:59:59.999Z', '2026-03-18T16:00:00.000Z', '2026-03-18T20:00:00.000Z'),
  ),
  isReminderOn: fc.boolean(),
  completed: fc.option(fc.integer({ min: -5, max: 0 }).map(due)),
  createdAt: fc.integer({ min: 10, max: 14 }).map((n) => `2026-03-${n}T08:00:00.000Z`),
});

describe('applying row changes', () => {
  it('gives the same as sorting from scratch, whatever changes the rows', () => {
    const edits = fc.array(fc.record({ row: anyTask, isGone: fc.boolean() }), { maxLength: 80 });
    fc.assert(
      fc.property(
        fc.constantFrom(...sortOrders),
        fc.constantFrom(undefined, 'today' as const, 'upcoming' as const),
        fc.array(anyTask, { maxLength: 40 }),
        edits,
        (order, view, given, steps) => {
          const options: ListingOptions = { ...byDue, order, ...(view && { view }) };
          const keeps = (one: Task) => view === undefined || isInView(view, one, options);
          const first = given.filter((one) => keeps(task(one.id, one)));
          const rows = new Map(first.map((one) => [one.id, task(one.id, one)]));
          let listing = { ...buildListing(rows.values(), options), byId: rows as TaskIndex };
          for (const { row, isGone } of steps) {
            const before = rows.get(row.id);
            const after = isGone || !keeps(task(row.id, row)) ? undefined : task(row.id, row);
            if (after === undefined) rows.delete(row.id);
            else rows.set(row.id, after);
            listing = applyRowChanges(listing, [{ before, after }], options);
          }
          const scratch = buildListing(rows.values(), options);
          expect(listing.sections).toEqual(scratch.sections);
          expect([listing.open, listing.overdue]).toEqual([scratch.open, scratch.overdue]);
          expect(listing.byId).toBe(rows);
        },
      ),
    );
  });

  it('gives the same for many changes at once', () => {
    fc.assert(
      fc.property(fc.array(anyTask, { maxLength: 60 }), fc.array(anyTask, { maxLength: 60 }), (first, second) => {
        const before = new Map(first.map((one) => [one.id, task(one.id, one)]));
        const after = new Map(second.map((one) => [one.id, task(one.id, one)]));
        const moves: RowChange[] = [...new Set([...before.keys(), ...after.keys()])].map((id) => ({
          before: before.get(id),
          after: after.get(id),
        }));
        const moved = applyRowChanges(buildListing(before.values(), byDue), moves, byDue);
        expect(moved.sections).toEqual(buildListing(after.values(), byDue).sections);
      }),
    );
  });

  it('keeps unchanged rows and sections identical', () => {
    const rows = [task('a', { due: due(0) }), task('b', { due: due(5) }), task('c', { due: due(6) })];
    const before = buildListing([...rows, ...Array.from({ length: 40 }, (_, n) => task(`x${n}`))], byDue);
    const after = applyRowChanges(before, [{ before: rows[2], after: task('c', { due: due(4) }) }], byDue);
    expect(after.sections.find(({ key }) => key === 'today')).toBe(before.sections.find(({ key }) => key === 'today'));
    expect(after.sections.find(({ key }) => key === 'later')?.tasks[1]).toBe(rows[1]);
    expect(applyRowChanges(emptyListing, [], byDue)).toBe(emptyListing);
  });
});
