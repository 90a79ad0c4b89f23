import { useVirtualizer } from '@tanstack/react-virtual';
import type { Range } from '@tanstack/react-virtual';
import { useCallback } from 'react';
import type { RefObject } from 'react';
import { keyOf, rowAt, sizeOf } from './rows.ts';
import type { RowPlan } from './rows.ts';

/** The part of the list that is drawn, and where the view is; px. */
export type RowWindow = {
  /** Numbers of the rows to draw, ascending. */
  indexes: readonly number[];
  offset: () => number;
  height: () => number;
  isScrolling: () => boolean;
};

/** Rows drawn beyond either end of the view. */
const overscan = 6;

/** TanStack Virtual, kept in one place: of all it can do, the list needs which rows are near the view. */
export function useRowWindow(
  plan: RowPlan,
  scroller: RefObject<HTMLElement | null>,
  margin: number,
  /** Rows drawn wherever the view is; -1 is none. */
  kept: readonly number[],
): RowWindow {
  // The virtualiser is one object that changes inside: what the compiler would keep is stale.
  'use no memo';
  const virtualizer = useVirtualizer({
    count: plan.count,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => sizeOf(plan, index),
    // Another plan gives another function, and with it all positions are worked out anew.
    getItemKey: useCallback(
      (index: number) => {
        const row = rowAt(plan, index);
        return row === undefined ? index : keyOf(plan, row);
      },
      [plan],
    ),
    rangeExtractor: (range) => withKept(range, kept),
    scrollMargin: margin,
    overscan,
    initialRect: { width: 0, height: window.innerHeight },
  });
  return {
    indexes: virtualizer.getVirtualItems().map((item) => item.index),
    offset: () => virtualizer.scrollOffset ?? 0,
    height: () => virtualizer.scrollRect?.height ?? 0,
    isScrolling: () => virtualizer.isScrolling,
  };
}

/** The rows near the view, and those to keep: a focused element that leaves the page loses the keyboard. */
function withKept(range: Range, kept: readonly number[]): number[] {
  const first = Math.max(0, range.startIndex - range.overscan);
  const last = Math.min(range.count - 1, range.endIndex + range.overscan);
  const near = Array.from({ length: last - first + 1 }, (_, at) => first + at);
  const far = new Set(kept.filter((index) => index >= 0 && index < range.count && (index < first || index > last)));
  return far.size === 0 ? near : [...near, ...far].toSorted((a, b) => a - b);
}
