/** What the event loop's time is spent on. */
export type Spender = {
  /** Adds CPU time in milliseconds. */
  spend(ms: number): void;
};

export type LoopTime = {
  /** From here on, the time goes to this spender, until another takes over or the event loop runs out of work. */
  give(spender: Spender): void;
  /** Counts the time up to now. */
  settle(): void;
};

/**
 * Attributes the CPU time of this thread. Whatever runs between two callbacks of the event loop belongs to the last
 * spender named in it, so work that nobody expected to be slow is counted as well.
 * @param cpuMs CPU time of this thread since some start. Milliseconds.
 */
export function createLoopTime(cpuMs: () => number): LoopTime {
  let spender: Spender | undefined;
  let since = 0;

  function settle(): void {
    if (spender === undefined) return;
    const now = cpuMs();
    spender.spend(now - since);
    since = now;
  }

  function end(): void {
    settle();
    spender = undefined;
  }

  return {
    settle,
    give(next) {
      if (next === spender) return;
      const isFirst = spender === undefined;
      settle();
      if (isFirst) {
        since = cpuMs();
        afterMicrotasks(end);
      }
      spender = next;
    },
  };
}

/** Runs once nothing is left to do before the event loop continues: Node drains microtasks first, then these. */
export function afterMicrotasks(run: () => void): void {
  queueMicrotask(() => process.nextTick(run));
}

/** CPU time of this thread alone in milliseconds: other processes do not count. */
export function threadCpuMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
