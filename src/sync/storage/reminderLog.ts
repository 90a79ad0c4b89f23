import * as v from 'valibot';
import type { Instant } from '../../domain/time/time.ts';
import { jsonOf, reportUnreadable } from './readableRecords.ts';

/** How a reminder was shown on this device: by the system, or inside the app. */
export type ReminderDelivery = 'bySystem' | 'inApp';

/** Reminders already shown on this device. Written by the leading tab; others may see a write a moment later. */
export type ReminderLog = {
  deliveryOf: (taskId: string, at: Instant) => ReminderDelivery | undefined;
  record: (taskId: string, at: Instant, delivery: ReminderDelivery) => void;
};

type Entry = readonly [at: Instant, delivery: ReminderDelivery];
type Entries = Readonly<Record<string, Entry>>;

const entrySchema = v.tuple([v.string(), v.picklist(['bySystem', 'inApp'])]);
const isEntry = (value: unknown): value is Entry => v.is(entrySchema, value);
const entriesSchema = v.record(v.string(), v.unknown());

const maxEntries = 500;

/** In localStorage, which outlives tabs. Holds the latest reminder of each task, and drops old ones. */
export function createReminderLog(storage: Pick<Storage, 'getItem' | 'setItem'>, account: string): ReminderLog {
  const name = `threefold.reminders.${account}`;
  /** This tab's own memory, for denied storage. */
  let own: Entries = {};
  function read(): Entries {
    try {
      const text = storage.getItem(name);
      return text === null ? own : entriesOf(text);
    } catch {
      return own;
    }
  }
  return {
    deliveryOf(taskId, at) {
      const entry = read()[taskId];
      return entry?.[0] === at ? entry[1] : undefined;
    },
    record(taskId, at, delivery) {
      const all = Object.entries({ ...read(), [taskId]: [at, delivery] as const });
      const latest = all.toSorted(([, a], [, b]) => (a[0] < b[0] ? 1 : -1)).slice(0, maxEntries);
      own = Object.fromEntries(latest);
      try {
        storage.setItem(name, JSON.stringify(own));
      } catch {
        // Full: at worst another tab shows it once more.
      }
    },
  };
}

function entriesOf(text: string): Entries {
  const all = jsonOf(text);
  const entries = v.is(entriesSchema, all) ? Object.entries(all) : null;
  const readable = (entries ?? []).flatMap(([id, value]): [string, Entry][] => (isEntry(value) ? [[id, value]] : []));
  const unreadable = entries === null ? 1 : entries.length - readable.length;
  if (unreadable > 0) reportUnreadable('reminders', unreadable);
  return Object.fromEntries(readable);
}
