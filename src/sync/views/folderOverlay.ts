import { applyChange, overlayTasks } from '../../domain/changes/change.ts';
import type { TaskOverlay, TaskChange } from '../../domain/changes/change.ts';
import type { RowChange, TaskIndex } from '../../domain/listing/listing.ts';
import type { Task } from '../../domain/task/task.ts';

export const noRows: ReadonlyMap<string, Task> = new Map();

/** A folder's rows with pending changes applied. Costs in proportion to the change, not to the folder. */
export type FolderOverlay = TaskIndex & {
  /**
   * Applies the rows changed in `base` since the last call, and the changes; returns the rows that now look different.
   * Another base is read whole.
   */
  update: (
    base: ReadonlyMap<string, Task>,
    moves: readonly RowChange[],
    changes: readonly TaskChange[],
  ) => readonly RowChange[];
};

/** @param folderId rows that a change puts elsewhere are not shown here. */
export function createFolderOverlay(folderId: string): FolderOverlay {
  let rows = noRows;
  let differences: TaskOverlay = new Map();
  // A pending change on an unchanged row gives the same object, so that lists redraw only real differences.
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
  function* values(): MapIterator<Task> {
    for (const [id, row] of rows) if (!differences.has(id)) yield row;
    for (const row of differences.values()) if (row !== null) yield row;
  }
  return {
    get,
    has: (id) => get(id) !== undefined,
    values,
    get size() {
      let size = rows.size;
      for (const [id, row] of differences) size += (row === null ? 0 : 1) - (rows.has(id) ? 1 : 0);
      return size;
    },
    update(base, moves, changes) {
      const next = within(folderId, overlayTasks(base, changes, apply));
      if (moves.length === 0 && base === rows && next.size + differences.size === 0) return [];
      const was = movedFrom(base === rows ? moves : allOf(rows, base));
      const before = (id: string) => {
        const different = differences.get(id);
        if (different !== undefined) return different ?? undefined;
        return was.has(id) ? was.get(id) : base.get(id);
      };
      const touched = new Set([...was.keys(), ...differences.keys(), ...next.keys()]);
      const seen = [...touched].map((id) => [id, before(id)] as const);
      rows = base;
      differences = next;
      return seen.flatMap(([id, then]) => (then === get(id) ? [] : [{ before: then, after: get(id) }]));
    },
  };
}

function within(folderId: string, rows: TaskOverlay): TaskOverlay {
  return new Map([...rows].map(([id, row]) => [id, row?.folderId === folderId ? row : null]));
}

/** How the changed rows looked before. */
function movedFrom(moves: readonly RowChange[]): Map<string, Task | undefined> {
  return new Map(moves.map(({ before, after }) => [before?.id ?? after?.id ?? '', before]));
}

function allOf(from: ReadonlyMap<string, Task>, to: ReadonlyMap<string, Task>): RowChange[] {
  const ids = new Set([...from.keys(), ...to.keys()]);
  return [...ids].map((id) => ({ before: from.get(id), after: to.get(id) }));
}
