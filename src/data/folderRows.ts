import { applyChange, overlay } from '../domain/change.ts';
import type { Differences, TaskChange } from '../domain/change.ts';
import type { Move } from '../domain/listing.ts';
import type { Task } from '../domain/task.ts';

export const noRows: ReadonlyMap<string, Task> = new Map();

/** One folder as it is shown: its snapshot with the pending changes laid over it. */
export type FolderRows = {
  get: (id: string) => Task | undefined;
  all: () => Iterable<Task>;
  /** Takes a new snapshot or new changes; answers the rows that look different now. */
  update: (rows: ReadonlyMap<string, Task>, changes: readonly TaskChange[]) => readonly Move[];
};

export function createFolderRows(): FolderRows {
  let rows = noRows;
  let differences: Differences = new Map();
  // A pending change that stands on the same row makes the same row: lists redraw only what really differs.
  const made = new WeakMap<TaskChange, { row: Task | undefined; result: ReturnType<typeof applyChange> }>();

  function apply(row: Task | undefined, change: TaskChange) {
    const known = made.get(change);
    if (known !== undefined && known.row === row) return known.result;
    const result = applyChange(row, change);
    made.set(change, { row, result });
    return result;
  }
  function get(id: string): Task | undefined {
    const different = differences.get(id);
    return different === undefined ? rows.get(id) : (different ?? undefined);
  }
  return {
    get,
    *all() {
      for (const [id, row] of rows) if (!differences.has(id)) yield row;
      for (const row of differences.values()) if (row !== null) yield row;
    },
    update(nextRows, changes) {
      const nextDifferences = overlay(nextRows, changes, apply);
      const touched = new Set([...differences.keys(), ...nextDifferences.keys()]);
      if (nextRows !== rows) {
        for (const [id, row] of nextRows) if (rows.get(id) !== row) touched.add(id);
        for (const id of rows.keys()) if (!nextRows.has(id)) touched.add(id);
      }
      const before = [...touched].map((id) => [id, get(id)] as const);
      rows = nextRows;
      differences = nextDifferences;
      return before.flatMap(([id, was]) => (was === get(id) ? [] : [{ before: was, after: get(id) }]));
    },
  };
}
