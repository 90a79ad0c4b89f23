import type { RefObject } from 'react';
import { rowAt, rowTopOf } from '../row/rowPlan.ts';
import type { RowPlan } from '../row/rowPlan.ts';
import type { VirtualRows } from './virtualRows.ts';

/** Space kept free below the focused row, so that a toast never covers it; px. */
export const footRoom = 76;

type Input = {
  plan: RowPlan;
  rows: VirtualRows;
  scroller: RefObject<HTMLElement | null>;
  stick: number;
  margin: number;
};

/** Scrolls a row into view, below its section header and what sticks above the rows. */
export function revealRow({ plan, rows, scroller, stick, margin }: Input, index: number): void {
  const element = scroller.current;
  if (element === null) return;
  const head = rowAt(plan, index)?.block.hasHead === true ? plan.sizes.head : 0;
  const top = margin + rowTopOf(plan, index);
  const bottom = top + plan.sizes.row + footRoom;
  if (index <= 1) element.scrollTo({ top: 0 });
  else if (top - head - stick < rows.offset()) element.scrollTo({ top: top - head - stick });
  else if (bottom > rows.offset() + rows.height()) element.scrollTo({ top: bottom - rows.height() });
}
