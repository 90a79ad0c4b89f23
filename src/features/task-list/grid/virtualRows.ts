import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { flushSync } from 'react-dom';
import type { RefObject } from 'react';
import { rowIndexAt } from '../row/rowPlan.ts';
import type { RowPlan } from '../row/rowPlan.ts';

/** The drawn part of the list, and the position of the viewport; px. */
export type VirtualRows = {
  /** Numbers of the rows to draw, ascending. */
  indexes: readonly number[];
  offset: () => number;
  height: () => number;
  isScrolling: () => boolean;
};

/** Rows drawn beyond either end of the viewport. */
const overscan = 6;
/** Time after the last scroll event until scrolling counts as ended; ms. */
const scrollEndMs = 150;

type View = { offset: number; height: number; overscan: number };
type Range = { first: number; last: number };

/** The rows near the viewport, computed from their fixed heights in constant time. */
export function useVirtualRows(
  plan: RowPlan,
  scroller: RefObject<HTMLElement | null>,
  margin: number,
  /** Rows that are always drawn; -1 is none. */
  kept: readonly number[],
): VirtualRows {
  // The viewport of the last render: scrolling within the drawn rows renders nothing.
  const [view, setView] = useState<View>(() => ({ offset: 0, height: window.innerHeight, overscan }));
  const now = useRef({ offset: view.offset, height: view.height, isScrolling: false });
  const range = rangeOf(plan, view, margin);
  /** What to draw now; null while the drawn rows will do. */
  const nextView = useEffectEvent((): View | null => {
    const { offset, height } = now.current;
    const { first, last } = rangeOf(plan, { offset, height, overscan }, margin);
    if (first === range.first && last === range.last) return null;
    // Past all drawn rows: a fling, whose next frame goes on. It draws what is seen, and the rest when it ends.
    const isJump = first > range.last || last < range.first;
    return { offset, height, overscan: isJump ? 0 : overscan };
  });

  useEffect(() => {
    const element = scroller.current;
    if (element === null) return;
    let rest: ReturnType<typeof setTimeout> | undefined;
    const moved = () => {
      now.current.offset = element.scrollTop;
      now.current.height = element.clientHeight;
      return nextView();
    };
    const show = (next: View | null) => next !== null && setView(next);
    const onScroll = () => {
      now.current.isScrolling = true;
      clearTimeout(rest);
      rest = setTimeout(() => {
        now.current.isScrolling = false;
        show(nextView());
      }, scrollEndMs);
      // In the same frame as the scroll: otherwise the new rows are blank for a frame.
      const next = moved();
      if (next !== null) flushSync(() => show(next));
    };
    const sizes = new ResizeObserver(() => show(moved()));
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

function rangeOf(plan: RowPlan, { offset, height, overscan }: View, margin: number): Range {
  const first = rowIndexAt(plan, offset - margin) - overscan;
  // Collapsing rows take no height.
  const last = rowIndexAt(plan, offset - margin + height) + overscan + plan.collapsed.size;
  return { first: Math.max(0, first), last: Math.min(plan.count - 1, last) };
}

/** The rows near the viewport, and `kept` rows: a focused element that is unmounted loses the focus. */
function withKept({ first, last }: Range, kept: readonly number[], count: number): number[] {
  const near = Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => first + at);
  const far = new Set(kept.filter((index) => index >= 0 && index < count && (index < first || index > last)));
  return far.size === 0 ? near : [...near, ...far].toSorted((a, b) => a - b);
}
