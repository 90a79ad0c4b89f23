/** One run at a time: those who ask during one share the next. */
export function createSharedRun(work: () => Promise<void>): () => Promise<void> {
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;
  return function run(): Promise<void> {
    if (running === null) {
      running = work().finally(() => (running = null));
      return running;
    }
    return (next ??= running.then(() => {
      next = null;
      return run();
    }));
  };
}
