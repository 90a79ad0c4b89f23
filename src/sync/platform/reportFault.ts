/**
 * Reports a fault of the app's own code to the page's or worker's error log, where the work that met it goes on. Without
 * such a log it is thrown in a task of its own, so that a test fails.
 */
export function reportFault(error: unknown): void {
  if ('reportError' in globalThis) globalThis.reportError(error);
  else
    queueMicrotask(() => {
      throw error;
    });
}
