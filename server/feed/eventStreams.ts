import { AppError, tooManyRequests } from '../config/appError.ts';
import type { Log } from '../config/log.ts';
import type { Db } from '../db/tables.ts';
import type { VerifyToken } from '../identity/bearerAuth.ts';
import { lastSeqsOf, mailboxChangeSince } from './mailboxChanges.ts';
import { emptySnapshot, notifySubscribers, type Subscriptions } from './notifySubscribers.ts';
import { readShareSnapshots } from './shareNotifications.ts';
import { hasRoom, sendComment, sendEvent, type Subscriber } from './subscriber.ts';

export type Subscription = {
  accountId: string;
  bearer: string;
  /** The number of the last event that the client received, from Last-Event-ID. */
  lastId?: number;
  /** Whether it is also notified about folders that others share with the account. */
  seesShared: boolean;
};

/**
 * Change events (docs/architecture.md#change-events) name the mailbox and folders that changed, never the content. An
 * event covers everything since the one before: a slow client gets fewer, a resuming one misses nothing.
 */
export type EventStreams = {
  /** @throws AppError 429 when the account has too many streams, 503 when the service has, or is stopping. */
  open(subscription: Subscription): Promise<ReadableStream<Uint8Array<ArrayBuffer>>>;
  /** Call it after a request that may have written to this mailbox. */
  notify(accountId: string): void;
  /** Finds writes of other processes. Runs once a second while there are subscribers. */
  poll(): Promise<void>;
  /** Sends a comment on every stream, and ends those that are no longer authorized or not read. */
  beat(): Promise<void>;
  /** Ends all streams and rejects new ones. */
  close(): void;
};

export const maxStreamsPerAccount = 12;
const maxStreams = 2_000;
/** Milliseconds. */
const pollInterval = 1_000;
/** Milliseconds. */
const heartbeatInterval = 25_000;
const retryAfterSeconds = 30;
/** Unread events that a stream buffers. */
const maxBufferedEvents = 16;

/** @param every starts an interval and returns a function that stops it; tests pass one that never fires. */
export function createEventStreams({
  read,
  verify,
  log,
  every = repeat,
}: {
  read: Db;
  verify: VerifyToken;
  log: Log;
  every?: (ms: number, work: () => void) => () => void;
}): EventStreams {
  const subscribers = new Set<Subscriber>();
  let timers: (() => void)[] = [];
  let queue: Promise<void> = Promise.resolve();
  let isClosed = false;

  /** One at a time, else a change would be sent twice. */
  function enqueue(work: () => Promise<void>): Promise<void> {
    queue = queue.then(work).catch((error: unknown) => log.error('events failed', {}, error));
    return queue;
  }

  function remove(subscriber: Subscriber): void {
    subscribers.delete(subscriber);
    if (subscribers.size > 0) return;
    for (const stop of timers) stop();
    timers = [];
  }

  function end(subscriber: Subscriber, reason: 'signedOut' | 'slow' | 'stopping'): void {
    remove(subscriber);
    sendEvent(subscriber, 'end', { reason });
    subscriber.controller.close();
  }

  async function isAuthorized(subscriber: Subscriber): Promise<boolean> {
    const principal = await verify(subscriber.bearer);
    if (!subscribers.has(subscriber)) return false;
    if (principal?.accountId === subscriber.accountId) return true;
    end(subscriber, 'signedOut');
    return false;
  }

  const subscriptions: Subscriptions = {
    all: () => [...subscribers],
    isOpen: (subscriber) => subscribers.has(subscriber),
    isAuthorized,
    end,
  };
  const notifyAccounts = (accountIds: Iterable<string>) => notifySubscribers(read, subscriptions, [...accountIds]);

  async function beat(): Promise<void> {
    for (const subscriber of subscribers) {
      if (!(await isAuthorized(subscriber))) continue;
      if (hasRoom(subscriber)) {
        subscriber.isStuck = false;
        sendComment(subscriber);
      } else if (subscriber.isStuck) end(subscriber, 'slow');
      else subscriber.isStuck = true;
    }
  }

  const poll = () => enqueue(() => notifyAccounts(accountsOf(subscribers)));

  function checkLimits(accountId: string): void {
    if (isClosed || subscribers.size >= maxStreams) {
      const headers = { 'Retry-After': String(retryAfterSeconds) };
      throw new AppError(503, 'ErrorServerBusy', 'The server is busy. Try again.', headers);
    }
    if ([...subscribers].filter((subscriber) => subscriber.accountId === accountId).length >= maxStreamsPerAccount)
      throw tooManyRequests(false, retryAfterSeconds);
  }

  return {
    async open({ accountId, bearer, lastId, seesShared }) {
      const seq = (await lastSeqsOf(read, [accountId])).get(accountId) ?? 0;
      const { groups } = await mailboxChangeSince(read, accountId, seq, seq);
      const snapshot = seesShared ? (await readShareSnapshots(read, [accountId])).get(accountId) : undefined;
      const shared = lastId === undefined ? (snapshot ?? emptySnapshot) : undefined;
      checkLimits(accountId);
      let subscriber: Subscriber;
      const stream = new ReadableStream<Uint8Array<ArrayBuffer>>(
        {
          start(controller) {
            const start = lastId === undefined ? { seq, groups } : { seq: lastId, groups: undefined };
            subscriber = { accountId, bearer, ...start, seesShared, shared, controller, isStuck: false };
            subscribers.add(subscriber);
            sendEvent(subscriber, 'hello', { seq }, subscriber.seq);
          },
          cancel: () => remove(subscriber),
        },
        { highWaterMark: maxBufferedEvents },
      );
      if (timers.length === 0)
        timers = [every(pollInterval, () => void poll()), every(heartbeatInterval, () => void enqueue(beat))];
      if (lastId !== undefined) void enqueue(() => notifyAccounts([accountId]));
      return stream;
    },
    notify(accountId) {
      const affected = [...subscribers].filter(
        (subscriber) => subscriber.accountId === accountId || subscriber.shared?.has(accountId) === true,
      );
      if (affected.length > 0) void enqueue(() => notifyAccounts(accountsOf(affected)));
    },
    poll,
    beat: () => enqueue(beat),
    close() {
      isClosed = true;
      for (const subscriber of subscribers) end(subscriber, 'stopping');
    },
  };
}

function accountsOf(subscribers: Iterable<Subscriber>): ReadonlySet<string> {
  return new Set([...subscribers].map(({ accountId }) => accountId));
}

function repeat(ms: number, work: () => void): () => void {
  const timer = setInterval(work, ms).unref();
  return () => clearInterval(timer);
}
