import type { MouseEvent } from 'react';

/** What a control of a row does; the grid reads it from `data-act`, so that rows carry no handlers. */
export const rowActs = ['select', 'toggle', 'today', 'due', 'flag', 'more', 'delete'] as const;
export type RowAct = (typeof rowActs)[number];

/** The row that an event happened in; its `data-row` is its key (rows.ts, keyOf). */
export function rowElementOf(target: EventTarget): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>('[data-row]') : null;
}

/** The control of a row that an event happened in. */
export function controlOf(target: EventTarget): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>('[data-act]') : null;
}

export function isByTouch({ nativeEvent }: MouseEvent): boolean {
  return 'pointerType' in nativeEvent && nativeEvent.pointerType === 'touch';
}
