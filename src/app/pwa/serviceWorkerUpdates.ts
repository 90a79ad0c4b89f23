import { createObservable } from '../../domain/async/observable.ts';

/** The part of a service worker registration that matters here. */
type Registration = Pick<ServiceWorkerRegistration, 'waiting' | 'installing' | 'update' | 'addEventListener'>;
type Workers = Pick<ServiceWorkerContainer, 'controller' | 'addEventListener'> & {
  register: (url: string, options: RegistrationOptions) => Promise<Registration>;
};

type Input = {
  /** Undefined where the browser has none: the app then needs the network to start. */
  workers: Workers | undefined;
  reload: () => void;
  isOnline: () => boolean;
  onFocus: (listener: () => void) => () => void;
  sleep: (ms: number) => Promise<void>;
};

/**
 * A newer version of the app: detected in the background, activated when the user agrees
 * (docs/decisions/0029-service-worker.md).
 */
export type ServiceWorkerUpdates = {
  /** A newer version than this page's is on this device. */
  isReady: () => boolean;
  subscribe: (listener: () => void) => () => void;
  /** Activates the newer version and reloads. Drafts are stored already. */
  activate: () => void;
  /** Registers the worker and checks for a newer one every hour and on focus. */
  start: () => Promise<void>;
  /** A chunk could not be fetched: it may belong to a version that the server no longer has. */
  reportMissingChunk: () => void;
};

const hourMs = 60 * 60_000;
/** Focusing the window checks for a newer version at most this often. */
const pauseMs = 60_000;

export function createServiceWorkerUpdates({ workers, reload, isOnline, onFocus, sleep }: Input): ServiceWorkerUpdates {
  let registration: Registration | undefined;
  const isReady = createObservable(false);
  let isActivating = false;
  let wasCheckedLately = false;

  const hasController = () => (workers?.controller ?? null) !== null;
  const setReady = () => isReady.set(true);
  function follow(worker: ServiceWorker | null) {
    worker?.addEventListener('statechange', () => {
      // Without a controller this is the first worker, and the page has its version.
      if (worker.state === 'installed' && hasController()) setReady();
    });
  }
  async function checkForUpdate() {
    if (wasCheckedLately || registration === undefined) return;
    wasCheckedLately = true;
    void sleep(pauseMs).then(() => (wasCheckedLately = false));
    // Offline or failing: the next check retries.
    await registration.update().catch(() => undefined);
  }
  async function checkEveryHour(): Promise<never> {
    for (;;) {
      await sleep(hourMs);
      await checkForUpdate();
    }
  }

  return {
    isReady: isReady.current,
    subscribe: isReady.subscribe,
    activate() {
      const waiting = registration?.waiting ?? undefined;
      if (waiting === undefined) return reload();
      isActivating = true;
      waiting.postMessage({ kind: 'activate' });
    },
    async start() {
      if (workers === undefined) return;
      let hadController = hasController();
      workers.addEventListener('controllerchange', () => {
        if (isActivating) reload();
        // Another tab activated the newer version; this page still runs the older one.
        else if (hadController) setReady();
        hadController = true;
      });
      try {
        registration = await workers.register('/sw.js', { updateViaCache: 'none' });
      } catch {
        // Site data is blocked, or the first visit is offline: the app works, but needs the network to start.
        return;
      }
      if (registration.waiting !== null && hasController()) setReady();
      follow(registration.installing);
      registration.addEventListener('updatefound', () => follow(registration?.installing ?? null));
      onFocus(() => void checkForUpdate());
      void checkEveryHour();
    },
    reportMissingChunk() {
      // A worker has every chunk on this device. Without one, a chunk that is missing online was replaced by a newer one.
      if (!hasController() && isOnline()) setReady();
      else void checkForUpdate();
    },
  };
}
