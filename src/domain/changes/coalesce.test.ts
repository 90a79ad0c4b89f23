import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { overlayTasks, patchedValues, isTaskChange } from './change.ts';
import type { Change, TaskChange } from './change.ts';
import { coalesce } from './coalesce.ts';
import { compareUpdate, inversePatch, patchFields } from './patchComparison.ts';
import { blankTask } from './taskPatch.ts';
import { taskStatuses } from '../task/task.ts';
import type { Task, TaskPatch } from '../task/task.ts';
import { addDays, zonedDay, toDay } from '../time/time.ts';

const zone = 'Europe/Paris';
const later = (n: number) => `2026-03-18T09:00:${String(n).padStart(2, '0')}.000Z`;
const today = toDay('2026-03-18');

function task(id: string, folderId = 'f'): Task {
  const {
    dateZone: _date,
    reminderZone: _reminder,
    ...plain
  } = blankTask({ id, folderId, owner: null, now: later(0) });
  return { ...plain, etag: 'W/"1"', subject: 'Bread' };
}

const anyDay = fc.integer({ min: -3, max: 3 }).map((n) => zonedDay(addDays(today, n), zone));
const anyPatch: fc.Arbitrary<TaskPatch> = fc.record(
  {
    subject: fc.constantFrom('Milk', 'Oats', 'Bread'),
    importance: fc.constantFrom('low', 'normal', 'high'),
    body: fc.constantFrom('one', 'two').map((content) => ({ contentType: 'text' as const, content })),
    status: fc.constantFrom(...taskStatuses),
    start: fc.option(anyDay),
    due: fc.option(anyDay),
    isReminderOn: fc.boolean(),
    reminder: fc.option(anyDay),
    recurrence: fc.option(fc.constant({ pattern: { type: 'daily', interval: 2 }, range: { type: 'noEnd' } } as const)),
  },
  { requiredKeys: [] },
);

/** Actions on one task; each applies to the result of the action before it. */
type Step = { kind: 'update'; patch: TaskPatch } | { kind: 'move'; to: string } | { kind: 'delete' | 'restore' };
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  { weight: 5, arbitrary: anyPatch.map((patch) => ({ kind: 'update' as const, patch })) },
  { weight: 2, arbitrary: fc.constantFrom('f', 'g', 'h').map((to) => ({ kind: 'move' as const, to })) },
  { weight: 1, arbitrary: fc.constantFrom('delete' as const, 'restore' as const).map((kind) => ({ kind })) },
);

/** The changes that the commands would make for these actions; an impossible action is skipped. */
function changesOf(steps: readonly Step[], first: TaskChange | null): readonly TaskChange[] {
  const server = new Map(first === null ? [['t', task('t')]] : []);
  const changes: TaskChange[] = first === null ? [] : [first];
  let gone: Task | null = null;
  for (const [n, step] of steps.entries()) {
    const row = overlayTasks(server, changes).get('t') ?? (changes.length === 0 ? server.get('t') : null) ?? null;
    const at = later(n + 1);
    const about = { mailbox: 'me', id: 't', folderId: row?.folderId ?? 'f', subject: '' } as const;
    if (step.kind === 'restore' && gone !== null) {
      changes.push({ kind: 'restoreTask', ...about, folderId: gone.folderId, task: gone });
      gone = null;
    }
    if (row === null) continue;
    if (step.kind === 'delete') {
      changes.push({ kind: 'deleteTask', ...about });
      gone = row;
    }
    if (step.kind === 'move' && step.to !== row.folderId) {
      changes.push({ kind: 'moveTask', ...about, toFolderId: step.to, task: row });
    }
    if (step.kind === 'update') {
      const base = { etag: row.etag, values: patchedValues(row, step.patch) };
      changes.push({ kind: 'updateTask', ...about, patch: step.patch, base, at, zone });
    }
  }
  return changes;
}

/** Coalesces as the outbox does: each change with the last one of the same entity, where `joins` allows it. */
function joined(changes: readonly TaskChange[], joins: readonly boolean[]): readonly TaskChange[] {
  const out: TaskChange[] = [];
  for (const [n, change] of changes.entries()) {
    const last = out.at(-1);
    const one = last === undefined || joins[n % joins.length] === false ? null : coalesce(last, change);
    if (one === null) out.push(change);
    else if (one === 'nothing') out.pop();
    else if (isTaskChange(one)) out.splice(-1, 1, one);
    else throw new Error(`Joined to ${one.kind}`);
  }
  return out;
}

