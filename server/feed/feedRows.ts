import { CompiledQuery, sql } from 'kysely';
import type { Task } from '../../src/domain/task/task.ts';
import type { FolderRow, TaskRow } from '../db/tables.ts';
import type { Feed, FeedPage } from './changeFeed.ts';
import { runPreparedQuery } from '../db/preparedQueries.ts';
import type { Db } from '../db/tables.ts';
import { taskObjectSql, selectedFields } from './taskJson.ts';

/** The rows of a feed page. A row that changed since the page was planned is missing: a later page has it. */

type Bounds = Pick<FeedPage, 'from' | 'to'>;

/** As JSON built by SQLite, in UTC (see taskJson.ts). */
export async function feedTasksJson(
  read: Db,
  feed: Feed,
  { from, to }: Bounds,
  shown: { owner: string; userUrl: string; select?: ReadonlySet<keyof Task> },
): Promise<string> {
  const values = [shown.userUrl, shown.owner, feed.placeId, from.seq, from.id, to.seq, to.id];
  const text = textOf(shown.select, feed.guestId !== undefined);
  const { rows } = await read.executeQuery<{ json: string }>(CompiledQuery.raw(text, values));
  return rows[0]?.json ?? '[]';
}

/** SQL by selected members; bounded, because clients may send any combination. */
const texts = new Map<string, string>();

function textOf(select: ReadonlySet<keyof Task> | undefined, isGuest: boolean): string {
  const fields = selectedFields(select);
  const key = `${isGuest ? 'guest ' : ''}${select === undefined ? '' : fields.map(({ name }) => name).join()}`;
  const cached = texts.get(key);
  if (cached !== undefined) return cached;
  const text = `
    select json_group_array(${taskObjectSql(fields)}) as json, ?1 as url, ?2 as owner
    from (select * from tasks
      where folder_id = ?3 and deleted_at is null and (seq, id) > (?4, ?5) and (seq, id) <= (?6, ?7)${isGuest ? withoutPrivate : ''}
      order by seq, id)`;
  if (texts.size >= 200) texts.clear();
  texts.set(key, text);
  return text;
}

export function feedTaskRows(read: Db, feed: Feed, bounds: Bounds): Promise<TaskRow[]> {
  return stretchRows<TaskRow>(read, feed, bounds);
}

export function feedFolderRows(read: Db, feed: Feed, bounds: Bounds): Promise<FolderRow[]> {
  return stretchRows<FolderRow>(read, feed, bounds);
}

/** The condition for guests. */
const withoutPrivate = ` and sensitivity <> 'private'`;

function stretchRows<Row>(read: Db, { kind, placeId, guestId }: Feed, { from, to }: Bounds): Promise<Row[]> {
  const shown = guestId === undefined ? '' : withoutPrivate;
  const [table, place] = kind === 'task' ? ['tasks', 'folder_id'] : ['task_folders', 'account_id'];
  const query = sql<Row>`
    select * from ${sql.table(table)} where ${sql.ref(place)} = ${placeId} and deleted_at is null
      and (seq, id) > (${from.seq}, ${from.id}) and (seq, id) <= (${to.seq}, ${to.id})${sql.raw(shown)}
    order by seq, id`;
  const values = [placeId, from.seq, from.id, to.seq, to.id];
  return runPreparedQuery(read, `stretch of ${kind}${shown}`, () => ({ compile: () => query.compile(read) }), values);
}
