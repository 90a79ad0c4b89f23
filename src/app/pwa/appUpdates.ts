import { browserPorts } from '../../sync/platform/ports.ts';
import { createServiceWorkerUpdates } from './serviceWorkerUpdates.ts';

const { isOnline, onFocus, sleep } = browserPorts();

/** The page's own. Started by main.tsx, but not in development: a worker would show what it keeps. */
export const appUpdates = createServiceWorkerUpdates({
  workers: 'serviceWorker' in navigator ? navigator.serviceWorker : undefined,
  reload: () => location.reload(),
  isOnline,
  onFocus,
  sleep: (ms) => sleep(ms),
});

// Vite says so when a dynamic import fails; whoever asked for the part offers to try again.
window.addEventListener('vite:preloadError', appUpdates.missPart);
