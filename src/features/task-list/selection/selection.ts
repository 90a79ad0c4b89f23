import type { Task } from '../../../domain/task/task.ts';
import { rowAt } from '../row/rowPlan.ts';
import type { RowPlan } from '../row/rowPlan.ts';

/** A change of the selection by a key or a press. */
export type SelectionAction =
  | { kind: 'toggle'; name: string }
  /** Row numbers: where the focus was, and where the range ends now. */
  | { kind: 'extend'; from: number; to: number }
  | { kind: 'all' }
  | { kind: 'clear' };

/** Selected rows by stable key: they stay selected while rows move and local ids are replaced. */
export type RowSelection = {
  names: ReadonlySet<string>;
  /** Where a range starts: the row toggled last. */
  anchor: string | undefined;
  /** Rows selected before the range, which stay selected when it shrinks. */
  base: ReadonlySet<string>;
};

const noNames: ReadonlySet<string> = new Set();

export const emptySelection: RowSelection = { names: noNames, anchor: undefined, base: noNames };

/**
 * What of the selection is in the list: the rows that are ticked and the tasks that commands act on are always the same
 * ones. `taskOf` finds the task of a key in the list.
 */
export function listedSelection(
  { names }: Pick<RowSelection, 'names'>,
  taskOf: (name: string) => Task | undefined,
): { names: ReadonlySet<string>; tasks: readonly Task[] } {
  const found = new Map<string, Task>();
  for (const name of names) {
    const task = taskOf(name);
    if (task !== undefined) found.set(name, task);
  }
  if (found.size === names.size) return { names, tasks: [...found.values()] };
  return { names: found.size === 0 ? noNames : new Set(found.keys()), tasks: [...found.values()] };
}

/** Selects or deselects one row, and drops rows that left the list. */
export function toggleRow({ names }: RowSelection, name: string, isListed: (name: string) => boolean): RowSelection {
  const next = new Set([...names].filter(isListed));
  if (!next.delete(name)) next.add(name);
  return { names: next, anchor: name, base: next };
}

/** Selects from the anchor to row `to`, in either direction; without an anchor in the list, from row `from`. */
export function extendSelection(plan: RowPlan, selection: RowSelection, from: number, to: number): RowSelection {
  const start = selection.anchor === undefined ? -1 : indexOfName(plan, selection.anchor);
  const anchorAt = start >= 0 ? start : from;
  const base = start >= 0 ? selection.base : selection.names;
  const names = new Set(base);
  for (let index = Math.min(anchorAt, to); index <= Math.max(anchorAt, to); index++) {
    const row = rowAt(plan, index);
    if (row?.kind === 'task') names.add(plan.nameOf(row.task.id));
  }
  const row = rowAt(plan, anchorAt);
  return { names, anchor: row?.kind === 'task' ? plan.nameOf(row.task.id) : undefined, base };
}

/** Selects every visible row; those of a closed section are left out. */
export function selectAllRows(plan: RowPlan): RowSelection {
  const names = new Set(plan.blocks.flatMap(({ tasks }) => tasks.map(({ id }) => plan.nameOf(id))));
  return { names, anchor: undefined, base: names };
}

function indexOfName(plan: RowPlan, name: string): number {
  for (const block of plan.blocks) {
    const at = block.tasks.findIndex(({ id }) => plan.nameOf(id) === name);
    if (at >= 0) return block.first + (block.hasHead ? 1 : 0) + at;
  }
  return -1;
}
