import type { Place } from '../../domain/task/task.ts';

/** What a menu asked to be printed; null for whatever is on the screen. */
export type PrintTarget = { kind: 'list'; place: Place | null } | { kind: 'task' } | null;

let wish: PrintTarget = null;

/** Opens the browser's print dialog on this, once the menu that asked is gone. */
export function requestPrint(what: PrintTarget): void {
  setTimeout(() => {
    wish = what;
    window.print();
    wish = null;
  }, 0);
}

export const requestedPrint = (): PrintTarget => wish;
