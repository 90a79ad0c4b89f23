import { rowAt } from '../row/rowPlan.ts';
import type { RowPlan } from '../row/rowPlan.ts';

/** Ways the keyboard moves through the list (docs/design.md#keyboard). */
export type GridMove =
  'next' | 'previous' | 'first' | 'last' | 'pageDown' | 'pageUp' | 'nextSection' | 'previousSection';

const moves: Readonly<Record<string, GridMove>> = {
  ArrowDown: 'next',
  ArrowUp: 'previous',
  Home: 'first',
  End: 'last',
  PageDown: 'pageDown',
  PageUp: 'pageUp',
};

/** The part of a keyboard event that says which key it is. */
export type GridKeyPress = { key: string; altKey: boolean; ctrlKey: boolean; metaKey: boolean; shiftKey: boolean };

/** The move a key asks for; undefined when it asks for none. */
export function gridMoveOf({ key, altKey, ctrlKey, metaKey, shiftKey }: GridKeyPress): GridMove | undefined {
  if (shiftKey || metaKey) return undefined;
  if (altKey)
    return ctrlKey
      ? undefined
      : key === 'ArrowDown'
        ? 'nextSection'
        : key === 'ArrowUp'
          ? 'previousSection'
          : undefined;
  if (ctrlKey && key !== 'Home' && key !== 'End') return undefined;
  return moves[key];
}

/** Rows that take focus: tasks, and heads that open and close. Other heads are only read. */
function takesFocus(plan: RowPlan, index: number): boolean {
  const row = rowAt(plan, index);
  return row !== undefined && (row.kind === 'task' || row.block.isClosable);
}

/** The nearest row that takes focus from `index` on in one direction, else in the other; -1 in an empty list. */
export function nearestFocusableRow(plan: RowPlan, index: number, step: 1 | -1 = 1): number {
  const from = Math.max(0, Math.min(index, plan.count - 1));
  for (let at = from; at >= 0 && at < plan.count; at += step) if (takesFocus(plan, at)) return at;
  for (let at = from; at >= 0 && at < plan.count; at -= step) if (takesFocus(plan, at)) return at;
  return -1;
}

/** Where the focus goes from row `index`; the same row at an end of the list. `page` is the number of rows in view. */
export function rowAfterMove(plan: RowPlan, index: number, move: GridMove, page: number): number {
  const stride = Math.max(1, page - 1);
  switch (move) {
    case 'next':
      return nearestFocusableRow(plan, index + 1, 1);
    case 'previous':
      return index <= 0 ? nearestFocusableRow(plan, 0, 1) : nearestFocusableRow(plan, index - 1, -1);
    case 'first':
      return nearestFocusableRow(plan, 0, 1);
    case 'last':
      return nearestFocusableRow(plan, plan.count - 1, -1);
    case 'pageDown':
      return nearestFocusableRow(plan, index + stride, 1);
    case 'pageUp':
      return nearestFocusableRow(plan, index - stride, -1);
    case 'nextSection':
      return sectionFrom(plan, index, 1);
    default:
      return sectionFrom(plan, index, -1);
  }
}

/** The first row of the next section; going back, first to the top of this one, as reading keys do. */
function sectionFrom(plan: RowPlan, index: number, step: 1 | -1): number {
  const here = plan.blocks.findLastIndex((block) => block.first <= index);
  const block = plan.blocks[here];
  if (block === undefined) return nearestFocusableRow(plan, 0);
  const start = nearestFocusableRow(plan, block.first, 1);
  if (step === -1 && index > start) return start;
  const target = plan.blocks[here + step];
  return target === undefined ? index : nearestFocusableRow(plan, target.first, 1);
}
