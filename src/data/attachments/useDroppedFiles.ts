import { useEffect, useEffectEvent } from 'react';
import { createObservable } from '../../domain/async/observable.ts';

/** Files dropped on a task; `task` is its stable key, which survives the change to the server's id. */
export type DroppedFiles = { task: string; files: readonly File[]; folders: readonly string[]; link: string | null };

const handed = createObservable<readonly DroppedFiles[]>([]);

/**
 * For a task whose attachment section may not be loaded yet: it takes the files once it is, and shows their progress.
 */
export const queueDroppedFiles = (one: DroppedFiles): void => handed.set([...handed.current(), one]);

/** Takes the waiting files of this task and later ones, oldest first, each once. */
export function useDroppedFiles(task: string, isEnabled: boolean, onFiles: (one: DroppedFiles) => void): void {
  const onTake = useEffectEvent(onFiles);
  useEffect(() => {
    if (!isEnabled) return undefined;
    const check = () => {
      const all = handed.current();
      const own = all.filter((one) => one.task === task);
      if (own.length === 0) return;
      handed.set(all.filter((one) => one.task !== task));
      for (const one of own) onTake(one);
    };
    check();
    return handed.subscribe(check);
  }, [task, isEnabled]);
}
