import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isTaskChange, overlayTasks, patchedValues } from '../../domain/changes/change.ts';
import type { TaskChange } from '../../domain/changes/change.ts';
import { countOpenTasks, isInView, buildListing } from '../../domain/listing/listing.ts';
import { blankTask } from '../../domain/changes/taskPatch.ts';
import { viewNames } from '../../domain/urls/appUrls.ts';
import type { Place, Task } from '../../domain/task/task.ts';
import { addDays, atMidnight, toDay, zonedDay } from '../../domain/time/time.ts';
import { applyRows, createFolderTable, placeKey } from '../replica/folderTable.ts';
import type { ReplicaEvent } from '../replica/folderTables.ts';
import type { Replica } from '../replica/replica.ts';
import type { Op } from '../storage/op.ts';
import { createTaskViews } from './taskViews.ts';

const today = toDay('2026-03-18');
const zone = 'Europe/Paris';
const options = { order: 'due', today, zone } as const;
const at = '2026-03-18T09:00:00.000Z';
const folders = ['f', 'g'];

/** An outbox with the ops that a test sets; views only read it. */
function outboxWith() {
  let ops: readonly Op[] = [];
  const listeners = new Set<() => void>();
  const outbox: Parameters<typeof createTaskViews>[0]['outbox'] = {
    ops: () => ops,
    stateOf: () => 'waiting',
    resolve: (id) => id,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const set = (next: readonly Op[]) => {
    ops = next;
    for (const listener of listeners) listener();
  };
  return { outbox, set };
}

/** A replica with the folders that a test sets. */
function copyWith() {
  const tables = new Map(
    folders.map((id) => [placeKey({ mailbox: 'me', id }), createFolderTable({ mailbox: 'me', id })]),
  );
  const tableOf = (place: Place) => tables.get(placeKey(place)) ?? createFolderTable(place);
  const listeners = new Set<(event: ReplicaEvent) => void>();
  const copy: Pick<Replica, 'rows' | 'state' | 'onChange'> = {
    rows: (place) => tableOf(place).rows,
    state: (place) => tableOf(place).state,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  const set = (id: string, rows: readonly Task[], mailbox: Place['mailbox'] = 'me') => {
    const place = { mailbox, id };
    const table = tableOf(place);
    tables.set(placeKey(place), table);
    table.state = { kind: 'whole', at };
    const there = new Set(rows.map((one) => one.id));
    const gone = [...table.rows.keys()].filter((key) => !there.has(key));
    const moves = applyRows(table, rows, gone);
    for (const listener of listeners)
      listener({ place: table.place, changes: moves, state: table.state, isLoading: false });
  };
  const drop = (id: string) => {
    const place = { mailbox: 'me', id } as const;
    const { rows } = tableOf(place);
    const changes = [...rows.values()].map((before) => ({ before, after: undefined }));
    rows.clear();
    tables.set(placeKey(place), createFolderTable(place));
    for (const listener of listeners) listener({ place, changes, state: null, isLoading: false });
  };
  return { copy, set, drop };
}

const never = () => () => {};
const noLists = { folders: () => undefined, onChange: never };
const noPulls = { outcomeOf: () => ({ failure: null, isPaused: false }), onChange: never, watch: never };

let made = 0;
function opOf(change: TaskChange): Op {
  made += 1;
  const fresh = { notBefore: null, repeatabilityId: '', firstSentAt: null, attempts: 0, parked: null };
  return { id: `op${made}`, seq: made, change, madeAt: at, ...fresh };
}

function row(folderId: string, n: number, due: number | null): Task {
  const {
    dateZone: _date,
    reminderZone: _reminder,
    ...task
  } = blankTask({ id: `${folderId}${n}`, folderId, owner: null, now: at });
  return { ...task, etag: `${n}:${due}`, due: due === null ? null : atMidnight(addDays(today, due), zone) };
}

const folderId = fc.constantFrom(...folders);
const n = fc.integer({ min: 0, max: 9 });
const due = fc.option(fc.integer({ min: -3, max: 3 }));
const anyStep = fc.oneof(
  fc.record({
    kind: fc.constant('pull' as const),
    folderId,
    rows: fc.uniqueArray(fc.tuple(n, due), { selector: ([id]) => id }),
  }),
  fc.record({ kind: fc.constant('create' as const), folderId, n, due }),
  fc.record({ kind: fc.constantFrom('edit' as const, 'complete' as const, 'delete' as const), folderId, n, due }),
  fc.record({ kind: fc.constant('forget' as const), n }),
);

it('equals a view built from scratch of the replica and all changes', () => {
  fc.assert(
    fc.property(fc.array(anyStep, { maxLength: 40 }), (steps) => {
      const { outbox, set } = outboxWith();
      const { copy, set: pull } = copyWith();
      const screen = createTaskViews({ outbox, replica: copy, lists: noLists, pulls: noPulls, weekStart: 'sunday' });
      const stop = screen.start();
      const snapshots = new Map<string, Map<string, Task>>();
      const sources = folders.map((id) => screen.listing({ mailbox: 'me', id }, options));
      const counts = screen.counts(today, zone);
      const views = viewNames.slice(0, 4).map((name) => [name, screen.view(name, options)] as const);

      for (const step of steps) {
        if (step.kind === 'pull') {
          const rows = new Map(step.rows.map(([id, on]) => [`${step.folderId}${id}`, row(step.folderId, id, on)]));
          snapshots.set(step.folderId, rows);
          pull(step.folderId, [...rows.values()]);
        } else if (step.kind === 'forget') {
          set(outbox.ops().filter((_, index) => index !== step.n));
        } else {
          set([...outbox.ops(), opOf(changeFor(step))]);
        }
      }

      const shown = folders.map((id) => {
        const rows = new Map(snapshots.get(id) ?? []);
        const changes = outbox
          .ops()
          .map(({ change }) => change)
          .filter(isTaskChange);
        for (const [taskId, after] of overlayTasks(
          rows,
          changes.filter((change) => change.folderId === id),
        )) {
          if (after === null) rows.delete(taskId);
          else rows.set(taskId, after);
        }
        return [...rows.values()];
      });
      shown.forEach((rows, index) =>
        expect(sources[index]?.current().sections).toEqual(buildListing(rows, options).sections),
      );
      const all = shown.flat();
      for (const [name, source] of views) {
        const selected = all.filter((task) => isInView(name, task, options));
        expect(source.current().sections).toEqual(
          buildListing(selected, { ...options, view: name, weekStart: 'sunday' }).sections,
        );
      }
      for (const name of viewNames) {
        expect(counts.current().views[name]).toBe(all.filter((task) => isInView(name, task, options)).length);
      }
      folders.forEach((id, index) =>
        expect(counts.current().folders.get(id) ?? { open: 0, overdue: 0 }).toEqual(
          countOpenTasks(shown[index] ?? [], options),
        ),
      );
      stop();
    }),
  );
});

it('a shown list goes on when its folder is dropped and comes back', () => {
  const { outbox } = outboxWith();
  const { copy, set: pull, drop } = copyWith();
  const screen = createTaskViews({ outbox, replica: copy, lists: noLists, pulls: noPulls });
  const stop = screen.start();
  pull('f', [row('f', 1, null)]);
  const list = screen.tasks({ mailbox: 'me', id: 'f' }, options);
  const published: number[] = [];
  const leave = list.subscribe(() => published.push(list.current().listing.byId.size));
  drop('f');
  pull('f', [row('f', 2, null), row('f', 3, null)]);
  expect(published).toEqual([0, 2]);
  leave();
  stop();
});

it('counts the open tasks of folders that others share, also those read before the counts were asked for', () => {
  const { outbox } = outboxWith();
  const { copy, set: pull } = copyWith();
  const screen = createTaskViews({ outbox, replica: copy, lists: noLists, pulls: noPulls });
  const stop = screen.start();
  pull('early', [row('early', 1, null)], 'bob@example.com');
  const counts = screen.counts(today, zone);
  pull('late', [row('late', 1, null), row('late', 2, null)], 'bob@example.com');
  pull('f', [row('f', 1, null)]);
  const { folders: byFolder, views } = counts.current();
  expect(['early', 'late', 'f'].map((id) => byFolder.get(id)?.open)).toEqual([1, 2, 1]);
  expect(views.all).toBe(1);
  stop();
});

it('a list publishes a new handle for each change, and none without one', () => {
  const { outbox, set } = outboxWith();
  const { copy, set: pull } = copyWith();
  const screen = createTaskViews({ outbox, replica: copy, lists: noLists, pulls: noPulls });
  const stop = screen.start();
  pull('f', [row('f', 1, null)]);
  const list = screen.tasks({ mailbox: 'me', id: 'f' }, options);
  const handles = [list.current()];
  const leave = list.subscribe(() => handles.push(list.current()));
  pull('g', [row('g', 1, null)]);
  expect(handles).toHaveLength(1);
  set([opOf(changeFor({ kind: 'complete', folderId: 'f', n: 1, due: null }))]);
  expect(handles.length).toBeGreaterThan(1);
  expect(new Set(handles).size).toBe(handles.length);
  // The rows are those of the replica, not copies.
  expect(new Set(handles.map(({ listing }) => listing.byId)).size).toBe(1);
  leave();
  stop();
});

function changeFor(step: {
  kind: 'create' | 'edit' | 'complete' | 'delete';
  folderId: string;
  n: number;
  due: number | null;
}): TaskChange {
  const place = { mailbox: 'me', folderId: step.folderId } as const;
  const id = `${step.folderId}${step.n}`;
  const patch = { due: step.due === null ? null : zonedDay(addDays(today, step.due), zone) };
  if (step.kind === 'create') return { ...place, kind: 'createTask', id: `${id}-new`, patch, at, zone };
  if (step.kind === 'delete') return { ...place, kind: 'deleteTask', id, subject: '' };
  if (step.kind === 'complete') {
    const on = zonedDay(today, zone);
    return { ...place, kind: 'completeTask', id, on, due: null, etag: '', copyId: `${id}-copy`, at, subject: '' };
  }
  const base = { etag: '', values: patchedValues(row(step.folderId, step.n, null), patch) };
  return { ...place, kind: 'updateTask', id, patch, base, at, zone, subject: '' };
}
