import { useLayoutEffect, useState } from 'react';
import type { RefObject } from 'react';
import type { RowSizes } from '../row/rowPlan.ts';

/** The sizes that virtual rows are laid out with; px. */
export type GridMetrics = {
  sizes: RowSizes;
  /** From the top of the scroller's content to the first row. */
  margin: number;
  /** Height of what sticks above the rows. */
  stick: number;
};

type Parts = {
  scroller: RefObject<HTMLElement | null>;
  sticky: RefObject<HTMLElement | null>;
  body: RefObject<HTMLElement | null>;
};

/** Below this width rows have two lines, as in the container query of taskRow.module.css. */
const narrowWidth = 460;

/**
 * Row heights are fixed, so scrolling measures nothing. They follow the list's width, the text size and the pointer (touch
 * needs 44 px). Undefined until the first layout.
 */
export function useGridMetrics({ scroller, sticky, body }: Parts): GridMetrics | undefined {
  const [metrics, setMetrics] = useState<GridMetrics>();

  useLayoutEffect(() => {
    const { current: outer } = scroller;
    const { current: inner } = body;
    if (outer === null || inner === null) return undefined;
    const isCoarse = window.matchMedia('(pointer: coarse)').matches;
    const measure = () => {
      const unit = Number.parseFloat(getComputedStyle(document.documentElement).fontSize) / 16;
      const row = (outer.clientWidth < narrowWidth ? 62 : isCoarse ? 48 : 40) * unit;
      const add = sticky.current;
      const stick = add !== null && getComputedStyle(add).position === 'sticky' ? add.offsetHeight : 0;
      // Section headers stick below it.
      outer.style.setProperty('--stick', `${stick}px`);
      const next: GridMetrics = { sizes: { row, head: 38 * unit }, margin: inner.offsetTop, stick };
      setMetrics((now) => (now !== undefined && isSame(now, next) ? now : next));
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(outer);
    for (const part of outer.children) if (part !== inner) observer.observe(part);
    return () => observer.disconnect();
  }, [scroller, sticky, body]);

  return metrics;
}

function isSame(a: GridMetrics, b: GridMetrics): boolean {
  return a.sizes.row === b.sizes.row && a.sizes.head === b.sizes.head && a.margin === b.margin && a.stick === b.stick;
}
