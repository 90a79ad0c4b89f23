import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { RefObject } from 'react';
import { rowIndexAt } from '../row/rowPlan.ts';
import type { RowPlan } from '../row/rowPlan.ts';

/** The part of the list that is drawn, and where the view is; px. */
export type VirtualRows = {
  /** Numbers of the rows to draw, ascending. */
  indexes: readonly number[];
  offset: () => number;
  height: () => number;
  isScrolling: () => boolean;
};

/** Rows drawn beyond either end of the view. */
const overscan = 6;
/** So long after the last movement the list stands still. Milliseconds. */
const restMs = 150;

type View = { offset: number; height: number };
type Range = { first: number; last: number };

/** Which rows are near the view. Rows have known heights, so this is arithmetic, whatever their number. */
export function useVirtualRows(
  plan: RowPlan,
  scroller: RefObject<HTMLElement | null>,
  margin: number,
  /** Rows drawn wherever the view is; -1 is none. */
  kept: readonly number[],
): VirtualRows {
  // Where the view was when rows last came into it: moving about within them is worth no render.
  const [view, setView] = useState<View>(() => ({ offset: 0, height: window.innerHeight }));
  const now = useRef({ ...view, isScrolling: false });
  const range = rangeOf(plan, view, margin);
  const look = useEffectEvent(() => {
    const next = rangeOf(plan, now.current, margin);
    return next.first !== range.first || next.last !== range.last;
  });

  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    let rest: ReturnType<typeof setTimeout> | undefined;
    const move = () => {
      now.current.offset = element.scrollTop;
      now.current.height = element.clientHeight;
      return look();
    };
    const show = () => setView({ offset: now.current.offset, height: now.current.height });
    const onScroll = () => {
      now.current.isScrolling = true;
      clearTimeout(rest);
      rest = setTimeout(() => (now.current.isScrolling = false), restMs);
      // In the same frame as the movement: else there is nothing where the rows should be.
      if (move()) flushSync(show);
    };
    const sizes = new ResizeObserver(() => move() && show());
    sizes.observe(element);
    element.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      clearTimeout(rest);
      sizes.disconnect();
      element.removeEventListener('scroll', onScroll);
    };
  }, [scroller]);

  return {
    indexes: withKept(range, kept, plan.count),
    offset: () => now.current.offset,
    height: () => now.current.height,
    isScrolling: () => now.current.isScrolling,
  };
}

function rangeOf(plan: RowPlan, { offset, height }: View, margin: number): Range {
  const first = rowIndexAt(plan, offset - margin) - overscan;
  // Rows that are closing take no room.
  const last = rowIndexAt(plan, offset - margin + height) + overscan + plan.collapsed.size;
  return { first: Math.max(0, first), last: Math.min(plan.count - 1, last) };
}

/** The rows near the view, and those to keep: a focused element that leaves the page loses the keyboard. */
function withKept({ first, last }: Range, kept: readonly number[], count: number): number[] {
  const near = Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => first + at);
  const far = new Set(kept.filter((index) => index >= 0 && index < count && (index < first || index > last)));
  return far.size === 0 ? near : [...near, ...far].toSorted((a, b) => a - b);
}
