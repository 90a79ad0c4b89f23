import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyChange, overlayTasks, overlayFolders, overlayGroups, patchedValues, resolveChangeIds } from './change.ts';
import type { Change, TaskChange } from './change.ts';
import { compareUpdate } from './patchComparison.ts';
import { blankTask } from './taskPatch.ts';
import { defaultGroupKey } from '../task/task.ts';
import type { Task, TaskPatch } from '../task/task.ts';
import { zonedDay, toDay } from '../time/time.ts';

const at = '2026-03-18T09:00:00.000Z';
const zone = 'Europe/Paris';
const on = zonedDay(toDay('2026-03-18'), zone);

function task(id: string, members: Partial<Task> = {}): Task {
  const {
    dateZone: _date,
    reminderZone: _reminder,
    ...plain
  } = blankTask({ id, folderId: 'f', owner: null, now: '2026-03-01T08:00:00.000Z' });
  return { ...plain, etag: 'W/"1"', ...members };
}
const inFolder = { mailbox: 'me', folderId: 'f' } as const;
const create = (id: string, patch: TaskPatch = {}): TaskChange => ({
  ...inFolder,
  kind: 'createTask',
  id,
  patch,
  at,
  zone,
});
const update = (row: Task, patch: TaskPatch): TaskChange => ({
  ...inFolder,
  kind: 'updateTask',
  id: row.id,
  patch,
  base: { etag: row.etag, values: patchedValues(row, patch) },
  at,
  zone,
  subject: row.subject,
});
const finish = (id: string): TaskChange => ({
  ...inFolder,
  kind: 'completeTask',
  id,
  on,
  due: null,
  etag: '',
  copyId: `${id}-copy`,
  at,
  subject: '',
});
const remove = (id: string): TaskChange => ({ ...inFolder, kind: 'deleteTask', id, subject: '' });

describe('overlay', () => {
  const row = task('t', { subject: 'Bread' });
  const rows = new Map([[row.id, row]]);

  it('applies a new task, an edit, a completion and a deletion', () => {
    const seen = overlayTasks(rows, [
      create('local-1', { subject: 'Milk', due: on }),
      update(row, { importance: 'high' }),
      finish('t'),
    ]);
    expect(seen.get('local-1')).toMatchObject({
      subject: 'Milk',
      due: '2026-03-17T23:00:00.000Z',
      folderId: 'f',
      createdAt: at,
    });
    expect(seen.get('t')).toMatchObject({
      importance: 'high',
      status: 'completed',
      completed: '2026-03-17T23:00:00.000Z',
    });
    expect(overlayTasks(rows, [update(row, { subject: 'x' }), remove('t')]).get('t')).toBeNull();
  });

  it('follows the rules of the service: a start date also sets a due date', () => {
    expect(overlayTasks(rows, [update(row, { start: on })]).get('t')).toMatchObject({
      due: '2026-03-17T23:00:00.000Z',
    });
  });

  it('shows a change that the service will refuse as the user made it', () => {
    const late = { start: zonedDay(toDay('2026-03-20'), zone), due: on };
    expect(overlayTasks(rows, [update(row, late)]).get('t')).toMatchObject({
      start: '2026-03-19T23:00:00.000Z',
      due: '2026-03-17T23:00:00.000Z',
    });
  });

  it('advances a series and keeps a completed copy', () => {
    const recurrence = {
      pattern: { type: 'weekly', interval: 1, daysOfWeek: ['wednesday'], firstDayOfWeek: 'monday' },
      range: { type: 'noEnd', startDate: '2026-03-18' },
    } as const;
    const series = task('s', { recurrence, due: '2026-03-17T23:00:00.000Z' });
    const seen = overlayTasks(new Map([['s', series]]), [finish('s')]);
    expect(seen.get('s')).toMatchObject({ status: 'notStarted', due: '2026-03-24T23:00:00.000Z' });
    expect(seen.get('s-copy')).toMatchObject({ status: 'completed', recurrence: null });
  });

  it('ignores changes to missing rows', () => {
    expect(overlayTasks(new Map(), [update(row, { subject: 'x' }), finish('t')]).size).toBe(0);
  });

  it('equals replaying every change over every row', () => {
    const ids = ['a', 'b', 'c', 'd'];
    const anyChange = fc.oneof(
      fc
        .record({ id: fc.constantFrom(...ids), subject: fc.string() })
        .map(({ id, subject }) => create(id, { subject })),
      fc
        .record({ id: fc.constantFrom(...ids), subject: fc.string() })
        .map(({ id, subject }) => update(task(id), { subject })),
      fc.constantFrom(...ids).map((id) => update(task(id), { status: 'notStarted' })),
      fc.constantFrom(...ids).map(finish),
      fc.constantFrom(...ids).map(remove),
    );
    fc.assert(
      fc.property(fc.subarray(ids), fc.array(anyChange, { maxLength: 30 }), (present, changes) => {
        const snapshot = new Map(present.map((id) => [id, task(id)]));
        const replayed = new Map<string, Task>(snapshot);
        for (const change of changes) {
          for (const [id, after] of applyChange(replayed.get(change.id), change)) {
            if (after === null) replayed.delete(id);
            else replayed.set(id, after);
          }
        }
        const overlaid = new Map<string, Task>(snapshot);
        for (const [id, after] of overlayTasks(snapshot, changes)) {
          if (after === null) overlaid.delete(id);
          else overlaid.set(id, after);
        }
        expect(overlaid).toEqual(replayed);
      }),
    );
  });
});

