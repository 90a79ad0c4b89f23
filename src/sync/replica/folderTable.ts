import type { RowChange } from '../../domain/listing/listing.ts';
import type { Place, Task } from '../../domain/task/task.ts';
import type { Instant } from '../../domain/time/time.ts';
import type { StoredPlace } from '../storage/database.ts';
import { isNewer } from '../storage/placeUpdates.ts';

/** How much of a folder is here. */
export type FolderPullState = {
  /** `none`: never read. `loading`: being read from this device. `partial`: the first pull is under way. `integerSchema`. */
  kind: 'none' | 'loading' | 'partial' | 'whole';
  /** When the server last said so. */
  at: Instant | null;
};

/**
 * One folder's rows in memory, changed in place: a change costs itself, whatever the number of rows. What changed is told as
 * moves; rows that did not change stay the same objects.
 */
export type FolderTable = {
  place: Place;
  rows: Map<string, Task>;
  /** As it is on disk; undefined while the folder was never read. */
  stored: StoredPlace | undefined;
  state: FolderPullState;
  /** See StoredPlace: as far as this tab knows. */
  unconfirmed: Set<string>;
  /** Storage failed: what comes from now on is kept in memory alone. */
  isDetached: boolean;
  /** What our own answers did while rows are being read, in order: reading must not undo it. */
  readers: Set<AnsweredRows>;
};

/** Rows as our own answers left them, or how they looked when they went. */
export type AnsweredRows = Map<string, { after: Task | null; before: Task | undefined }>;

export function createFolderTable(place: Place): FolderTable {
  return {
    place,
    rows: new Map(),
    stored: undefined,
    state: { kind: 'none', at: null },
    unconfirmed: new Set(),
    isDetached: false,
    readers: new Set(),
  };
}

/** Puts rows in and takes rows out; answers the moves. */
export function applyRows(table: FolderTable, puts: readonly Task[], gone: readonly string[] = []): RowChange[] {
  const { rows } = table;
  const moves: RowChange[] = [];
  for (const task of puts) {
    const before = rows.get(task.id);
    if (before !== undefined && isSame(before, task)) continue;
    rows.set(task.id, task);
    moves.push({ before, after: task });
  }
  for (const id of gone) {
    const before = rows.get(id);
    if (before === undefined) continue;
    rows.delete(id);
    moves.push({ before, after: undefined });
  }
  return moves;
}

/** An answer to a change of our own; one that is older than the row that is there changes nothing. */
export function applyAnswer(table: FolderTable, tasks: readonly Task[], gone: readonly string[]): RowChange[] {
  const news = tasks.filter((task) => !isNewer(table.rows.get(task.id), task));
  for (const { id } of news) if (!table.rows.has(id)) table.unconfirmed.add(id);
  for (const touched of table.readers) {
    for (const after of news) touched.set(after.id, { after, before: undefined });
    for (const id of gone) touched.set(id, { after: null, before: table.rows.get(id) });
  }
  return applyRows(table, news, gone);
}

/** What a reader found, without what our own answers have made old meanwhile. */
export function withoutStaleRows(touched: AnsweredRows, puts: readonly Task[]): readonly Task[] {
  if (touched.size === 0) return puts;
  return puts.filter((task) => {
    const own = touched.get(task.id);
    if (own === undefined) return true;
    if (own.after !== null) return !isNewer(own.after, task);
    // It went: what shows it as it was then was written down before. Something newer came back.
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

/** One of our own answers says that the row is there. */
export function isAnswered(touched: AnsweredRows, id: string): boolean {
  return (touched.get(id)?.after ?? null) !== null;
}

/** A row that several answers moved has moved once: from where it was before the first of them to where the last one put it. */
export function oncePerRow(moves: readonly RowChange[]): readonly RowChange[] {
  const byId = new Map<string, RowChange>();
  for (const { before, after } of moves) {
    const id = before?.id ?? after?.id ?? '';
    const earlier = byId.get(id);
    byId.set(id, earlier === undefined ? { before, after } : { before: earlier.before, after });
  }
  return [...byId.values()];
}
