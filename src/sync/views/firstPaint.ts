import * as v from 'valibot';
import type { Listing, ListingOptions } from '../../domain/listing/listing.ts';
import { mostOverdue } from '../../domain/listing/sections.ts';
import { viewNames } from '../../domain/urls/appUrls.ts';
import type { ViewName } from '../../domain/urls/appUrls.ts';
import type { Mailbox, Place, Task } from '../../domain/task/task.ts';
import { readableOf, readableOr } from '../storage/readableRecords.ts';
import { isStoredTask } from '../storage/storedTask.ts';
import { folderRecordKey } from '../storage/replicaStore.ts';
import type { ReplicaStore } from '../storage/replicaStore.ts';
import { StorageError } from '../storage/database.ts';
import type { StoredFirstPaint, StoredList } from '../storage/database.ts';
import type { Counts } from './countsStore.ts';
import type { ListTotals } from './listingStore.ts';

/**
 * What a place last showed, in one small record: drawn first, then replaced by the rows
 * (docs/architecture.md#local-replica).
 */

/** Enough rows for the tallest window. */
const firstRows = 60;
/** The records' format. Other formats are not read. */
export const firstPaintFormat = 2;

export type FirstPaint = {
  /** The listing of these totals: its place and options. */
  key: string;
  mailbox: Mailbox;
  rows: readonly Task[];
  totals: ListTotals;
};
export type FirstPaintCounts = {
  folders: readonly (readonly [string, { open: number; overdue: number }])[];
  views: Counts['views'];
};

/** Stored totals, shown until the rows they count are loaded. */
export type PreviousTotals = {
  totals: ReadonlyMap<string, ListTotals>;
  counts: Pick<Counts, 'folders' | 'views'> | null;
};
export const noPreviousTotals: PreviousTotals = { totals: new Map(), counts: null };

export const countsRecordKey = 'counts';
/** The name of a view's record; a folder's is `folderRecordKey`. */
export const viewRecordKey = (name: string) => `view\n${name}`;

/** The record of the place that a URL shows. */
export function recordKeyAt(address: string): string {
  const [first = '', ...rest] = address.split('/').filter(Boolean).map(decoded);
  if (first === 'people') return folderRecordKey({ mailbox: rest[0] ?? '', id: rest[2] ?? '' });
  return first === 'folders' ? folderRecordKey({ mailbox: 'me', id: rest[0] ?? '' }) : viewRecordKey(first);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    // Not a URL of this app: there is no record of it.
    return part;
  }
}

/** Totals belong to a listing: another order, day or zone has others. */
export const folderListingKey = (folder: Place, { order, today, zone }: ListingOptions) =>
  `${folderRecordKey(folder)}\n${order}\n${today}\n${zone}`;
export const viewListingKey = (name: ViewName, { order, today, zone }: ListingOptions) =>
  `${viewRecordKey(name)}\n${order}\n${today}\n${zone}`;

export function firstPaintOf(key: string, listing: Listing, mailbox: Mailbox): FirstPaint {
  const rows: Task[] = [];
  // As the server has them: pending changes are applied again at the next start.
  const isSaved = ({ id }: Task) => !listing.pendingIds.has(id);
  for (const { key: section, tasks } of listing.sections) {
    // Completed tasks are collapsed at first, and so are many overdue ones of Today, which need one row to be there.
    const isFolded = section === 'overdue' && tasks.length > mostOverdue && key.startsWith(viewRecordKey('today'));
    const most = isFolded ? 1 : firstRows - rows.length;
    if (most > 0 && (section !== 'completed' || rows.length === 0))
      rows.push(...tasks.slice(0, firstRows).filter(isSaved).slice(0, most));
  }
  return { key, mailbox, rows, totals: { open: listing.open, overdue: listing.overdue } };
}

export const firstPaintCountsOf = ({ folders, views }: Counts): FirstPaintCounts => ({ folders: [...folders], views });

/** What the first paint is drawn from, read before anything else is. */
export type FirstPaintContent = {
  groups?: StoredList;
  folders?: StoredList;
  counts?: FirstPaintCounts;
  screen?: FirstPaint;
};

/** Reads the record of the place with this key; an empty one where storage is denied. Never rejects. */
export async function loadFirstPaint(store: ReplicaStore, key: string): Promise<FirstPaintContent> {
  try {
    const [groups, folders, counts, screen] = await Promise.all([
      store.list('groups', 'me'),
      store.list('folders', 'me'),
      store.firstPaint(countsRecordKey),
      store.firstPaint(key),
    ]);
    return {
      ...(groups !== undefined && { groups }),
      ...(folders !== undefined && { folders }),
      ...countsIn(counts),
      ...screenIn(screen),
    };
  } catch (error) {
    // Those who write to it report the error: the outbox and the replica.
    if (error instanceof StorageError) return {};
    throw error;
  }
}

const countSchema = v.object({ open: v.number(), overdue: v.number() });
const viewCounts = v.object(v.entriesFromList(viewNames, v.number()));
const countsSchema: v.GenericSchema<FirstPaintCounts> = v.object({
  folders: v.array(v.tuple([v.string(), countSchema])),
  views: viewCounts,
});
const paintSchema = v.object({ key: v.string(), mailbox: v.string(), rows: v.array(v.unknown()), totals: countSchema });

function countsIn(record: StoredFirstPaint | undefined): Pick<FirstPaintContent, 'counts'> {
  if (record?.format !== firstPaintFormat) return {};
  const isCounts = (value: unknown): value is FirstPaintCounts => v.is(countsSchema, value);
  const counts = readableOr('firstScreens', record.content, isCounts);
  return counts === undefined ? {} : { counts };
}

function screenIn(record: StoredFirstPaint | undefined): Pick<FirstPaintContent, 'screen'> {
  if (record?.format !== firstPaintFormat) return {};
  const isPaint = (value: unknown) => v.is(paintSchema, value);
  const paint = readableOr('firstScreens', record.content, isPaint);
  return paint === undefined
    ? {}
    : { screen: { ...paint, rows: readableOf('firstScreens', paint.rows, isStoredTask) } };
}

/** In the form that views use. */
export function previousTotalsOf({ counts, screen }: FirstPaintContent): PreviousTotals {
  return {
    totals: new Map(screen === undefined ? [] : [[screen.key, screen.totals]]),
    counts: counts === undefined ? null : { folders: new Map(counts.folders), views: counts.views },
  };
}
