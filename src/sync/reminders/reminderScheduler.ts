import type { RowChange } from '../../domain/listing/listing.ts';
import type { Task } from '../../domain/task/task.ts';
import { msBetween } from '../../domain/time/time.ts';
import type { Clock, Instant } from '../../domain/time/time.ts';
import type { SystemNotification, Notifier } from '../platform/notifier.ts';
import type { Ports } from '../platform/ports.ts';
import type { ReminderLog, ReminderDelivery } from '../storage/reminderLog.ts';
import { createObservable } from '../../domain/async/observable.ts';
import { createDueReminders } from './dueReminders.ts';
import type { Observable } from '../../domain/async/observable.ts';

/** A sleeping computer stops its timers: the queue is checked at least this often. */
const longestMs = 5 * 60_000;
/** A reminder shown later than this was missed: it shows inside the app. */
const missedMs = 90_000;

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
export function createReminderScheduler(input: Input): ReminderScheduler {
  const { account, followRows, clock, ports, notifier, log } = input;
  const shown = createObservable<readonly Task[]>([]);
  const reminders = createDueReminders((id, delivery) => {
    if (delivery === 'bySystem') void notifier.close(reminderTag(id));
  });
  /** Deliveries by any tab since this one is open. */
  const delivered = new Map<string, Delivery>();
  const name = `threefold:${account}:reminders`;
  let wakeController = new AbortController();
  /** Whether this tab delivers for all tabs. */
  let isLeader = false;

  function wake() {
    const before = wakeController;
    wakeController = new AbortController();
    before.abort();
  }

  function show() {
    const next = reminders.inApp();
    const before = shown.current();
    if (next.length === before.length && next.every((task, index) => task === before[index])) return;
    shown.set(next);
  }

  function applyRows(moves: readonly RowChange[]) {
    const hasNew = reminders.applyRows(moves);
    show();
    if (hasNew) wake();
  }

  function applyDelivery({ id, at, delivery }: Delivery) {
    // Another tab's clock may be a moment ahead: kept until the reminder is due here too.
    delivered.set(id, { id, at, delivery });
    reminders.setDelivery(id, at, delivery);
  }

  function knownDelivery(id: string, at: Instant): ReminderDelivery | undefined {
    const known = delivered.get(id);
    return known?.at === at ? known.delivery : log.deliveryOf(id, at);
  }

  /** Applies what is known of other tabs' deliveries; the leader delivers the rest. */
  async function deliverDue(post: (delivery: Delivery) => void) {
    for (const { id, at } of reminders.undelivered()) {
      const task = reminders.undeliveredTask({ id, at });
      // It changed while another one was delivered.
      if (task === undefined) continue;
      let delivery = knownDelivery(id, at);
      if (delivery === undefined) {
        if (!isLeader) continue;
        delivery = await deliver({ id, at, task }, input);
        post({ id, at, delivery });
      }
      applyDelivery({ id, at, delivery });
    }
    show();
  }

  async function run(stopped: AbortSignal, post: (delivery: Delivery) => void) {
    while (!stopped.aborted) {
      const { signal } = wakeController;
      const now = clock.now();
      reminders.advance(now);
      if (reminders.undelivered().length > 0) await deliverDue(post);
      if (signal.aborted) continue;
      const next = reminders.next();
      const wait = next === undefined ? longestMs : msBetween(clock.now(), next.at);
      await ports.sleep(Math.min(longestMs, Math.max(0, wait)), AbortSignal.any([stopped, signal]));
    }
  }

  /** Leads until it is stopped; the next tab takes over. */
  async function leadUntilStopped(stopped: AbortSignal) {
    if (stopped.aborted) return;
    isLeader = true;
    wake();
    await new Promise<void>((resolve) => stopped.addEventListener('abort', () => resolve(), { once: true }));
    isLeader = false;
  }

  return {
    subscribe: shown.subscribe,
    current: shown.current,
    start() {
      const stopped = new AbortController();
      const channel = ports.channel(name);
      const stopListening = channel.onMessage((message) => {
        if (!isDelivery(message)) return;
        applyDelivery(message);
        show();
      });
      const stopFollowing = followRows(applyRows);
      void run(stopped.signal, channel.post);
      void ports.withLock(name, () => leadUntilStopped(stopped.signal));
      return () => {
        stopListening();
        stopFollowing();
        stopped.abort();
        channel.close();
        reminders.clear();
      };
    },
  };
}

async function deliver(
  { id, at, task }: { id: string; at: Instant; task: Task },
  { clock, log, notifier, notificationOf }: Input,
): Promise<ReminderDelivery> {
  const isMissed = msBetween(at, clock.now()) > missedMs;
  // Recorded first: a tab that dies here has shown it at most once.
  log.record(id, at, 'bySystem');
  const isShown = !isMissed && (await notifier.show({ ...notificationOf(task), tag: reminderTag(id) }));
  const delivery = isShown ? 'bySystem' : 'inApp';
  log.record(id, at, delivery);
  return delivery;
}

/** A message between tabs. localStorage alone would not do: another process may see a write a moment late. */
type Delivery = { id: string; at: Instant; delivery: ReminderDelivery };

function isDelivery(message: unknown): message is Delivery {
  if (typeof message !== 'object' || message === null) return false;
  if (!('id' in message && 'at' in message && 'delivery' in message)) return false;
  const { id, at, delivery } = message;
  return typeof id === 'string' && typeof at === 'string' && (delivery === 'bySystem' || delivery === 'inApp');
}

export function reminderTag(taskId: string): string {
  return `reminder ${taskId}`;
}
