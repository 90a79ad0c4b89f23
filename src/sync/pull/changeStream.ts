import { ApiError } from '../../api/apiError.ts';
import type { MailboxEvent, EventStreamApi } from '../../api/extras/eventStream.ts';
import type { PreferenceStore } from '../storage/preferences.ts';
import type { Channel, Ports } from '../platform/ports.ts';
import { reportFault } from '../platform/reportFault.ts';
import { createBackoff } from '../../domain/async/backoff.ts';
import { createObservable } from '../../domain/async/observable.ts';
import type { Observable } from '../../domain/async/observable.ts';

/** A change made elsewhere: the mailbox's `folders`, and whether its lists changed. */
export type RemoteChange = Extract<MailboxEvent, { kind: 'change' | 'shared' }>;

export type ChangeStream = {
  /** True while the stream reports every change made elsewhere, so that nothing needs polling. */
  isLive: Observable<boolean>;
  /** Resolves when it is known whether this start can rely on events. */
  ready: () => Promise<void>;
  start: (handlers: ChangeHandlers) => () => void;
  /** Pulled data could not be stored: the next start must pull everything. */
  forgetPosition: () => void;
  /** Reconnects now, as the network is back. */
  wake: () => void;
};

type Input = {
  account: string;
  events: EventStreamApi | null;
  preferences: PreferenceStore;
  ports: Pick<Ports, 'sleep' | 'withLock'>;
  channel: Channel;
};

export type ChangeHandlers = {
  /** Pulls the change; resolves with whether it succeeded. */
  onRemoteChange: (change: RemoteChange) => Promise<boolean>;
  /** The last position is unknown: everything must be pulled. */
  onGap: () => Promise<boolean>;
};

const textKey = 'events';
/** The service sends a keep-alive every 25 s. */
const silenceMs = 60_000;
const retryBackoff = { firstMs: 1_000, longestMs: 60_000 };
/** A start waits at most this long for the stream. */
const startTimeoutMs = 2_000;
/** Servers without events are asked again after this. */
const noEventsMs = 10 * 60_000;

/**
 * Change events of one account (docs/architecture.md#change-events): one stream per browser, held by the tab with the
 * lock, which pulls for all tabs. The number of the last fully pulled event is stored, so that the next start asks for
 * what came after it.
 */
export function createChangeStream(input: Input): ChangeStream {
  const { account, events, preferences, ports, channel } = input;
  const isLive = createObservable(false);
  let resolveReady = () => {};
  let ready = new Promise<void>((resolve) => (resolveReady = resolve));
  let wakeController = new AbortController();
  let isHolder = false;
  let streams = 0;
  let isKept = true;

  function setLive(live: boolean) {
    isLive.set(live);
    if (isHolder) channel.post({ kind: 'live', live });
    if (live) resolveReady();
  }

  /** Whether the stream delivered more than its greeting: a proxy may end each one at once. */
  async function listenOnce(api: EventStreamApi, handlers: ChangeHandlers, stopped: AbortSignal): Promise<boolean> {
    const after = positionIn(preferences.get(textKey));
    const line = new AbortController();
    const stream = (streams += 1);
    // A pull of an earlier stream may end later: this one begins before it, and reports its change again.
    const follow = createPositions(handlers, (seq) => {
      if (stream === streams && isKept) preferences.set(textKey, String(seq));
    });
    let sign = 0;
    let isOpen = false;
    const watch = async () => {
      while (!line.signal.aborted) {
        const before = sign;
        await ports.sleep(silenceMs, line.signal);
        if (before === sign) line.abort();
      }
    };
    try {
      await api.listen({
        after,
        signal: AbortSignal.any([stopped, line.signal]),
        onSign: () => (sign += 1),
        onEvent(event) {
          if (!isOpen) {
            isOpen = true;
            void watch();
          }
          if (event.kind === 'hello') {
            if (after === undefined) void follow(null, event.seq);
            setLive(true);
          } else if (event.kind !== 'end') {
            // Each tab has its own list of shared folders; their rows reach it through the replica.
            if (event.kind === 'shared' && event.access) channel.post({ kind: 'access' });
            void follow(event, event.kind === 'change' ? event.seq : null);
          }
        },
      });
    } finally {
      line.abort();
      setLive(false);
    }
    return sign > 1;
  }

  async function hold(api: EventStreamApi, handlers: ChangeHandlers, stopped: AbortSignal) {
    isHolder = true;
    const backoff = createBackoff(retryBackoff);
    while (!stopped.aborted) {
      wakeController = new AbortController();
      let least = 0;
      try {
        if (await listenOnce(api, handlers, stopped)) backoff.reset();
      } catch (error) {
        least = leastWaitAfter(error);
      }
      resolveReady();
      const wait = Math.max(backoff.next(), least);
      if (!stopped.aborted) await ports.sleep(wait, AbortSignal.any([stopped, wakeController.signal]));
    }
    isHolder = false;
  }

  return {
    isLive,
    ready: () => ready,
    wake: () => wakeController.abort(),
    forgetPosition() {
      isKept = false;
      preferences.remove(textKey);
    },
    start(handlers) {
      if (events === null) {
        resolveReady();
        return () => {};
      }
      const stopped = new AbortController();
      ready = new Promise<void>((resolve) => (resolveReady = resolve));
      const stopListening = channel.onMessage((message) => {
        if (!isLiveMessage(message)) return;
        if (message.kind === 'live' && !isHolder) setLive(message.live);
        if (message.kind === 'access') void handlers.onRemoteChange({ kind: 'shared', mailboxes: [], access: true });
        if (message.kind === 'ask' && isHolder) channel.post({ kind: 'live', live: isLive.current() });
      });
      channel.post({ kind: 'ask' });
      void ports.sleep(startTimeoutMs, stopped.signal).then(() => resolveReady());
      void ports.withLock(`threefold:${account}:events`, async () => {
        if (!stopped.signal.aborted) await hold(events, handlers, stopped.signal);
      });
      return () => {
        stopListening();
        stopped.abort();
      };
    },
  };
}

function leastWaitAfter(error: unknown): number {
  if (!(error instanceof ApiError)) {
    reportFault(error);
    return 0;
  }
  return error.kind === 'missing' || error.kind === 'refused' ? noEventsMs : (error.retryAfter ?? 0);
}

/** The number of the last event that was pulled; undefined for a text this app did not write. */
const positionIn = (stored: string | undefined) =>
  stored !== undefined && /^\d+$/.test(stored) ? Number(stored) : undefined;

/**
 * The stored number means that all before it was pulled. Changes are pulled side by side: one that waits for a busy
 * server holds back the number, and no other change. A change of null means that events were missed.
 */
function createPositions({ onRemoteChange, onGap }: ChangeHandlers, store: (seq: number) => void) {
  let received: readonly { seq: number | null; isRead: boolean }[] = [];
  return async (change: RemoteChange | null, seq: number | null) => {
    const position = { seq, isRead: false };
    received = [...received, position];
    position.isRead = await (change === null ? onGap() : onRemoteChange(change));
    const firstUnread = received.findIndex(({ isRead }) => !isRead);
    const read = firstUnread < 0 ? received : received.slice(0, firstUnread);
    received = received.slice(read.length);
    const last = read.findLast((one) => one.seq !== null)?.seq ?? null;
    if (last !== null) store(last);
  };
}

function isLiveMessage(message: unknown): message is { kind: 'ask' | 'access' } | { kind: 'live'; live: boolean } {
  if (typeof message !== 'object' || message === null || !('kind' in message)) return false;
  return message.kind === 'ask' || message.kind === 'access' || (message.kind === 'live' && 'live' in message);
}