const shown = (rows: ReadonlyMap<string, Task>, changes: readonly TaskChange[]) => {
  const after = new Map<string, Task | null>(rows);
  for (const [id, row] of overlayTasks(rows, changes)) after.set(id, row);
  return [...after].flatMap(([id, row]) => (row === null ? [] : [{ ...row, id, modifiedAt: '', createdAt: '' }]));
};

const anyJoins = fc.array(fc.boolean(), { minLength: 1 });

describe('coalesced changes', () => {
  it('of a task have the same result as the changes one by one', () => {
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 12 }), anyJoins, (steps, joins) => {
        const rows = new Map([['t', task('t')]]);
        const changes = changesOf(steps, null);
        expect(shown(rows, joined(changes, joins))).toEqual(shown(rows, changes));
      }),
      { numRuns: 2_000 },
    );
  });

  it('of a new task have the same result, too', () => {
    fc.assert(
      fc.property(anyPatch, fc.array(anyStep, { maxLength: 8 }), anyJoins, (patch, steps, joins) => {
        const { status: _status, ...open } = patch;
        const about = { mailbox: 'me', id: 't', folderId: 'f' } as const;
        const first = { kind: 'createTask', ...about, patch: open, at: later(0), zone } as const;
        const changes = changesOf(steps, first);
        expect(shown(new Map(), joined(changes, joins))).toEqual(shown(new Map(), changes));
      }),
      { numRuns: 1_000 },
    );
  });

  it('keep the base that the user saw first, so that no conflict is missed', () => {
    fc.assert(
      fc.property(anyPatch, anyPatch, anyPatch, (one, two, theirs) => {
        const changes = changesOf(
          [
            { kind: 'update', patch: one },
            { kind: 'update', patch: two },
          ],
          null,
        );
        const [change, ...rest] = joined(changes, [true]);
        if (change?.kind !== 'updateTask' || rest.length > 0) return;
        const [, other] = [...overlayTasks(new Map([['t', task('t')]]), [{ ...change, patch: theirs }])][0] ?? [];
        const compared = compareUpdate(other ?? task('t'), change.patch, change.base);
        if (compared.outcome !== 'send') return;
        for (const field of patchFields(compared.patch)) expect(other?.[field]).toEqual(task('t')[field]);
      }),
    );
  });

  it('of names and groups keep the last value and the first base', () => {
    const rename = (name: string, was: string): Change => ({ kind: 'renameFolder', mailbox: 'me', id: 'f', name, was });
    expect(coalesce(rename('B', 'A'), rename('C', 'B'))).toEqual(rename('C', 'A'));
    expect(coalesce(rename('B', 'A'), { ...rename('C', 'B'), id: 'g' })).toBeNull();
    const move = (to: string, was: string): Change => ({
      kind: 'moveFolder',
      mailbox: 'me',
      id: 'f',
      toGroupId: to,
      toGroupKey: to,
      wasGroupKey: was,
      name: '',
    });
    expect(coalesce(move('b', 'a'), move('c', 'b'))).toEqual(move('c', 'a'));
    expect(coalesce(move('b', 'a'), move('a', 'b'))).toBe('nothing');
    const create: Change = { kind: 'createFolder', mailbox: 'me', id: 'f', groupId: 'a', groupKey: 'a', name: 'A' };
    expect(coalesce(create, rename('B', 'A'))).toEqual({ ...create, name: 'B' });
    expect(coalesce(create, move('b', 'a'))).toEqual({ ...create, groupId: 'b', groupKey: 'b' });
  });
});

it('an inverse patch restores the task before an edit, as far as the rules allow', () => {
  fc.assert(
    fc.property(anyPatch, anyPatch, (first, second) => {
      const rows = new Map([['t', task('t')]]);
      const [one] = changesOf([{ kind: 'update', patch: { ...first, status: 'notStarted', recurrence: null } }], null);
      const [before] = shown(rows, one === undefined ? [] : [one]);
      if (before === undefined) throw new Error('The task is gone.');
      if (before.start !== null && before.due !== null && before.due < before.start) return;
      const { status: _status, recurrence: _recurrence, ...patch } = second;
      const edit = { mailbox: 'me', id: 't', folderId: 'f', subject: '', at: later(1), zone } as const;
      const update = (of: Task, by: TaskPatch): TaskChange => ({
        kind: 'updateTask',
        ...edit,
        patch: by,
        base: { etag: '', values: patchedValues(of, by) },
      });
      const [after] = shown(new Map([['t', before]]), [update(before, patch)]);
      if (after === undefined) throw new Error('The task is gone.');
      const back = shown(new Map([['t', after]]), [update(after, inversePatch(before, after, zone))]);
      expect(back).toEqual([before]);
    }),
    { numRuns: 1_000 },
  );
});
