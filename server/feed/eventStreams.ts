import { AppError } from '../config/appError.ts';
import type { VerifyToken } from '../identity/bearerAuth.ts';
import type { Log } from '../config/log.ts';
import { mailboxChangeSince, lastSeqsOf, type MailboxChange } from './mailboxChanges.ts';
import { tooManyRequests } from '../http/rateLimit.ts';
import { isSameSnapshot, diffShareSnapshots, readShareSnapshots, type ShareSnapshot } from './shareNotifications.ts';
import type { Db } from '../db/mailboxTransaction.ts';

/**
 * Change events (docs/architecture.md#change-events): tell subscribers that a mailbox and which of its folders changed,
 * never what. An event covers everything since the one before, so a slow subscriber gets fewer, and a returning one
 * misses nothing.
 */
export type EventStreams = {
  /**
   * @param lastId the number of the last event that the listener had, from Last-Event-ID.
   * @param seesShared whether it also hears of folders that others share with the account.
   * @throws AppError 429 when the account has too many streams, 503 when the service has, or is stopping.
   */
  open(asked: {
    accountId: string;
    bearer: string;
    lastId?: number;
    seesShared: boolean;
  }): Promise<ReadableStream<Uint8Array<ArrayBuffer>>>;
  /** Something may have been written to this mailbox just now. */
  poke(accountId: string): void;
  /** Looks for what other processes wrote. By itself once a second while anybody listens. */
  poll(): Promise<void>;
  /** Shows every listener that the line is alive, and lets go of those that may not listen any more. */
  beat(): Promise<void>;
  /** Ends all streams, and opens none from now on. */
  close(): void;
};

export const maxStreamsPerAccount = 12;
const maxStreams = 2_000;
const pollEvery = 1_000;
const beatEvery = 25_000;
/** Seconds. */
const comeBackAfter = 30;
/** Events that wait for a listener to take them. */
const maxWaiting = 16;

type Listener = {
  accountId: string;
  bearer: string;
  /** The last number it was told of. */
  seq: number;
  /** How many groups there were then; undefined when nobody knows. */
  groups: number | undefined;
  seesShared: boolean;
  /** What it was told of other mailboxes; undefined when nobody knows. */
  shared: ShareSnapshot | undefined;
  controller: ReadableStreamDefaultController<Uint8Array<ArrayBuffer>>;
  /** It did not take anything for a whole beat. */
  isStuck: boolean;
};

const encoder = new TextEncoder();
const noView: ShareSnapshot = new Map();

