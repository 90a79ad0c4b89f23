import { browserPorts } from '../../sync/platform/ports.ts';
import { createServiceWorkerUpdates } from './serviceWorkerUpdates.ts';

const { isOnline, onFocus, sleep } = browserPorts();

/** The updates of this page. Not started in development, where a worker would serve cached files. */
export const appUpdates = createServiceWorkerUpdates({
  workers: 'serviceWorker' in navigator ? navigator.serviceWorker : undefined,
  reload: () => location.reload(),
  isOnline,
  onFocus,
  sleep: (ms) => sleep(ms),
});

// Vite fires this when a dynamic import fails; the importer offers to try again.
window.addEventListener('vite:preloadError', appUpdates.reportMissingChunk);
