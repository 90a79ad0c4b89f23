import { rowAt } from '../row/rowPlan.ts';
import type { RowPlan } from '../row/rowPlan.ts';

/** Rows that are chosen together, by their lasting names: they stay chosen while rows move and ids become known. */
export type RowSelection = {
  names: ReadonlySet<string>;
  /** Where a range begins: the row that was chosen last by itself. */
  anchor: string | undefined;
  /** What was chosen before the range, and stays chosen when it shrinks. */
  base: ReadonlySet<string>;
};

const none: ReadonlySet<string> = new Set();

export const emptySelection: RowSelection = { names: none, anchor: undefined, base: none };

/** One more or one less. `names` that are not there any more are dropped on the way. */
export function toggleRow({ names }: RowSelection, name: string, isThere: (name: string) => boolean): RowSelection {
  const next = new Set([...names].filter(isThere));
  if (!next.delete(name)) next.add(name);
  return { names: next, anchor: name, base: next };
}

/** From the anchor to row `to`, whichever comes first; without an anchor in the list, from row `from`. */
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

/** Everything that the list shows; what is folded away is not meant. */
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
