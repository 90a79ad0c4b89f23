import type { RowChange } from '../../domain/listing/listing.ts';
import type { Place, Task } from '../../domain/task/task.ts';
import type { Instant } from '../../domain/time/time.ts';
import type { StoredPlace } from '../storage/database.ts';
import { isNewer } from '../storage/placeUpdates.ts';

/** How much of a folder is here. */
export type FolderPullState = {
  /** `none`: never read. `loading`: being read from this device. `partial`: the first pull is under way. */
  kind: 'none' | 'loading' | 'partial' | 'whole';
  /** When the server last said so. */
  at: Instant | null;
};

/**
 * One folder's rows in memory, changed in place: the cost of a change does not depend on the number of rows. Rows that did
 * not change stay the same objects.
 */
export type FolderTable = {
  place: Place;
  rows: Map<string, Task>;
  /** As it is on disk; undefined while the folder was never read. */
  stored: StoredPlace | undefined;
  state: FolderPullState;
  /** The first reading of the disk; null before it began. */
  loading: Promise<FolderPullState> | null;
  /** `ahead` of StoredPlace, as far as this tab knows. */
  unconfirmed: Set<string>;
  /** Storage failed: later changes stay in memory. */
  isDetached: boolean;
  /** What responses to our own changes did during each reading, which must not undo it. */
  readers: Set<AnsweredRows>;
};

/** Rows as responses to our own changes left them; `before` is a row as it was when it was removed. */
export type AnsweredRows = Map<string, { after: Task | null; before: Task | undefined }>;

export const placeKey = ({ mailbox, id }: Place) => `${mailbox}\n${id}`;

export function createFolderTable(place: Place): FolderTable {
  return {
    place,
    rows: new Map(),
    stored: undefined,
    state: { kind: 'none', at: null },
    loading: null,
    unconfirmed: new Set(),
    isDetached: false,
    readers: new Set(),
  };
}

/** Sets and removes rows. Returns the changes. */
export function applyRows(table: FolderTable, puts: readonly Task[], removed: readonly string[] = []): RowChange[] {
  const { rows } = table;
  const changes: RowChange[] = [];
  for (const task of puts) {
    const before = rows.get(task.id);
    if (before !== undefined && isSame(before, task)) continue;
    rows.set(task.id, task);
    changes.push({ before, after: task });
  }
  for (const id of removed) {
    const before = rows.get(id);
    if (before === undefined) continue;
    rows.delete(id);
    changes.push({ before, after: undefined });
  }
  return changes;
}

/** Applies a response to a change of our own; a row older than the known one is left out. */
export function applyAnswer(table: FolderTable, tasks: readonly Task[], removed: readonly string[]): RowChange[] {
  const current = tasks.filter((task) => !isNewer(table.rows.get(task.id), task));
  for (const { id } of current) if (!table.rows.has(id)) table.unconfirmed.add(id);
  for (const answered of table.readers) {
    for (const after of current) answered.set(after.id, { after, before: undefined });
    for (const id of removed) answered.set(id, { after: null, before: table.rows.get(id) });
  }
  return applyRows(table, current, removed);
}

/** The rows a reading found, without those that a response to our own change has made stale meanwhile. */
export function withoutStaleRows(answered: AnsweredRows, puts: readonly Task[]): readonly Task[] {
  if (answered.size === 0) return puts;
  return puts.filter((task) => {
    const own = answered.get(task.id);
    if (own === undefined) return true;
    if (own.after !== null) return !isNewer(own.after, task);
    // It was removed: the same or an older state was read before that; a newer one was created again.
    return own.before === undefined ? false : !isSame(own.before, task) && !isNewer(own.before, task);
  });
}

export function isSame(known: Task, task: Task): boolean {
  return known === task || (known.etag !== '' && known.etag === task.etag && known.folderId === task.folderId);
}

export function stateOf({ stored }: FolderTable): FolderPullState {
  if (stored === undefined) return { kind: 'none', at: null };
  return { kind: stored.isComplete ? 'whole' : 'partial', at: stored.at === '' ? null : stored.at };
}

/** A response to one of our own changes says that the row exists. */
export function isAnswered(answered: AnsweredRows, id: string): boolean {
  return (answered.get(id)?.after ?? null) !== null;
}

/** Runs `read` with the rows that responses to our own changes touch meanwhile. */
export async function recordDuring<T>(table: FolderTable, read: (answered: AnsweredRows) => Promise<T>): Promise<T> {
  const answered: AnsweredRows = new Map();
  table.readers.add(answered);
  try {
    return await read(answered);
  } finally {
    table.readers.delete(answered);
  }
}

/** Joins the changes of each row: from before the first to after the last. */
export function oncePerRow(changes: readonly RowChange[]): readonly RowChange[] {
  const byId = new Map<string, RowChange>();
  for (const { before, after } of changes) {
    const id = before?.id ?? after?.id ?? '';
    const earlier = byId.get(id);
    byId.set(id, earlier === undefined ? { before, after } : { before: earlier.before, after });
  }
  return [...byId.values()];
}
