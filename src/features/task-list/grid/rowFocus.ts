import { useEffectEvent, useLayoutEffect, useRef, useState } from 'react';
import type { FocusEvent, RefObject } from 'react';
import type { SortOrder } from '../../../domain/listing/listing.ts';
import type { SectionKey } from '../../../domain/listing/sections.ts';
import { nearestFocusableRow } from './gridNavigation.ts';
import { indexOfKey, rowKeyOf, rowAt } from '../row/rowPlan.ts';
import type { RowPlan } from '../row/rowPlan.ts';

/** The row of the tab stop, with its section and sort order. */
type TabStopRow = { key: string; index?: number; section?: SectionKey; order?: SortOrder };

function activeAt(plan: RowPlan, index: number, order: SortOrder): TabStopRow | undefined {
  const row = rowAt(plan, index);
  return row === undefined ? undefined : { key: rowKeyOf(plan, row), index, section: row.block.key, order };
}

function isSame(a: TabStopRow, b: TabStopRow): boolean {
  return a.key === b.key && a.index === b.index && a.section === b.section && a.order === b.order;
}

export type TabStop = {
  /** The row that the Tab key reaches; -1 in an empty list. */
  index: number;
  /** Its key; undefined in an empty list. */
  key: string | undefined;
  moveTo: (index: number) => void;
};

/** One tab stop that stays on its row while rows change; when its row is removed, it moves to the row in its place. */
export function useTabStop(plan: RowPlan, order: SortOrder, initialKey: string | undefined): TabStop {
  const [active, setActive] = useState<TabStopRow | undefined>(
    initialKey === undefined ? undefined : { key: initialKey },
  );
  // A task that moved to another section counts as removed: the tab stop stays in its section.
  const found = active === undefined ? -1 : indexOfKey(plan, active.key);
  const hasLeft = active?.order === order && active.section !== rowAt(plan, found)?.block.key;
  const index = found >= 0 && !hasLeft ? found : nearestFocusableRow(plan, active?.index ?? 0);
  const now = activeAt(plan, index, order);
  if (active !== undefined && now !== undefined && !isSame(active, now)) setActive(now);
  return { index, key: now?.key, moveTo: (next) => setActive(activeAt(plan, next, order)) };
}

export type RowFocus = {
  /** Moves the focus to a row, drawn or not. */
  focus: (index: number) => void;
  /** For the grid: the tab stop follows the focus, by click, Tab or screen reader. */
  onFocus: (event: FocusEvent<HTMLElement>) => void;
  onBlur: (event: FocusEvent<HTMLElement>) => void;
};

/** Focuses the tab stop on request, and when the focused row is removed (docs/design.md#accessibility). */
export function useRowFocus(
  grid: RefObject<HTMLElement | null>,
  plan: RowPlan,
  stop: TabStop,
  reveal: (index: number) => void,
): RowFocus {
  const isRequested = useRef(false);
  const isInside = useRef(false);

  useLayoutEffect(() => {
    const element = grid.current;
    if (element === null || stop.key === undefined) return;
    // React removes a focused row without a blur event: the focus is then on the body.
    const isLost = isInside.current && (document.activeElement === document.body || document.activeElement === null);
    if (!isRequested.current && !isLost) return;
    const target = element.querySelector<HTMLElement>(`[data-row="${CSS.escape(stop.key)}"]`);
    if (target === null) return;
    isRequested.current = false;
    target.focus({ preventScroll: true });
    if (isLost) reveal(stop.index);
  });

  // React's events: the browser also emits blur when React removes the focused row.
  const onFocus = (event: FocusEvent<HTMLElement>) => {
    isInside.current = true;
    const key = event.target.closest<HTMLElement>('[data-row]')?.dataset['row'];
    if (key !== undefined && key !== stop.key) stop.moveTo(indexOfKey(plan, key));
  };
  const onBlur = (event: FocusEvent<HTMLElement>) => {
    isInside.current = event.currentTarget.contains(event.relatedTarget);
  };

  const focus = (next: number) => {
    if (next < 0) return;
    stop.moveTo(next);
    isRequested.current = true;
    reveal(next);
  };

  return { focus, onFocus, onBlur };
}

/**
 * Keeps the focus in a list without rows: `main` holds it until rows arrive. So navigation to a loading list leads into its
 * tasks, and completing the last task keeps the focus in the list.
 */
export function useEmptyListFocus(root: RefObject<HTMLElement | null>, hasRows: boolean, focusRows: () => void) {
  const isInside = useRef(false);
  const moveFocus = useEffectEvent((hasSome: boolean) => {
    const main = root.current?.closest('main') ?? null;
    const { activeElement } = document;
    if (hasSome && activeElement === main) focusRows();
    if (hasSome || main === null || !isInside.current || activeElement !== document.body) return;
    main.tabIndex = -1;
    main.focus({ preventScroll: true });
  });
  useLayoutEffect(() => moveFocus(hasRows), [hasRows]);
  return {
    onFocus: () => (isInside.current = true),
    onBlur: () => (isInside.current = false),
  };
}

/**
 * Runs once nothing has the focus. A closing menu returns it to its row a few frames later; where the row is removed, the
 * focus falls to the body.
 */
export function whenFocusIsFree(run: () => void, frames = 60): void {
  if (frames === 0) return;
  const { activeElement } = document;
  if (activeElement === null || activeElement === document.body) run();
  else requestAnimationFrame(() => whenFocusIsFree(run, frames - 1));
}
