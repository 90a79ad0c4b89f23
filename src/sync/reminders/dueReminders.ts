import { reminderInstant } from '../../domain/task/reminderTimes.ts';
import type { RowChange } from '../../domain/listing/listing.ts';
import type { Task } from '../../domain/task/task.ts';
import { addMs } from '../../domain/time/time.ts';
import type { Instant } from '../../domain/time/time.ts';
import type { ReminderDelivery } from '../storage/reminderLog.ts';
import { createReminderQueue } from './reminderQueue.ts';
import type { QueuedReminder } from './reminderQueue.ts';

/** A reminder older than this is not shown any more. */
const forgottenMs = 30 * 86_400_000;

/** Follows the rows: which reminders are to come, which are due, and how each due one was delivered. */
export type DueReminders = {
  /** True when there is a reminder that the clock is not set for yet. */
  applyRows: (moves: readonly RowChange[]) => boolean;
  /** Makes reminders up to `now` due. */
  advance: (now: Instant) => void;
  next: () => QueuedReminder | undefined;
  /** Due, and not delivered yet. */
  undelivered: () => readonly QueuedReminder[];
  /** The task as it is now; undefined once the reminder was delivered, moved or removed. */
  undeliveredTask: (reminder: QueuedReminder) => Task | undefined;
  setDelivery: (id: string, at: Instant, delivery: ReminderDelivery) => void;
  /** Delivered inside the app, and not dealt with yet. */
  inApp: () => readonly Task[];
  clear: () => void;
};

/** @param onResolved is called when a task with a delivered reminder changed, was completed or deleted. */
export function createDueReminders(onResolved: (id: string, delivery: ReminderDelivery) => void): DueReminders {
  const queue = createReminderQueue();
  const tasks = new Map<string, Task>();
  const due = new Map<string, ReminderDelivery | 'open'>();

  function drop(id: string) {
    const at = reminderInstant(tasks.get(id));
    if (at === null) return;
    tasks.delete(id);
    queue.remove({ id, at });
    const delivery = due.get(id);
    due.delete(id);
    if (delivery !== undefined && delivery !== 'open') onResolved(id, delivery);
  }
  return {
    applyRows(moves) {
      const added: QueuedReminder[] = [];
      for (const { before, after } of moves) {
        const isRemoved = before !== undefined && before.id !== after?.id;
        // A task that moved to another folder may arrive there before it leaves here.
        if (isRemoved && tasks.get(before.id)?.folderId === before.folderId) drop(before.id);
        if (after === undefined) continue;
        const at = reminderInstant(after);
        if (at !== reminderInstant(tasks.get(after.id))) {
          drop(after.id);
          if (at !== null) added.push({ id: after.id, at });
        }
        if (at !== null) tasks.set(after.id, after);
      }
      queue.insert(added);
      return added.length > 0;
    },
    advance(now) {
      const oldest = addMs(now, -forgottenMs);
      for (const { id, at } of queue.takeDue(now)) if (at >= oldest) due.set(id, 'open');
    },
    next: queue.next,
    undelivered: () =>
      [...due].flatMap(([id, delivery]) => {
        const at = reminderInstant(tasks.get(id));
        return delivery === 'open' && at !== null ? [{ id, at }] : [];
      }),
    undeliveredTask({ id, at }) {
      const task = tasks.get(id);
      return due.get(id) === 'open' && reminderInstant(task) === at ? task : undefined;
    },
    setDelivery(id, at, delivery) {
      if (due.has(id) && reminderInstant(tasks.get(id)) === at) due.set(id, delivery);
    },
    inApp: () => [...due].flatMap(([id, delivery]) => (delivery === 'inApp' ? (tasks.get(id) ?? []) : [])),
    clear() {
      queue.clear();
      tasks.clear();
      due.clear();
    },
  };
}
