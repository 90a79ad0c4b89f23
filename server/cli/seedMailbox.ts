import { addDays, atMidnight, instantOf, zonedDay } from '../../src/domain/time/time.ts';
import type { Day, Instant } from '../../src/domain/time/time.ts';
import type { NewTask } from '../db/tables.ts';
import { foldedTaskColumns } from '../text/textFolding.ts';

/**
 * The mailbox that `npm run seed` creates: a pure function of its arguments, so that measurements and screenshots are
 * comparable. Dates are relative to `today`.
 */
export type SeedPlan = {
  groups: readonly { name: string; folders: readonly string[] }[];
  /** One row without the values that the store sets (ids, seq), with the index of its folder. */
  taskAt(index: number): { folder: number } & Omit<NewTask, 'id' | 'account_id' | 'folder_id' | 'seq'>;
};

const groupNames = ['House', 'Work', 'Garden and car', 'People', 'Travel', 'Learning', 'Club', 'Paperwork'];
const folderNames = [
  'Renovation',
  'Accounts',
  'Errands',
  'Reading',
  'Onboarding',
  'Insurance',
  'Trade fair',
  'Garden',
  'Suppliers',
  'Family',
];
const verbs = [
  'Call',
  'Order',
  'Measure',
  'Renew',
  'Book',
  'Send',
  'Compare',
  'Collect',
  'Check',
  'Pay',
  'Sketch',
  'Return',
  'Repair',
  'Plan',
];
const things = [
  'the worktop samples',
  'the gas meter reading',
  'home insurance',
  'the electrician for second fix',
  'the floor plan to the joiner',
  'library books',
  'the passport photos',
  'three quotes for the roof',
  'the parcel from the depot',
  'the quarterly figures',
  'badges for six people',
  'stamps and envelopes',
  'the hallway for coat hooks',
  'a picture framer',
];
const ends = ['', '', '', ' before Friday', ' with Ana', ' for the office', ' again', ' (ask for a receipt)'];
const categoryNames = ['Kitchen', 'Budget', 'Calls', 'Plumbing', 'Paperwork', 'Family'];
const notes = [
  'Stone is quieter to live with, oak is warmer. Decide after the showroom visit.',
  'Two photos, 35 × 45 mm.\nBring the old one.\nPay the fee online first.',
  'Ask which of the three can deliver in one piece, and what the stairs would cost.',
];

/** Small, fast, seeded random numbers (mulberry32): the same sequence on every machine. */
function randomFrom(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

function pick<T>(list: readonly T[], at: number): T {
  const item = list[Math.floor(at * list.length)];
  if (item === undefined) throw new RangeError('pick from an empty list');
  return item;
}

/** `folders` is the number of folders besides the default one, which also gets its share of the tasks. */
export function seedPlan({ folders, today, zone }: { folders: number; today: Day; zone: string }): SeedPlan {
  const names = Array.from({ length: folders }, (_, n) => {
    const base = folderNames[n % folderNames.length] ?? 'Folder';
    const round = Math.floor(n / folderNames.length);
    return round === 0 ? base : `${base} ${round + 1}`;
  });
  const perGroup = Math.max(3, Math.ceil(names.length / groupNames.length));
  const groups = groupNames
    .map((name, n) => ({ name, folders: names.slice(n * perGroup, (n + 1) * perGroup) }))
    .filter((group) => group.folders.length > 0);
  const midnight = (offset: number): Instant => atMidnight(addDays(today, offset), zone);
  return {
    groups,
    taskAt(index) {
      const random = randomFrom(index + 1);
      const folder = index % (folders + 1);
      const subject = `${pick(verbs, random())} ${pick(things, random())}${pick(ends, random())}`;
      const state = random();
      const status =
        state < 0.62
          ? 'notStarted'
          : state < 0.72
            ? 'inProgress'
            : state < 0.78
              ? 'waitingOnOthers'
              : state < 0.82
                ? 'deferred'
                : 'completed';
      const done = status === 'completed';
      const dueIn = random() < 0.75 ? Math.floor(random() * 60) - 12 : null;
      const startsBefore = random() < 0.3 ? Math.floor(random() * 7) : null;
      const mark = random();
      const reminds = !done && dueIn !== null && dueIn >= 0 && random() < 0.25;
      const category = random();
      const categories = category < 0.5 ? [] : category < 0.9 ? [pick(categoryNames, random())] : ['Kitchen', 'Budget'];
      const createdAt = midnight(-30 - Math.floor(random() * 60));
      return {
        folder,
        created_at: createdAt,
        modified_at: done ? midnight(-1) : createdAt,
        subject,
        body_type: 'text',
        body: random() < 0.2 ? pick(notes, random()) : '',
        status,
        importance: mark < 0.12 ? 'high' : mark < 0.18 ? 'low' : 'normal',
        sensitivity: random() < 0.04 ? 'private' : 'normal',
        categories: JSON.stringify(categories),
        ...foldedTaskColumns(subject, categories),
        start_at: dueIn !== null && startsBefore !== null ? midnight(dueIn - startsBefore) : null,
        due_at: dueIn === null ? null : midnight(dueIn),
        completed_at: done ? midnight(-1) : null,
        reminder_at: reminds
          ? instantOf({ ...zonedDay(addDays(today, dueIn), zone), local: `${addDays(today, dueIn)}T09:00:00.000` })
          : null,
        date_zone: dueIn === null ? null : zone,
        reminder_zone: reminds ? zone : null,
        is_reminder_on: reminds ? 1 : 0,
        recurrence: null,
        has_attachments: 0,
        deleted_at: null,
      };
    },
  };
}
