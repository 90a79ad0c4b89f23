import { reminderInstant } from '../../domain/task/reminderTimes.ts';
import type { RowChange } from '../../domain/listing/listing.ts';
import type { Task } from '../../domain/task/task.ts';
import { addMs, msBetween } from '../../domain/time/time.ts';
import type { Clock, Instant } from '../../domain/time/time.ts';
import type { SystemNotification, Notifier } from '../platform/notifier.ts';
import type { Ports } from '../platform/ports.ts';
import type { ReminderLog, ReminderDelivery } from '../storage/reminderLog.ts';
import { createObservable } from '../platform/observable.ts';
import type { Observable } from '../platform/observable.ts';

/** A sleeping computer stops its timers: looked at again at least this often. */
const longestMs = 5 * 60_000;
/** Later than this, a reminder was missed: it is said inside the app. */
const missedMs = 90_000;
/** One that nobody wanted for so long is not brought up again. */
const forgottenMs = 30 * 86_400_000;

export type ReminderScheduler = Observable<readonly Task[]> & {
  /** Watches the clock and the rows; call the answer to stop. */
  start: () => () => void;
};

type Input = {
  /** Names the lock and the channel that all tabs share. */
  account: string;
  followRows: (listener: (moves: readonly RowChange[]) => void) => () => void;
  clock: Clock;
  ports: Pick<Ports, 'sleep' | 'withLock' | 'channel'>;
  notifier: Pick<Notifier, 'show' | 'close'>;
  log: ReminderLog;
  /** What the system's notification says. */
  notificationOf: (task: Task) => SystemNotification;
};

/**
 * Shows each reminder once, in the tab that holds the lock (docs/decisions/0032-reminders.md): as a system notification
 * where allowed, else inside the app. Reminders are sorted by time and only the first is waited for.
 */
