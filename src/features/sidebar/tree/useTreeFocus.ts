import { useEffect, useEffectEvent, useLayoutEffect, useRef, useState } from 'react';
import type { FocusEvent, RefObject } from 'react';
import { rowIdOf } from './treeRows.ts';
import type { DrawnRow } from './treeRows.ts';
import type { TypeAhead } from './typeAhead.ts';

type Input = {
  root: RefObject<HTMLUListElement | null>;
  rows: readonly DrawnRow[];
  currentId: string | undefined;
  /** A row just created: it takes the focus when that is in the tree. */
  newId: string | undefined;
  typing: TypeAhead;
  onOpen: (id: string, isInNewTab: boolean) => void;
};

/** The tree's tab stop and focus, kept while rows come and go. */
export function useTreeFocus({ root, rows, currentId, newId, typing, onOpen }: Input) {
  /** A stable key: a row keeps the focus when the server assigns its id. */
  const [focusedKey, setFocusedKey] = useState<string>();
  const tabStopId = rows.find((row) => row.key === focusedKey)?.id ?? currentId ?? rows[0]?.id;
  const drawn = useRef(rows);
  /** Whether the last focus event left the focus in the tree: a removed row emits none. */
  const hasFocus = useRef(false);

  function focus(id: string) {
    root.current?.querySelector<HTMLElement>(`[role=treeitem][data-id="${CSS.escape(id)}"]`)?.focus();
  }
  function isRow(element: Element | null): boolean {
    return element?.matches('[role=treeitem]') === true && root.current?.contains(element) === true;
  }

  useLayoutEffect(() => {
    const before = drawn.current;
    drawn.current = rows;
    const active = document.activeElement;
    if (active === root.current || isRow(active)) {
      // Letters typed before their row arrived find it now.
      const found = typing.findPending(rows, rowIdOf(active), performance.now());
      const next = found?.id ?? (active === root.current ? tabStopId : undefined);
      if (next !== undefined) focus(next);
      if (found?.isOpened === true) onOpen(found.id, false);
      return;
    }
    if (active !== document.body) return;
    const isListed = rows.some((row) => row.key === focusedKey);
    const index = before.findIndex((row) => row.key === focusedKey);
    // A moved row is mounted anew and has lost the focus; a removed row passes it to the row in its place.
    if (isListed && hasFocus.current && tabStopId !== undefined) focus(tabStopId);
    const successor = isListed || index < 0 ? undefined : rows[Math.min(index, rows.length - 1)];
    if (successor !== undefined) focus(successor.id);
  });

  const focusNew = useEffectEvent((id: string) => {
    const active = document.activeElement;
    // The row may arrive while the next name is being typed: that field keeps the focus.
    if (active instanceof HTMLInputElement || root.current?.contains(active) !== true) return;
    focus(id);
  });
  useEffect(() => {
    if (newId !== undefined) focusNew(newId);
  }, [newId]);

  return {
    tabStopId,
    focus,
    onFocus: (event: FocusEvent) => {
      hasFocus.current = true;
      const id = rowIdOf(event.target);
      if (id === undefined && tabStopId !== undefined) focus(tabStopId);
      if (id !== undefined) setFocusedKey(rows.find((row) => row.id === id)?.key);
    },
    onBlur: () => (hasFocus.current = false),
  };
}
