import type { Place } from '../../domain/task/task.ts';

/** What a menu asked to be printed; null for whatever is on the screen. */
export type PrintWish = { kind: 'list'; place: Place | null } | { kind: 'task' } | null;

let wish: PrintWish = null;

/** Opens the browser's print dialog on this, once the menu that asked is gone. */
export function printThis(what: PrintWish): void {
  setTimeout(() => {
    wish = what;
    window.print();
    wish = null;
  }, 0);
}

export const printWish = (): PrintWish => wish;
