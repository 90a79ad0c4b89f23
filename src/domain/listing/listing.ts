import { isLocalId } from '../changes/change.ts';
import type { ViewName } from '../urls/appUrls.ts';
import type { Task } from '../task/task.ts';
import { dayOf } from '../time/time.ts';
import type { Day, Instant } from '../time/time.ts';
import { dueSectionOf, isPeriodKey } from './sections.ts';
import type { DueSectionOptions, SectionKey } from './sections.ts';

export const sortOrders = ['due', 'importance', 'subject', 'created'] as const;
export type SortOrder = (typeof sortOrders)[number];

/** Empty sections are left out. */
export type ListingSection = { key: SectionKey; tasks: readonly Task[] };

export type PendingState = 'waiting' | 'sending' | 'parked';

/** A task list as drawn: sorted once, then updated row by row. An unchanged row stays the same object. */
export type Listing = {
  sections: readonly ListingSection[];
  /** Number of open tasks, and of those overdue. */
  open: number;
  overdue: number;
  /** The live index of rows, not a copy: it shows the current rows, also for an older listing. */
  byId: TaskIndex;
  /** Rows with a change that the server has not accepted yet. */
  pendingIds: ReadonlyMap<string, PendingState>;
};

/** Rows by id, owned by the store of the rows. */
export type TaskIndex = Pick<ReadonlyMap<string, Task>, 'size' | 'has' | 'get' | 'values'>;

/** `view` and `weekStart` divide the due order of a smart view; without them it is divided as a folder is. */
export type ListingOptions = DueSectionOptions & { order: SortOrder };

/** A row that was added, removed or changed. */
export type RowChange = { before: Task | undefined; after: Task | undefined };

const sectionKeys: Record<SortOrder, readonly SectionKey[]> = {
  due: ['overdue', 'today', 'evening', 'started', 'tomorrow', 'later', 'noDate', 'completed'],
  importance: ['high', 'normal', 'low', 'completed'],
  subject: ['open', 'completed'],
  created: ['open', 'completed'],
};

const nothingPending: Listing['pendingIds'] = new Map();

export const emptyListing: Listing = { sections: [], open: 0, overdue: 0, byId: new Map(), pendingIds: nothingPending };

/** Sorts and divides from scratch: for the first display of a folder, a new order, a new day. */
export function buildListing(rows: Iterable<Task>, options: ListingOptions, pendingIds = nothingPending): Listing {
  const byId = new Map<string, Task>();
  const placed = new Map<SectionKey, SortableRow[]>();
  for (const task of rows) {
    byId.set(task.id, task);
    const place = placeOf(task, options);
    const peers = placed.get(place.section);
    if (peers === undefined) placed.set(place.section, [place]);
    else peers.push(place);
  }
  const sections = sectionsInOrder(placed.keys(), options).flatMap((key) => {
    const peers = placed.get(key);
    return peers === undefined
      ? []
      : [{ key, tasks: peers.toSorted((a, b) => comparePlaces(a, b, options.order)).map(({ task }) => task) }];
  });
  return { sections, ...countOpenTasks(byId.values(), options), byId, pendingIds };
}

/**
 * The listing after changes to some rows. Each row finds its index by binary search, and a section is copied once
 * however many of its rows moved, so 50,000 rows are never sorted again. `byId` is updated by its owner, not here.
 */
export function applyRowChanges(listing: Listing, moves: readonly RowChange[], options: ListingOptions): Listing {
  if (moves.length === 0) return listing;
  const before = countOpenTasks(moves.map((move) => move.before).filter(isThere), options);
  const after = countOpenTasks(moves.map((move) => move.after).filter(isThere), options);
  return {
    sections: moveInSections(listing.sections, moves, options),
    open: listing.open - before.open + after.open,
    overdue: listing.overdue - before.overdue + after.overdue,
    byId: listing.byId,
    pendingIds: listing.pendingIds,
  };
}

/** The keys in the order of the list; those that it has by name may be without tasks. */
function sectionsInOrder(keys: Iterable<SectionKey>, { order, view }: ListingOptions): readonly SectionKey[] {
  if (order !== 'due' || view !== 'upcoming') return sectionKeys[order];
  return [...new Set([...keys].filter(isPeriodKey))].toSorted(compareText);
}

function moveInSections(
  sections: readonly ListingSection[],
  moves: readonly RowChange[],
  options: ListingOptions,
): readonly ListingSection[] {
  const tasksOf = new Map(sections.map(({ key, tasks }) => [key, tasks]));
  const moved = new Map<SectionKey, { out: Task[]; into: SortableRow[] }>();
  const movedIn = (key: SectionKey) => {
    let change = moved.get(key);
    if (change === undefined) moved.set(key, (change = { out: [], into: [] }));
    return change;
  };
  for (const { before, after } of moves) {
    if (before !== undefined) movedIn(sectionOf(before, options)).out.push(before);
    if (after === undefined) continue;
    const place = placeOf(after, options);
    movedIn(place.section).into.push(place);
  }
  return sectionsInOrder([...tasksOf.keys(), ...moved.keys()], options).flatMap((key) => {
    const current = tasksOf.get(key) ?? [];
    const { out, into } = moved.get(key) ?? { out: [], into: [] };
    const tasks = out.length + into.length === 0 ? current : spliced(without(current, out, options), into, options);
    if (tasks.length === 0) return [];
    const unchanged = tasks === current ? sections.find((section) => section.key === key) : undefined;
    return [unchanged ?? { key, tasks }];
  });
}

