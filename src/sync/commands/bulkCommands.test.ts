import { describe, expect, it } from 'vitest';
import { blankTask } from '../../domain/changes/taskPatch.ts';
import type { Change } from '../../domain/changes/change.ts';
import type { Task } from '../../domain/task/task.ts';
import { StorageError } from '../storage/accountStore.ts';
import { createBulkCommands } from './bulkCommands.ts';

const at = '2026-03-18T09:00:00.000Z';
const tasksOf = (count: number): readonly Task[] =>
  Array.from({ length: count }, (_, index) => blankTask({ id: `t${index}`, folderId: 'f', owner: null, now: at }));
const removing = (task: Task) => ({
  change: { kind: 'deleteTask', mailbox: 'me', id: task.id, folderId: 'f', subject: '' } as const,
  before: task,
});

/** An outbox on a list, with the sizes of what it was given at a time. */
function setUp({ sent = () => false, room = Infinity }: { sent?: (id: string) => boolean; room?: number } = {}) {
  const changes: (Change & { opId: string })[] = [];
  const pieces: number[] = [];
  let pauses = 0;
  const bulk = createBulkCommands({
    outbox: {
      addMany(given) {
        if (changes.length + given.length > room) return Promise.reject(new StorageError('full', null));
        pieces.push(given.length);
        const made = given.map((change) => ({ ...change, opId: `${change.kind} ${change.id}` }));
        changes.push(...made);
        return Promise.resolve(made.map(({ opId }) => opId));
      },
      undoMany(ids) {
        const free = new Set(ids.filter((id) => !sent(id)));
        for (const id of free) {
          changes.splice(
            changes.findIndex(({ opId }) => opId === id),
            1,
          );
        }
        return Promise.resolve(free);
      },
      resolve: (id) => id,
      ops: () => [],
      dependents: () => [],
      discard: () => Promise.resolve(),
    },
    ports: { pause: () => Promise.resolve(void (pauses += 1)) },
    inverseOf: ({ change, before }) =>
      before === null || change.kind !== 'deleteTask' || change.id === 't0'
        ? null
        : { ...change, kind: 'restoreTask', task: before },
  });
  return { bulk, changes, pieces, pauses: () => pauses };
}

describe('many tasks at once', () => {
  it('runs in pieces with a pause after each, and reports progress', async () => {
    const { bulk, pieces, pauses } = setUp();
    const progress: number[] = [];
    const { applied, end } = await bulk.run(tasksOf(1_000), removing, { onProgress: (done) => progress.push(done) });
    expect(end).toBe('all');
    expect(applied).toHaveLength(1_000);
    expect(Math.max(...pieces)).toBeLessThanOrEqual(50);
    expect(pauses()).toBe(pieces.length);
    expect(progress).toHaveLength(pieces.length);
    expect(progress.at(-1)).toBe(1_000);
  });

  it('can be stopped between two pieces, with what was applied so far', async () => {
    const { bulk, changes } = setUp();
    const stop = new AbortController();
    const outcome = await bulk.run(tasksOf(500), removing, {
      signal: stop.signal,
      onProgress: (done) => done >= 100 && stop.abort(),
    });
    expect(outcome.end).toBe('stopped');
    expect(outcome.applied.length).toBe(changes.length);
    expect(changes.length).toBeGreaterThanOrEqual(100);
    expect(changes.length).toBeLessThan(500);
  });

  it('skips tasks that need no change', async () => {
    const { bulk, changes } = setUp();
    await bulk.run(tasksOf(10), (task) => (task.id === 't3' ? removing(task) : null));
    expect(changes.map(({ id }) => id)).toEqual(['t3']);
  });

  it('stops when storage fails, with what was saved and the reason', async () => {
    const { bulk } = setUp({ room: 100 });
    const { applied, end } = await bulk.run(tasksOf(500), removing);
    expect(end).toBe('full');
    expect(applied.length).toBeGreaterThan(0);
    expect(applied.length).toBeLessThanOrEqual(100);
  });

  it('undoes all of it: unsent changes are removed, sent ones are inverted', async () => {
    const sent = (id: string) => Number(id.slice('deleteTask t'.length)) < 60;
    const { bulk, changes } = setUp({ sent });
    const { applied } = await bulk.run(tasksOf(200), removing);
    // The first one has no way back.
    expect(await bulk.undo(applied)).toBe(1);
    const restored = changes.filter(({ kind }) => kind === 'restoreTask').map(({ id }) => id);
    expect(new Set(restored)).toEqual(
      new Set(
        tasksOf(60)
          .slice(1)
          .map(({ id }) => id),
      ),
    );
    expect(changes.filter(({ kind }) => kind === 'deleteTask')).toHaveLength(60);
  });
});