export function createReminderScheduler({
  account,
  followRows,
  clock,
  ports,
  notifier,
  log,
  notificationOf,
}: Input): ReminderScheduler {
  const shown = createObservable<readonly Task[]>([]);
  /** Reminders to come, the latest first: the next one is at the end. */
  let queue: { id: string; at: Instant }[] = [];
  const tasks = new Map<string, Task>();
  const due = new Map<string, ReminderDelivery | 'open'>();
  let awake = new AbortController();

  function take(moves: readonly RowChange[]) {
    const fresh: { id: string; at: Instant }[] = [];
    for (const { before, after } of moves) {
      const isGone = before !== undefined && before.id !== after?.id;
      // A task that moved to another folder may arrive there before it leaves here.
      if (isGone && tasks.get(before.id)?.folderId === before.folderId) drop(before.id);
      if (after === undefined) continue;
      const is = reminderInstant(after);
      if (is !== reminderInstant(tasks.get(after.id))) {
        drop(after.id);
        if (is !== null) fresh.push({ id: after.id, at: is });
      }
      if (is !== null) tasks.set(after.id, after);
    }
    insert(fresh);
    show();
    if (fresh.length > 0) wake();
  }

  function drop(id: string) {
    const at = reminderInstant(tasks.get(id));
    if (at === null) return;
    tasks.delete(id);
    const index = placeOf(at, id);
    if (queue[index]?.id === id) queue.splice(index, 1);
    const told = due.get(id);
    due.delete(id);
    // Dealt with here or elsewhere: nothing is left to say.
    if (told === 'bySystem') void notifier.close(reminderTag(id));
  }

  /** Many at once are sorted in, one is put where it belongs. */
  function insert(fresh: readonly { id: string; at: Instant }[]) {
    if (fresh.length > 16) queue = [...queue, ...fresh].toSorted(latestFirst);
    else for (const one of fresh) queue.splice(placeOf(one.at, one.id), 0, one);
  }

  function placeOf(at: Instant, id: string): number {
    let [low, high] = [0, queue.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (latestFirst(queue[middle] ?? { at, id }, { at, id }) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  function wake() {
    const before = awake;
    awake = new AbortController();
    before.abort();
  }

  function show() {
    const next = [...due].flatMap(([id, told]) => (told === 'inApp' ? (tasks.get(id) ?? []) : []));
    const before = shown.current();
    if (next.length === before.length && next.every((task, at) => task === before[at])) return;
    shown.set(next);
  }

  /** What was said while this tab is open. */
  const heard = new Map<string, Said>();
  /** Whether this is the tab that speaks. */
  let isSpeaker = false;
  const name = `threefold:${account}:reminders`;

  /** How these were said, where that is known; the tab that speaks says the rest. */
  async function say(ids: readonly string[], post: (said: Said) => void) {
    for (const id of ids) {
      const task = tasks.get(id);
      const at = reminderInstant(task);
      if (task === undefined || at === null || due.get(id) !== 'open') continue;
      let told = known(id, at);
      if (told === undefined) {
        if (!isSpeaker) continue;
        const isMissed = msBetween(at, clock.now()) > missedMs;
        // Noted first: a tab that dies here has said it at most once.
        log.record(id, at, 'bySystem');
        told =
          !isMissed && (await notifier.show({ ...notificationOf(task), tag: reminderTag(id) })) ? 'bySystem' : 'inApp';
        log.record(id, at, told);
        post({ id, at, told });
      }
      hear({ id, at, told });
    }
    show();
  }

  function known(id: string, at: Instant): ReminderDelivery | undefined {
    const said = heard.get(id);
    return said?.at === at ? said.told : log.deliveryOf(id, at);
  }

  function hear({ id, at, told }: Said) {
    // Another tab's clock may be a moment ahead: kept until it is due here too.
    heard.set(id, { id, at, told });
    if (due.has(id) && reminderInstant(tasks.get(id)) === at) due.set(id, told);
  }

  async function run(stopped: AbortSignal, post: (said: Said) => void) {
    while (!stopped.aborted) {
      const { signal } = awake;
      const now = clock.now();
      for (let next = queue.at(-1); next !== undefined && next.at <= now; next = queue.at(-1)) {
        queue.pop();
        if (next.at >= addMs(now, -forgottenMs)) due.set(next.id, 'open');
      }
      const open = [...due].flatMap(([id, told]) => (told === 'open' ? [id] : []));
      if (open.length > 0) await say(open, post);
      if (signal.aborted) continue;
      const wait = queue.length === 0 ? longestMs : msBetween(clock.now(), queue.at(-1)?.at ?? now);
      await ports.sleep(Math.min(longestMs, Math.max(0, wait)), AbortSignal.any([stopped, signal]));
    }
  }

  /** Speaks for as long as it is open; the next tab takes over. */
  async function speak(stopped: AbortSignal) {
    if (stopped.aborted) return;
    isSpeaker = true;
    wake();
    await new Promise<void>((resolve) => stopped.addEventListener('abort', () => resolve(), { once: true }));
    isSpeaker = false;
  }

  return {
    subscribe: shown.subscribe,
    current: shown.current,
    start() {
      const stopped = new AbortController();
      const channel = ports.channel(name);
      const stopHearing = channel.onMessage((message) => {
        if (!isSaid(message)) return;
        hear(message);
        show();
      });
      const stopFollowing = followRows(take);
      void run(stopped.signal, channel.post);
      void ports.withLock(name, () => speak(stopped.signal));
      return () => {
        stopHearing();
        stopFollowing();
        stopped.abort();
        channel.close();
        queue = [];
        tasks.clear();
        due.clear();
      };
    },
  };
}

/** What tabs tell each other. localStorage alone would not do: another process may see a write a moment late. */
type Said = { id: string; at: Instant; told: ReminderDelivery };

function isSaid(message: unknown): message is Said {
  if (typeof message !== 'object' || message === null) return false;
  const { id, at, told } = message as Record<string, unknown>;
  return typeof id === 'string' && typeof at === 'string' && (told === 'bySystem' || told === 'inApp');
}

export function reminderTag(taskId: string): string {
  return `reminder ${taskId}`;
}

function latestFirst(a: { id: string; at: Instant }, b: { id: string; at: Instant }): number {
  if (a.at !== b.at) return a.at > b.at ? -1 : 1;
  return a.id === b.id ? 0 : a.id > b.id ? -1 : 1;
}
