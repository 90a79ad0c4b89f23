import { useSyncExternalStore } from 'react';
import { createCell } from '../../sync/platform/observable.ts';

type Handed = { taskId: string; files: readonly File[]; folders: readonly string[] };

const handed = createCell<Handed | null>(null);

/** Files that were dropped on a task in a list: its editor, which is about to open, attaches them and shows how they get on. */
export const handFiles = (files: Handed): void => handed.set(files);

/** Whether there are files for this task. */
export function useHasHanded(taskId: string): boolean {
  return useSyncExternalStore(handed.subscribe, handed.current)?.taskId === taskId;
}

/** The files for this task, once. */
export function takeHanded(taskId: string): Handed | null {
  const now = handed.current();
  if (now?.taskId !== taskId) return null;
  handed.set(null);
  return now;
}
