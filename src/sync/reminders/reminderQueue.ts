import type { Instant } from '../../domain/time/time.ts';

export type QueuedReminder = { id: string; at: Instant };

/** Reminders to come, ordered by time; equal times by id. Inserting and removing cost O(log n) comparisons. */
export type ReminderQueue = {
  insert: (reminders: readonly QueuedReminder[]) => void;
  remove: (reminder: QueuedReminder) => void;
  next: () => QueuedReminder | undefined;
  /** Removes and returns every reminder up to `now`, the earliest first. */
  takeDue: (now: Instant) => readonly QueuedReminder[];
  clear: () => void;
};

/** More than this many are merged by sorting, fewer are inserted one by one. */
const sortFrom = 16;

export function createReminderQueue(): ReminderQueue {
  /** The latest first: the next one is at the end. */
  let queue: QueuedReminder[] = [];

  function indexFor({ at, id }: QueuedReminder): number {
    let [low, high] = [0, queue.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (latestFirst(queue[middle] ?? { at, id }, { at, id }) < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  return {
    insert(reminders) {
      if (reminders.length > sortFrom) queue = [...queue, ...reminders].toSorted(latestFirst);
      else for (const reminder of reminders) queue.splice(indexFor(reminder), 0, reminder);
    },
    remove(reminder) {
      const index = indexFor(reminder);
      if (queue[index]?.id === reminder.id) queue.splice(index, 1);
    },
    next: () => queue.at(-1),
    takeDue(now) {
      const due: QueuedReminder[] = [];
      for (let next = queue.at(-1); next !== undefined && next.at <= now; next = queue.at(-1)) {
        queue.pop();
        due.push(next);
      }
      return due;
    },
    clear: () => void (queue = []),
  };
}

function latestFirst(a: QueuedReminder, b: QueuedReminder): number {
  if (a.at !== b.at) return a.at > b.at ? -1 : 1;
  return a.id === b.id ? 0 : a.id > b.id ? -1 : 1;
}