/** @param every starts a repetition and answers what ends it; none in tests, which say themselves when. */
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
  const listeners = new Set<Listener>();
  let timers: (() => void)[] = [];
  let queue: Promise<void> = Promise.resolve();
  let isClosed = false;

  /** One look at a time, or a change would be told twice. */
  function next(work: () => Promise<void>): Promise<void> {
    queue = queue.then(work).catch((error: unknown) => log.error('events failed', {}, error));
    return queue;
  }

  function drop(listener: Listener): void {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    for (const stop of timers) stop();
    timers = [];
  }

  function end(listener: Listener, reason: 'signedOut' | 'slow' | 'stopping'): void {
    drop(listener);
    listener.controller.enqueue(event('end', { reason }));
    listener.controller.close();
  }

  async function tell(accountIds: readonly string[]): Promise<void> {
    if (accountIds.length === 0) return;
    const told = [...listeners].filter(({ accountId }) => accountIds.includes(accountId));
    const guestIds = new Set(told.filter(({ seesShared }) => seesShared).map(({ accountId }) => accountId));
    const numbers = await lastSeqsOf(read, accountIds);
    const views = await readShareSnapshots(read, [...guestIds]);
    const changes = new Map<string, Promise<MailboxChange>>();
    for (const listener of told) {
      const seq = numbers.get(listener.accountId);
      if (seq === undefined) {
        end(listener, 'signedOut');
        continue;
      }
      const { shared, seesShared } = listener;
      const view = views.get(listener.accountId) ?? noView;
      const isShared = seesShared && (shared === undefined || !isSameSnapshot(shared, view));
      if (seq === listener.seq && !isShared) continue;
      if (!canTake(listener) || !(await mayListen(listener))) continue;
      if (seq !== listener.seq) await tellOne(listener, seq, changes);
      if (isShared) await tellShared(listener, view);
    }
  }

  /** Without a number: those that resume an own mailbox's events say nothing of others'. */
  async function tellShared(listener: Listener, view: ShareSnapshot): Promise<void> {
    const change = await diffShareSnapshots(read, listener.shared, view);
    if (!listeners.has(listener)) return;
    listener.shared = view;
    if (change.access || change.mailboxes.length > 0) listener.controller.enqueue(event('shared', change));
  }

  /** Whoever was signed out, or whose token was revoked, is let go before there is anything more to hear. */
  async function mayListen(listener: Listener): Promise<boolean> {
    const principal = await verify(listener.bearer);
    if (!listeners.has(listener)) return false;
    if (principal?.accountId === listener.accountId) return true;
    end(listener, 'signedOut');
    return false;
  }

  async function tellOne(listener: Listener, seq: number, changes: Map<string, Promise<MailboxChange>>): Promise<void> {
    const { accountId } = listener;
    // A number that went back is that of a restored backup: everything may be different.
    const since = seq < listener.seq ? -1 : listener.seq;
    const key = `${accountId} ${since}`;
    const looked = changes.get(key) ?? mailboxChangeSince(read, accountId, since, seq);
    changes.set(key, looked);
    const { folders, structure, groups } = await looked;
    if (!listeners.has(listener)) return;
    const isStructure = structure || groups !== listener.groups;
    listener.seq = seq;
    listener.groups = groups;
    listener.controller.enqueue(event('change', { seq, folders, structure: isStructure }, seq));
  }

  async function beat(): Promise<void> {
    for (const listener of listeners) {
      if (!(await mayListen(listener))) continue;
      if (canTake(listener)) {
        listener.isStuck = false;
        listener.controller.enqueue(encoder.encode(': \n\n'));
      } else if (listener.isStuck) end(listener, 'slow');
      else listener.isStuck = true;
    }
  }

  const poll = () => next(() => tell([...new Set([...listeners].map(({ accountId }) => accountId))]));

  return {
    async open({ accountId, bearer, lastId, seesShared }) {
      const seq = (await lastSeqsOf(read, [accountId])).get(accountId) ?? 0;
      const { groups } = await mailboxChangeSince(read, accountId, seq, seq);
      const view = seesShared ? ((await readShareSnapshots(read, [accountId])).get(accountId) ?? noView) : noView;
      const shared = lastId === undefined ? view : undefined;
      const busy = { 'Retry-After': String(comeBackAfter) };
      if (isClosed || listeners.size >= maxStreams)
        throw new AppError(503, 'ErrorServerBusy', 'The server is busy. Try again.', busy);
      if ([...listeners].filter((one) => one.accountId === accountId).length >= maxStreamsPerAccount)
        throw tooManyRequests(false, comeBackAfter);
      let listener: Listener;
      const stream = new ReadableStream<Uint8Array<ArrayBuffer>>(
        {
          start(controller) {
            const known = lastId === undefined ? { seq, groups } : { seq: lastId, groups: undefined };
            listener = { accountId, bearer, ...known, seesShared, shared, controller, isStuck: false };
            listeners.add(listener);
            controller.enqueue(event('hello', { seq }, listener.seq));
          },
          cancel: () => drop(listener),
        },
        { highWaterMark: maxWaiting },
      );
      if (timers.length === 0) timers = [every(pollEvery, () => void poll()), every(beatEvery, () => void next(beat))];
      if (lastId !== undefined) void next(() => tell([accountId]));
      return stream;
    },
    poke(accountId) {
      const watching = [...listeners].filter(
        (one) => one.accountId === accountId || one.shared?.has(accountId) === true,
      );
      if (watching.length === 0) return;
      void next(() => tell([...new Set(watching.map((one) => one.accountId))]));
    },
    poll,
    beat: () => next(beat),
    close() {
      isClosed = true;
      for (const listener of listeners) end(listener, 'stopping');
    },
  };
}

function canTake({ controller }: Listener): boolean {
  return (controller.desiredSize ?? 0) > 0;
}

function repeat(ms: number, work: () => void): () => void {
  const timer = setInterval(work, ms).unref();
  return () => clearInterval(timer);
}

/** One event of a `text/event-stream`; JSON has no line ends in it. */
function event(name: string, data: object, id?: number): Uint8Array<ArrayBuffer> {
  const number = id === undefined ? '' : `id: ${id}\n`;
  return encoder.encode(`event: ${name}\n${number}data: ${JSON.stringify(data)}\n\n`);
}
