import { useCallback, useEffect, useRef, useState } from 'react';
import type { CompletingTask } from '../row/rowPlan.ts';

/** Fill, strike and pause before a completed row collapses, in ms; designTokens.css has the same times. */
const holdMs = 120 + 160 + 600;
const collapseMs = 200;

export type CompletionTransition = {
  held: readonly CompletingTask[];
  /** A row is collapsing: other rows animate only then. */
  isCollapsing: boolean;
  hold: (task: Omit<CompletingTask, 'isCollapsing'>) => void;
  /** Ends the transition at once: the completion was undone. */
  release: (taskId: string) => void;
};

/** Holds completed tasks in place for a moment before they collapse. With reduced motion none is held. */
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

  return { held, isCollapsing: held.some((one) => one.isCollapsing), hold, release };
}