function without(tasks: readonly Task[], out: readonly Task[], options: ListingOptions): readonly Task[] {
  if (out.length === 0) return tasks;
  const indexes = out.map((task) => indexOfTask(tasks, task, options)).filter((index) => index >= 0);
  const [only] = indexes;
  if (indexes.length === 1 && only !== undefined) return tasks.toSpliced(only, 1);
  const removed = new Set(indexes);
  return tasks.filter((_task, index) => !removed.has(index));
}

function indexOfTask(tasks: readonly Task[], task: Task, options: ListingOptions): number {
  const index = indexFor(tasks, placeOf(task, options), options);
  return tasks[index]?.id === task.id ? index : tasks.findIndex((row) => row.id === task.id);
}

function spliced(tasks: readonly Task[], into: readonly SortableRow[], options: ListingOptions): readonly Task[] {
  const [only] = into;
  if (only === undefined) return tasks;
  if (into.length === 1) return tasks.toSpliced(indexFor(tasks, only, options), 0, only.task);
  const all: Task[] = [];
  let from = 0;
  for (const place of into.toSorted((a, b) => comparePlaces(a, b, options.order))) {
    const to = indexFor(tasks, place, options, from);
    for (const task of tasks.slice(from, to)) all.push(task);
    all.push(place.task);
    from = to;
  }
  for (const task of tasks.slice(from)) all.push(task);
  return all;
}

/** The index of the first row that does not sort before the task. */
function indexFor(tasks: readonly Task[], place: SortableRow, options: ListingOptions, from = 0): number {
  let [low, high] = [from, tasks.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const task = tasks[middle];
    if (task !== undefined && comparePlaces(placeOf(task, options), place, options.order) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The listing with other pending states; the rows are the same. */
export function withPendingIds(listing: Listing, pendingIds: Listing['pendingIds']): Listing {
  return pendingIds.size === 0 && listing.pendingIds.size === 0 ? listing : { ...listing, pendingIds };
}

// ---- Days ------------------------------------------------------------------------------------------------------------

const daysByZone = new Map<string, Map<Instant, Day>>();

/** A memoised `dayOf`: due dates are midnights, so 10,000 tasks share a few hundred of them. */
function dayIn(instant: Instant, zone: string): Day {
  let days = daysByZone.get(zone);
  if (days === undefined) daysByZone.set(zone, (days = new Map()));
  let day = days.get(instant);
  if (day === undefined) {
    if (days.size >= 4096) days.clear();
    day = dayOf(instant, zone);
    days.set(instant, day);
  }
  return day;
}

// ---- The order -------------------------------------------------------------------------------------------------------

/** A row with its sort keys, computed once. */
type SortableRow = { task: Task; section: SectionKey; key: string; newestFirst: string };

function placeOf(task: Task, options: ListingOptions): SortableRow {
  const section = sectionOf(task, options);
  return { task, section, ...sortingOf(task, section, options) };
}

/** Sorts by `key` ascending, then by `newestFirst` descending: among equals, the newest task comes first. */
function sortingOf(task: Task, section: SectionKey, { order, zone }: ListingOptions) {
  if (section === 'completed') return { key: '', newestFirst: task.completed ?? task.modifiedAt };
  const newestFirst = isLocalId(task.id) ? `${later}${task.createdAt}` : task.createdAt;
  if (order === 'subject') return { key: task.subject, newestFirst };
  if (order === 'created') return { key: '', newestFirst };
  if (section === 'evening') return { key: task.reminder ?? '', newestFirst };
  return { key: task.due === null ? '9999' : dayIn(task.due, zone), newestFirst };
}

/** Sorts after every instant. The server will date a pending task later than every task it has now. */
const later = '~';

const collator = new Intl.Collator(undefined, { numeric: true });

function comparePlaces(a: SortableRow, b: SortableRow, order: SortOrder): number {
  // Days and importances compare as text; only subjects need the rules of a language.
  const keys = order === 'subject' ? collator.compare(a.key, b.key) : compareText(a.key, b.key);
  return keys || compareText(b.newestFirst, a.newestFirst) || compareText(a.task.id, b.task.id);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function sectionOf(task: Task, options: ListingOptions): SectionKey {
  const { order, zone } = options;
  if (task.status === 'completed') return 'completed';
  if (order === 'importance') return task.importance;
  if (order !== 'due') return 'open';
  if (task.due === null) return 'noDate';
  return dueSectionOf(task, dayIn(task.due, zone), options);
}

// ---- Counts and smart views --------------------------------------------------------------------------------------------

/** Whether a task is open and due before today. */
export function isOverdue(task: Task, { today, zone }: { today: Day; zone: string }): boolean {
  return task.status !== 'completed' && task.due !== null && dayIn(task.due, zone) < today;
}

export function countOpenTasks(
  tasks: Iterable<Task>,
  options: { today: Day; zone: string },
): { open: number; overdue: number } {
  let [open, overdue] = [0, 0];
  for (const task of tasks) {
    if (task.status !== 'completed') open += 1;
    if (isOverdue(task, options)) overdue += 1;
  }
  return { open, overdue };
}

/**
 * Whether a smart view contains the task. Today: overdue, due today, or started and due later. Upcoming: due after
 * today. All: every open task.
 */
export function isInView(view: ViewName, task: Task, { today, zone }: { today: Day; zone: string }): boolean {
  if (view === 'completed') return task.status === 'completed';
  if (task.status === 'completed') return false;
  if (view === 'all') return true;
  if (view === 'important') return task.importance === 'high';
  if (task.due === null) return false;
  const due = dayIn(task.due, zone);
  switch (view) {
    case 'overdue':
      return due < today;
    case 'upcoming':
      return due > today;
    case 'today':
      return due <= today || (task.start !== null && dayIn(task.start, zone) <= today);
  }
}

function isThere(task: Task | undefined): task is Task {
  return task !== undefined;
}
