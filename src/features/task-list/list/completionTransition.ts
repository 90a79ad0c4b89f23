import { useCallback, useEffect, useRef, useState } from 'react';
import type { CompletingTask } from '../row/rowPlan.ts';

/**
 * Fill, strike and hold before a completed row collapses, in ms; tokens.css has the same times
 * (docs/design.md#space-shape-and-motion).
 */
const holdMs = 120 + 160 + 600;
const collapseMs = 200;

export type CompletionTransition = {
  held: readonly CompletingTask[];
  /** True while a place is closing: rows travel then, and at no other time. */
  isSettling: boolean;
  hold: (task: Omit<CompletingTask, 'isCollapsing'>) => void;
  /** Lets go at once: the task was taken back. */
  release: (taskId: string) => void;
};

/** Keeps tasks that were completed here in their place for a moment. With reduced motion nothing is held. */
export function useCompletionTransition(): CompletionTransition {
  const [held, setHeld] = useState<readonly CompletingTask[]>([]);
  const timers = useRef(new Map<string, number>());

  const release = useCallback((taskId: string) => {
    window.clearTimeout(timers.current.get(taskId));
    timers.current.delete(taskId);
    setHeld((now) => now.filter((one) => one.task.id !== taskId));
  }, []);

  const hold = useCallback(
    (task: Omit<CompletingTask, 'isCollapsing'>) => {
      if (window.matchMedia('(prefers-reduced-motion: reduce)').matches) return;
      const { id } = task.task;
      release(id);
      setHeld((now) => [...now, { ...task, isCollapsing: false }]);
      const collapse = () => {
        setHeld((now) => now.map((one) => (one.task.id === id ? { ...one, isCollapsing: true } : one)));
        timers.current.set(
          id,
          window.setTimeout(() => release(id), collapseMs),
        );
      };
      timers.current.set(id, window.setTimeout(collapse, holdMs));
    },
    [release],
  );

  useEffect(() => {
    const running = timers.current;
    return () => {
      for (const timer of running.values()) window.clearTimeout(timer);
    };
  }, []);

  return { held, isSettling: held.some((one) => one.isCollapsing), hold, release };
}
