/** What waits for the first rows, so that nothing competes with them for the connection; null once they are drawn. */
let waiting: Set<() => void> | null = new Set();

/** The first rows are drawn: what may be needed later loads from now on. */
export function allowIdleLoading(): void {
  const starts = waiting ?? [];
  waiting = null;
  for (const start of starts) start();
}

/** Pages without rows wait no longer than this; ms. */
const longestWaitMs = 10_000;

/** Runs it when the first rows are drawn and the browser is idle; returns a function that cancels it. */
export function runWhenIdle(run: () => void): () => void {
  if (waiting === null) return runInIdlePeriod(run);
  const waits = waiting;
  let cancel = () => {};
  const start = () => {
    clearTimeout(timer);
    waits.delete(start);
    cancel = runInIdlePeriod(run);
  };
  const timer = setTimeout(start, longestWaitMs);
  waits.add(start);
  return () => {
    clearTimeout(timer);
    waits.delete(start);
    cancel();
  };
}

/** Safari has no idle callback and waits two seconds. */
function runInIdlePeriod(run: () => void): () => void {
  if ('requestIdleCallback' in window) {
    const id = window.requestIdleCallback(run, { timeout: 10_000 });
    return () => window.cancelIdleCallback(id);
  }
  const id = setTimeout(run, 2000);
  return () => clearTimeout(id);
}
