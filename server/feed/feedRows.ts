import { CompiledQuery, sql, type RawBuilder } from 'kysely';
import type { Task } from '../../src/domain/task/task.ts';
import type { FolderRow, TaskRow } from '../db/tables.ts';
import type { Feed, FeedPage } from './changeFeed.ts';
import { boundedPage, pageColumns, rowsWithinBound, type PageBound } from '../query/boundedRows.ts';
import { hasRoom, pageRoom } from '../db/statementGuard.ts';
import { runPreparedQuery } from '../db/preparedQueries.ts';
import type { Db } from '../db/tables.ts';
import { taskObjectSql, selectedFields } from './taskJson.ts';

/** The rows of a feed page. A row that changed since the page was planned is missing: a later page has it. */

type Bounds = Pick<FeedPage, 'from' | 'to'>;

/**
 * As JSON built by SQLite, in UTC (see taskJson.ts).
 * @throws RowsTooLarge only if it is bounded.
 */
export async function feedTasksJson(
  read: Db,
  feed: Feed,
  { from, to }: Bounds,
  shown: { owner: string; userUrl: string; select?: ReadonlySet<keyof Task>; isBounded: boolean },
): Promise<string> {
  const values = [shown.userUrl, shown.owner, feed.placeId, from.seq, from.id, to.seq, to.id];
  const text = textOf(shown.select, feed.guestId !== undefined, shown.isBounded);
  const { rows } = await read.executeQuery<{ json: string }>(CompiledQuery.raw(text, values));
  return rows[0]?.json ?? '[]';
}

/** SQL by selected members; bounded, because clients may send any combination. */
const texts = new Map<string, string>();

function textOf(select: ReadonlySet<keyof Task> | undefined, isGuest: boolean, isBounded: boolean): string {
  const fields = selectedFields(select);
  const key = `${isGuest ? 'guest ' : ''}${isBounded ? 'bounded ' : ''}${select === undefined ? '' : fields.map(({ name }) => name).join()}`;
  const cached = texts.get(key);
  if (cached !== undefined) return cached;
  const text = `
    select json_group_array(${taskObjectSql(fields)}) as json, ?1 as url, ?2 as owner
    from (select * from tasks
      where folder_id = ?3 and deleted_at is null and (seq, id) > (?4, ?5) and (seq, id) <= (?6, ?7)${isGuest ? withoutPrivate : ''}
      order by seq, id)${isBounded ? ` where ${hasRoom('octet_length(body)')}` : ''}`;
  if (texts.size >= 200) texts.clear();
  texts.set(key, text);
  return text;
}

/** @throws RowsTooLarge only if it is bounded. */
export async function feedTaskRows(read: Db, feed: Feed, bounds: Bounds, bound: PageBound): Promise<TaskRow[]> {
  const page = stretch<TaskRow>(feed, bounds, pageColumns(bound));
  const query = bound === 'bounded' ? boundedPage(read, page, 'seq, id') : page;
  return rowsWithinBound(await runStretch(read, `stretch of task ${bound}`, feed, bounds, query));
}

export function feedFolderRows(read: Db, feed: Feed, bounds: Bounds): Promise<FolderRow[]> {
  return runStretch(read, 'stretch of folder', feed, bounds, stretch<FolderRow>(feed, bounds, sql.raw('*')));
}

/**
 * The beginning of a page whose notes are too long together: as many changes as fit, at least one task. The rest comes
 * with the next page.
 */
export async function shorterFeedPage(read: Db, feed: Feed, page: FeedPage): Promise<FeedPage> {
  type Sized = { seq: number; id: string; size: number };
  const query = stretch<Sized>(feed, page, sql.raw('seq, id, octet_length(body) as size'));
  const rows = await runStretch(read, 'sizes of a stretch', feed, page, query);
  let size = 0;
  const tooMuch = rows.findIndex((row, at) => (size += row.size) > pageRoom && at > 0);
  const last = tooMuch < 0 ? undefined : rows[tooMuch - 1];
  if (last === undefined) return page;
  const isWithin = (one: { seq: number; id: string }) =>
    one.seq < last.seq || (one.seq === last.seq && one.id <= last.id);
  return { ...page, to: { seq: last.seq, id: last.id }, entries: page.entries.filter(isWithin), hasMore: true };
}

/** The condition for guests. */
const withoutPrivate = ` and sensitivity <> 'private'`;

function stretch<Row>(feed: Feed, { from, to }: Bounds, columns: RawBuilder<unknown>): RawBuilder<Row> {
  const [table, place] = feed.kind === 'task' ? ['tasks', 'folder_id'] : ['task_folders', 'account_id'];
  return sql<Row>`
    select ${columns} from ${sql.table(table)} where ${sql.ref(place)} = ${feed.placeId} and deleted_at is null
      and (seq, id) > (${from.seq}, ${from.id}) and (seq, id) <= (${to.seq}, ${to.id})${sql.raw(shownTo(feed))}
    order by seq, id`;
}

function runStretch<Row>(
  read: Db,
  name: string,
  feed: Feed,
  { from, to }: Bounds,
  query: RawBuilder<Row>,
): Promise<Row[]> {
  const values = [feed.placeId, from.seq, from.id, to.seq, to.id];
  return runPreparedQuery(read, `${name}${shownTo(feed)}`, () => ({ compile: () => query.compile(read) }), values);
}

const shownTo = ({ guestId }: Feed) => (guestId === undefined ? '' : withoutPrivate);
