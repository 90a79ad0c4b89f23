import type { Weekday } from '../../domain/time/time.ts';
import { weekStartOf } from '../../domain/time/weekStart.ts';

/** What the data layer needs from the browser and nobody else gives: replaced in tests, where nothing may depend on time. */
export type Ports = {
  /** Resolves after `ms`, or at once when the signal fires. Never rejects. */
  sleep: (ms: number, signal?: AbortSignal) => Promise<void>;
  /** Lets the page paint and answer keys, then goes on: called between pieces of long work. */
  pause: () => Promise<void>;
  /** Resolves after the next paint. */
  painted: () => Promise<void>;
  /** Runs `work` while holding the named lock; one holder among all tabs where the browser has Web Locks. */
  withLock: <T>(name: string, work: () => Promise<T>) => Promise<T>;
  /** Messages to and from other tabs of this browser. */
  channel: (name: string) => Channel;
  /** Calls back when the network comes or goes and when the tab is looked at again. */
  isOnline: () => boolean;
  onNetwork: (listener: () => void) => () => void;
  onFocus: (listener: () => void) => () => void;
  /** Somebody may be looking at the tab. */
  isVisible: () => boolean;
  /** The browser's own IANA zone. */
  zone: () => string;
  /** The first day of the week where the reader is. */
  weekStart: () => Weekday;
  newId: () => string;
};

export type Channel = {
  post: (message: unknown) => void;
  onMessage: (listener: (message: unknown) => void) => () => void;
  close: () => void;
};

/** A browser's timer that is set for longer ends at once. 24 days. */
const longestTimerMs = 2 ** 31 - 1;

/** The real ones. */
export function browserPorts(): Ports {
  return {
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted === true) return resolve();
        const finish = () => {
          clearTimeout(timer);
          signal?.removeEventListener('abort', finish);
          resolve();
        };
        const timer = setTimeout(finish, Math.min(ms, longestTimerMs));
        signal?.addEventListener('abort', finish);
      }),
    pause: yieldToEvents,
    // A tab that is not looked at does not paint.
    painted: async () => {
      if (document.visibilityState === 'visible')
        await new Promise((resolve) => {
          requestAnimationFrame(resolve);
        });
      await yieldToEvents();
    },
    withLock: lockPort(navigator.locks),
    channel: openChannel,
    isOnline: () => navigator.onLine,
    onNetwork: (listener) => listen(window, ['online', 'offline'], listener),
    onFocus: (listener) =>
      listen(window, ['focus', 'visibilitychange'], () => document.visibilityState === 'visible' && listener()),
    isVisible: () => document.visibilityState === 'visible',
    zone: () => Intl.DateTimeFormat().resolvedOptions().timeZone,
    weekStart: () => weekStartOf(navigator.language),
    newId: () => crypto.randomUUID(),
  };
}

/** A message is delivered after what the person did meanwhile, and sooner than any timer. */
function yieldToEvents(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener('message', () => (port1.close(), resolve()), { once: true });
    port1.start();
    port2.postMessage(null);
  });
}

function listen(target: EventTarget, names: readonly string[], listener: () => void): () => void {
  for (const name of names) target.addEventListener(name, listener);
  return () => {
    for (const name of names) target.removeEventListener(name, listener);
  };
}

/** Web Locks where there are any; else turns inside this tab, which is all a browser without them can offer. */
export function lockPort(locks: LockManager | undefined): Ports['withLock'] {
  if (locks !== undefined) return async (name, work) => await locks.request(name, work);
  const tails = new Map<string, Promise<unknown>>();
  return (name, work) => {
    const turn = (tails.get(name) ?? Promise.resolve()).then(work);
    tails.set(
      name,
      turn.catch(() => undefined),
    );
    return turn;
  };
}

/** Silence where there is no BroadcastChannel, and after closing: what is still under way then has nobody to tell. */
export function openChannel(name: string): Channel {
  if (typeof BroadcastChannel === 'undefined') return { post: () => {}, onMessage: () => () => {}, close: () => {} };
  const channel = new BroadcastChannel(name);
  let isOpen = true;
  return {
    post(message) {
      if (isOpen) channel.postMessage(message);
    },
    onMessage: (listener) => {
      const onMessage = (event: MessageEvent<unknown>) => listener(event.data);
      channel.addEventListener('message', onMessage);
      return () => channel.removeEventListener('message', onMessage);
    },
    close() {
      isOpen = false;
      channel.close();
    },
  };
}
