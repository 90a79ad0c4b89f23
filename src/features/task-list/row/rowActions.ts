import type { MouseEvent } from 'react';

/** Actions of a row's controls. The grid reads them from `data-act`, so rows carry no handlers. */
export const rowActions = ['select', 'toggle', 'today', 'due', 'flag', 'more', 'delete'] as const;
export type RowAction = (typeof rowActions)[number];

/** The row that an event happened in; its `data-row` is its key (rowKeyOf in rowPlan.ts). */
export function rowElementOf(target: EventTarget): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>('[data-row]') : null;
}

/** The control of a row that an event happened in. */
export function rowControlOf(target: EventTarget): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>('[data-act]') : null;
}

export function isTouchPress({ nativeEvent }: MouseEvent): boolean {
  return 'pointerType' in nativeEvent && nativeEvent.pointerType === 'touch';
}
