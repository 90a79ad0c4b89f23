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
 * A newer version of the app: detected in the background, installed when the person agrees
 * (docs/decisions/0029-service-worker.md).
 */
export type ServiceWorkerUpdates = {
  /** A newer version is on this device, or this page is older than what is. */
  isReady: () => boolean;
  subscribe: (listener: () => void) => () => void;
  /** Goes over to the newer version. What is typed is on disk already. */
  take: () => void;
  /** Registers the worker, and looks for a newer one now and then for as long as the page lives. */
  start: () => Promise<void>;
  /** A part of the app could not be fetched: it may be of a version that is gone. */
  missPart: () => void;
};

const hourMs = 60 * 60_000;
/** Coming back to the window looks for a newer version, but not at every turn. */
const pauseMs = 60_000;

export function createServiceWorkerUpdates({ workers, reload, isOnline, onFocus, sleep }: Input): ServiceWorkerUpdates {
  const listeners = new Set<() => void>();
  let registration: Registration | undefined;
  let isReady = false;
  let isTaking = false;
  let isFresh = false;

  const hasController = () => (workers?.controller ?? null) !== null;
  function notice() {
    if (isReady) return;
    isReady = true;
    for (const listener of listeners) listener();
  }
  function follow(worker: ServiceWorker | null) {
    worker?.addEventListener('statechange', () => {
      // Without a controller this is the first worker ever, and this page is as new as it is.
      if (worker.state === 'installed' && hasController()) notice();
    });
  }
  async function look() {
    if (isFresh || registration === undefined) return;
    isFresh = true;
    void sleep(pauseMs).then(() => (isFresh = false));
    // Offline, or the service is down: the next look is soon enough.
    await registration.update().catch(() => undefined);
  }
  async function lookEveryHour(): Promise<never> {
    for (;;) {
      await sleep(hourMs);
      await look();
    }
  }

  return {
    isReady: () => isReady,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    take() {
      const waiting = registration?.waiting ?? undefined;
      if (waiting === undefined) return reload();
      isTaking = true;
      waiting.postMessage({ kind: 'activate' });
    },
    async start() {
      if (workers === undefined) return;
      let hadController = hasController();
      workers.addEventListener('controllerchange', () => {
        if (isTaking) reload();
        // Another tab went over to the newer version: this one still runs the older.
        else if (hadController) notice();
        hadController = true;
      });
      try {
        registration = await workers.register('/sw.js', { updateViaCache: 'none' });
      } catch {
        // Site data switched off, or no network at the very first visit: the app works, and starts with the network only.
        return;
      }
      if (registration.waiting !== null && hasController()) notice();
      follow(registration.installing);
      registration.addEventListener('updatefound', () => follow(registration?.installing ?? null));
      onFocus(() => void look());
      void lookEveryHour();
    },
    missPart() {
      // With a worker every part is on this device. Without one, a part that is gone while the network is there was replaced.
      if (!hasController() && isOnline()) notice();
      else void look();
    },
  };
}
