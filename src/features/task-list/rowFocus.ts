import { useLayoutEffect, useRef, useState } from 'react';
import type { FocusEvent, RefObject } from 'react';
import type { Order, SectionKey } from '../../domain/listing.ts';
import { settle } from './moves.ts';
import { indexOfKey, keyOf, rowAt } from './rows.ts';
import type { RowPlan } from './rows.ts';

export type RowFocus = {
  /** The row that the Tab key reaches; -1 in an empty list. */
  index: number;
  /** Moves the focus to a row, drawn or not. */
  focus: (index: number) => void;
  /** For the grid: the tab stop follows the focus, however it came (a click, Tab, a screen reader). */
  onFocus: (event: FocusEvent<HTMLElement>) => void;
  onBlur: (event: FocusEvent<HTMLElement>) => void;
};

/** The row of the tab stop, and where it was: in which section of which order. */
type Active = { key: string; section?: SectionKey; order?: Order };

/**
 * One tab stop that follows the focus through rows that come and go. When the row with the focus leaves the list, the row
 * that takes its place gets the focus (design.md §9).
 */
export function useRowFocus(
  plan: RowPlan,
  order: Order,
  grid: RefObject<HTMLElement | null>,
  reveal: (index: number) => void,
  initialKey: string | undefined,
): RowFocus {
  const [active, setActive] = useState<Active | undefined>(initialKey === undefined ? undefined : { key: initialKey });
  const lastIndex = useRef(0);
  const wanted = useRef(false);
  const isInside = useRef(false);

  const found = active === undefined ? -1 : indexOfKey(plan, active.key);
  const section = rowAt(plan, found)?.block.key;
  // A task that went to another section has left, as far as somebody working through this one is concerned.
  const hasLeft = active?.order === order && active.section !== section;
  const isHere = found >= 0 && !hasLeft;
  const index = isHere ? found : settle(plan, lastIndex.current);

  useLayoutEffect(() => {
    if (index >= 0) lastIndex.current = index;
    const element = grid.current;
    if (element === null) return;
    // React takes a focused row away without a blur event: the focus is then on the body, and was ours.
    const isLost = isInside.current && (document.activeElement === document.body || document.activeElement === null);
    if (!wanted.current && !isLost) return;
    const row = rowAt(plan, index);
    if (row === undefined) {
      isInside.current = false;
      return;
    }
    const key = keyOf(plan, row);
    const target = element.querySelector<HTMLElement>(`[data-row="${CSS.escape(key)}"]`);
    if (target === null) return;
    wanted.current = false;
    setActive({ key, section: row.block.key, order });
    target.focus({ preventScroll: true });
    if (isLost) reveal(index);
  });

  // React's own events, because the browser's come also when React takes the focused row away.
  const onFocus = (event: FocusEvent<HTMLElement>) => {
    isInside.current = true;
    const key = event.target.closest<HTMLElement>('[data-row]')?.dataset['row'];
    const row = key === undefined ? undefined : rowAt(plan, indexOfKey(plan, key));
    if (key !== undefined && row !== undefined) setActive({ key, section: row.block.key, order });
  };
  const onBlur = (event: FocusEvent<HTMLElement>) => {
    isInside.current = event.currentTarget.contains(event.relatedTarget);
  };

  const focus = (next: number) => {
    const row = rowAt(plan, next);
    if (row === undefined) return;
    setActive({ key: keyOf(plan, row), section: row.block.key, order });
    wanted.current = true;
    reveal(next);
  };

  return { index, focus, onFocus, onBlur };
}

/**
 * Runs once nobody has the focus. A menu that closes gives it back to its row a few frames later; when the menu has taken
 * that row away, it can only give it to nobody.
 */
export function whenFocusIsFree(run: () => void, frames = 60): void {
  if (frames === 0) return;
  const { activeElement } = document;
  if (activeElement === null || activeElement === document.body) run();
  else requestAnimationFrame(() => whenFocusIsFree(run, frames - 1));
}
