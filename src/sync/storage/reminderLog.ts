import type { Instant } from '../../domain/time/time.ts';

/** How a reminder was made known on this device: by the system, or inside the app. */
export type ReminderDelivery = 'bySystem' | 'inApp';

/** What this device has made known already. Written by the one tab that speaks; another may see a write a moment late. */
export type ReminderLog = {
  deliveryOf: (taskId: string, at: Instant) => ReminderDelivery | undefined;
  record: (taskId: string, at: Instant, told: ReminderDelivery) => void;
};

type Entries = Record<string, readonly [at: Instant, told: ReminderDelivery]>;

const most = 500;

/** In localStorage, which outlives the tabs. Only the latest reminder of a task counts, and old ones go. */
export function createReminderLog(storage: Storage, account: string): ReminderLog {
  const name = `threefold.reminders.${account}`;
  /** What a refused storage leaves: this tab's own memory. */
  let own: Entries = {};
  function read(): Entries {
    try {
      const text = storage.getItem(name);
      return text === null ? own : (JSON.parse(text) as Entries);
    } catch {
      return own;
    }
  }
  return {
    deliveryOf(taskId, at) {
      const entry = read()[taskId];
      return entry?.[0] === at ? entry[1] : undefined;
    },
    record(taskId, at, told) {
      const all = Object.entries({ ...read(), [taskId]: [at, told] as const });
      const kept = all.toSorted(([, a], [, b]) => (a[0] < b[0] ? 1 : -1)).slice(0, most);
      own = Object.fromEntries(kept);
      try {
        storage.setItem(name, JSON.stringify(own));
      } catch {
        // Full: at worst another tab says it once more.
      }
    },
  };
}
