import { useEffect, useEffectEvent } from 'react';
import { createObservable } from '../../sync/platform/observable.ts';

/** What was given to a task; `task` is its stable name, which an id that the server gives meanwhile does not change. */
export type DroppedFiles = { task: string; files: readonly File[]; folders: readonly string[]; link: string | null };

const handed = createObservable<readonly DroppedFiles[]>([]);

/** For a task whose attachments may not be drawn yet: they take it when they are, and show how it gets on. */
export const queueDroppedFiles = (one: DroppedFiles): void => handed.set([...handed.current(), one]);

/** Takes what waits for this task and what comes while this is drawn: the oldest first, each once. */
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
