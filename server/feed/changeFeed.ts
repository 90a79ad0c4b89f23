import { sql, type Compilable } from 'kysely';
import { runPreparedQuery } from '../db/preparedQueries.ts';
import { hiddenFeedId } from '../access/visibility.ts';
import type { Db } from '../db/tables.ts';
import type { FeedScope, Cursor, FeedPosition } from './deltaToken.ts';

/** What a feed covers: the tasks of a folder, or the folders of a mailbox (docs/protocol.md#sync). */
export type Feed = FeedScope & { kind: 'task' | 'folder' };

/** Rows that changed between two positions, and ids that left meanwhile. */
export type FeedPage = {
  from: FeedPosition;
  to: FeedPosition;
  /** Whether the page has no rows, which is the usual case. */
  isEmpty: boolean;
  /** In order; with ids that left meanwhile. */
  entries: readonly FeedRow[];
  hasMore: boolean;
};

/** The ids that a page reports as gone. */
export function removedIds({ entries }: FeedPage): readonly string[] {
  return entries.filter(({ is_gone }) => is_gone === 1).map(({ id }) => id);
}

/** The number of the last write to a mailbox. */
export async function lastSeq(read: Db, accountId: string): Promise<number> {
  return (await counterOf(read, accountId)).seq;
}

/**
 * One page of a feed; undefined when tombstones of its range may have been removed and the reader must start over
 * (docs/protocol.md#sync). Its cost grows with the number of changes, not of rows.
 * Nothing is skipped: `upTo` is read before the rows, and a writer locks the counter until it commits, so every row up
 * to that number is visible. A row that changes later has a higher number and comes in a later page.
 */
export async function readFeedPage(
  read: Db,
  feed: Feed,
  { after, floor }: Pick<Cursor, 'after' | 'floor'>,
  { size, upTo }: { size: number; upTo: number },
): Promise<FeedPage | undefined> {
  const still = [feed.placeId, after.seq, after.id, upTo];
  const tombstoneValues = [...still, floor, after.seq, after.id];
  const isGuest = feed.guestId !== undefined;
  const hidden = isGuest ? [hiddenFeedId(feed.placeId), ...tombstoneValues.slice(1)] : [];
  const values = [...still, ...tombstoneValues, ...hidden, size + 1];
  const query = isGuest ? () => guestFeedQuery(read) : () => feedQuery(read, feed.kind);
  const rows = await runPreparedQuery(read, isGuest ? 'feed of a guest' : `feed of ${feed.kind}`, query, values);
  // Read after the rows, because tombstones may have been removed just now.
  const { seq, forgotten_seq: forgotten } = await counterOf(read, feed.accountId);
  if (forgotten >= after.seq && forgotten > floor) return undefined;
  // A number that was never assigned: the database was restored from a backup older than the reader's token.
  if (after.seq > seq + 1) return undefined;
  const page = rows.slice(0, size);
  const hasMore = rows.length > size;
  const last = hasMore ? page.at(-1) : undefined;
  return {
    from: after,
    to: last === undefined ? { seq: upTo + 1, id: '' } : { seq: last.seq, id: last.id },
    isEmpty: page.length === 0,
    entries: page,
    hasMore,
  };
}

export type FeedRow = { seq: number; id: string; is_gone: number };

/**
 * A row that entered the place after the reader's cursor and left again was never sent, and is left out. Both halves
 * are read in order from an index, so the limit ends them early (a test checks the query plan).
 */
export function feedQuery(db: Db, kind: Feed['kind']): Compilable<FeedRow> {
  const [table, place] = kind === 'task' ? ['tasks', 'folder_id'] : ['task_folders', 'account_id'];
  const query = sql<FeedRow>`
    select seq, id, 0 as is_gone from ${sql.table(table)}
      where ${sql.ref(place)} = ${''} and deleted_at is null and (seq, id) > (${0}, ${''}) and seq <= ${0}
    union all
    select seq, id, 1 as is_gone from departures
      where place_id = ${''} and (seq, id) > (${0}, ${''}) and seq <= ${0} and seq > ${0}
        and (arrived_seq, id) <= (${0}, ${''})
    order by seq, id limit ${0}`;
  return { compile: () => query.compile(db) };
}

/**
 * The tasks of a folder for a reader who does not see private ones: tasks that left while private are not reported, and
 * those that became private are reported as deleted (docs/decisions/0024-sharing.md).
 */
export function guestFeedQuery(db: Db): Compilable<FeedRow> {
  const query = sql<FeedRow>`
    select seq, id, 0 as is_gone from tasks
      where folder_id = ${''} and deleted_at is null and (seq, id) > (${0}, ${''}) and seq <= ${0}
        and sensitivity <> 'private'
    union all
    select seq, id, 1 as is_gone from departures
      where place_id = ${''} and (seq, id) > (${0}, ${''}) and seq <= ${0} and seq > ${0}
        and (arrived_seq, id) <= (${0}, ${''}) and is_hidden = 0
    union all
    select seq, id, 1 as is_gone from departures
      where place_id = ${''} and (seq, id) > (${0}, ${''}) and seq <= ${0} and seq > ${0}
        and (arrived_seq, id) <= (${0}, ${''})
    order by seq, id limit ${0}`;
  return { compile: () => query.compile(db) };
}

async function counterOf(read: Db, accountId: string): Promise<{ seq: number; forgotten_seq: number }> {
  const find = () => read.selectFrom('counters').select(['seq', 'forgotten_seq']).where('account_id', '=', accountId);
  const [counter] = await runPreparedQuery(read, 'counter', find, [accountId]);
  return counter ?? { seq: 0, forgotten_seq: 0 };
}