describe('comparing with the server', () => {
  const base = task('t', { subject: 'Bread', importance: 'normal' });
  const patch = { subject: 'Rye bread', importance: 'normal' } as const;
  const before = { etag: base.etag, values: patchedValues(base, patch) };

  it('sends only the changed fields when nobody else has changed them', () => {
    expect(compareUpdate({ ...base, importance: 'high' }, patch, before)).toEqual({
      outcome: 'send',
      patch: { subject: 'Rye bread' },
    });
  });
  it('reports `done` when the server already has the values', () => {
    expect(compareUpdate({ ...base, subject: 'Rye bread' }, patch, before)).toEqual({ outcome: 'done' });
  });
  it('names the fields that somebody else has changed to other values', () => {
    expect(compareUpdate({ ...base, subject: 'Buns' }, patch, before)).toEqual({
      outcome: 'conflict',
      fields: ['subject'],
    });
  });
  it('compares by structure, not by identity', () => {
    const notes = { body: { contentType: 'text', content: 'two loaves' } } as const;
    const server = task('t', { body: { content: 'two loaves', contentType: 'text' } });
    expect(compareUpdate(server, notes, { etag: '', values: patchedValues(base, notes) })).toEqual({ outcome: 'done' });
  });
});

describe('groups and folders', () => {
  const group = { id: 'g', changeKey: '1', name: 'House', isDefault: false, groupKey: 'k' };
  const folder = { id: 'f', changeKey: '1', name: 'Garden', isDefault: false, groupKey: 'k' };
  const changes: readonly Change[] = [
    { kind: 'createGroup', mailbox: 'me', id: 'local-g', groupKey: 'local-k', name: 'Work' },
    { kind: 'createFolder', mailbox: 'me', id: 'local-f', groupId: 'local-g', groupKey: 'local-k', name: 'Accounts' },
    { kind: 'renameGroup', mailbox: 'me', id: 'local-g', name: 'Office', was: 'Work' },
    { kind: 'renameFolder', mailbox: 'me', id: 'f', name: 'Yard', was: 'Garden' },
    { kind: 'deleteGroup', mailbox: 'me', id: 'g', name: 'House', groupKey: 'k' },
  ];

  it('applies their changes; folders of a deleted group move to the default group', () => {
    expect(overlayGroups([group], changes).map(({ name }) => name)).toEqual(['Office']);
    expect(overlayFolders([folder], changes).map(({ name, groupKey }) => [name, groupKey])).toEqual([
      ['Yard', defaultGroupKey],
      ['Accounts', 'local-k'],
    ]);
  });

  it('replaces local ids by known server ids', () => {
    const known = new Map([
      ['local-g', 'G'],
      ['local-k', 'K'],
    ]);
    const resolved = changes.map((change) => resolveChangeIds(change, known));
    expect(resolved[1]).toMatchObject({ id: 'local-f', groupId: 'G', groupKey: 'K' });
    expect(resolved[3]).toBe(changes[3]);
  });
});
