import type { Place } from '../../domain/task/task.ts';

/** What a menu prints; null for what is on the screen. */
export type PrintTarget = { kind: 'list'; place: Place | null } | { kind: 'task' } | null;

let requested: PrintTarget = null;

/** Opens the browser's print dialog, once the menu has closed. */
export function requestPrint(target: PrintTarget): void {
  setTimeout(() => {
    requested = target;
    window.print();
    requested = null;
  }, 0);
}

export const requestedPrint = (): PrintTarget => requested;
