import { useSyncExternalStore } from 'react';
import { createObservable } from '../../domain/async/observable.ts';
import type { Place } from '../../domain/task/task.ts';

/** What a menu prints. */
export type PrintTarget = { kind: 'list'; place: Place | null } | { kind: 'task' };

/** Null while no menu has asked; the browser's own command then prints what is on the screen. */
const requested = createObservable<PrintTarget | null>(null);

/** Prints as soon as the print sheet is mounted: it belongs to a chunk that may still be loading. */
export const requestPrint = (target: PrintTarget): void => requested.set(target);

export const endPrintRequest = (): void => requested.set(null);

export const printRequest = requested.current;

export const usePrintRequest = (): PrintTarget | null => useSyncExternalStore(requested.subscribe, requested.current);
