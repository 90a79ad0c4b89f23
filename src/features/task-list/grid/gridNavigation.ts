import { rowAt } from '../row/rowPlan.ts';
import type { RowPlan } from '../row/rowPlan.ts';

/** Moves of the keyboard through the list (docs/design.md#keyboard). */
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

/** The key and modifiers of a keyboard event. */
export type GridKeyPress = {
  key: string;
  code?: string;
  altKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
};

/** The move of a key press; undefined when it is none. */
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

/** Tasks are focusable, and headers of sections that open and close. */
function isFocusable(plan: RowPlan, index: number): boolean {
  const row = rowAt(plan, index);
  return row !== undefined && (row.kind === 'task' || row.block.isClosable);
}

/** The nearest focusable row from `index` in one direction, else in the other; -1 in an empty list. */
export function nearestFocusableRow(plan: RowPlan, index: number, step: 1 | -1 = 1): number {
  const from = Math.max(0, Math.min(index, plan.count - 1));
  for (let at = from; at >= 0 && at < plan.count; at += step) if (isFocusable(plan, at)) return at;
  for (let at = from; at >= 0 && at < plan.count; at -= step) if (isFocusable(plan, at)) return at;
  return -1;
}

/** The row that a move from `index` leads to; the same row at either end. `page` is the number of visible rows. */
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

/** The first row of the next section; backwards, first the top of this section, then the previous one. */
function sectionFrom(plan: RowPlan, index: number, step: 1 | -1): number {
  const here = plan.blocks.findLastIndex((block) => block.first <= index);
  const block = plan.blocks[here];
  if (block === undefined) return nearestFocusableRow(plan, 0);
  const start = nearestFocusableRow(plan, block.first, 1);
  if (step === -1 && index > start) return start;
  const target = plan.blocks[here + step];
  return target === undefined ? index : nearestFocusableRow(plan, target.first, 1);
}
