import { sql } from 'kysely';
import type { BodyPieces } from './streamBody.ts';
import { odataContextOf, type RequestContext } from './requestContext.ts';
import type { TaskRow } from '../db/tables.ts';
import { expressionOf } from '../query/sqlText.ts';
import { oldestFirst } from '../query/compileOrder.ts';
import { chooseIndex } from '../query/queryPlan.ts';
import type { ListQuery } from '../query/listQuery.ts';

/** Notes of a page larger than this together are never in memory together. Bytes. */
const longFrom = 1024 * 1024;
/** The approximate size read and sent at once. Bytes. */
const stretchSize = 256 * 1024;

/** Reads what belongs to a few rows, and returns what writes each of them. */
export type RowWriter = (rows: readonly TaskRow[]) => Promise<(row: TaskRow) => BodyPieces>;

type Sized = { id: string; size: number };

/**
 * The tasks of a page with long notes, as a stream; else undefined. Ids are chosen first, then a few tasks at a time
 * are read and sent. A task changed meanwhile is sent as it is then; a deleted one is left out.
 */
export async function streamedPageOf(
  context: RequestContext,
  folderId: string | undefined,
  query: ListQuery,
): Promise<{ ids: readonly Sized[]; size: number; hasMore: boolean } | undefined> {
  const { top, skip } = context.options;
  const route = await chooseIndex(context.read, { accountId: context.mailbox.accountId, folderId }, query);
  const { rows } = await sql<Sized>`
    select id, octet_length(body) as size from tasks ${sql.raw(route)}
    where ${inPlace(context, folderId)} and ${expressionOf(query.where)}
    order by ${sql.raw(query.order ?? oldestFirst)} limit ${top + 1} offset ${skip}`.execute(context.read);
  const ids = rows.slice(0, top);
  const size = ids.reduce((sum, one) => sum + one.size, 0);
  return size <= longFrom ? undefined : { ids, size, hasMore: rows.length > top };
}

/** The envelope of the tasks, as in `collectionText`. */
export async function* streamedPageBody(
  context: RequestContext,
  { folderId, query, ids }: { folderId: string | undefined; query: ListQuery; ids: readonly Sized[] },
  shown: { write: RowWriter; count: number | undefined; nextLink: string | undefined },
): BodyPieces {
  const counted = shown.count === undefined ? '' : `"@odata.count":${shown.count},`;
  yield `{"@odata.context":${JSON.stringify(odataContextOf(context))},${counted}"value":[`;
  let isFirst = true;
  for (const some of stretchesOf(ids)) {
    const { rows } = await sql<TaskRow>`
      select * from tasks where id in (${sql.join(some)}) and ${inPlace(context, folderId)}
        and ${expressionOf(query.where)}`.execute(context.read);
    const write = await shown.write(rows);
    const byId = new Map(rows.map((row) => [row.id, row]));
    for (const id of some) {
      const row = byId.get(id);
      if (row === undefined) continue;
      if (!isFirst) yield ',';
      yield* write(row);
      isFirst = false;
    }
  }
  yield shown.nextLink === undefined ? ']}' : `],"@odata.nextLink":${JSON.stringify(shown.nextLink)}}`;
}

function inPlace({ mailbox }: RequestContext, folderId: string | undefined) {
  const inFolder = folderId === undefined ? sql`` : sql`and folder_id = ${folderId}`;
  return sql`account_id = ${mailbox.accountId} ${inFolder} and deleted_at is null`;
}

function* stretchesOf(ids: readonly Sized[]): Generator<string[]> {
  let some: string[] = [];
  let size = 0;
  for (const one of ids) {
    some.push(one.id);
    size += one.size;
    if (size < stretchSize && some.length < 100) continue;
    yield some;
    some = [];
    size = 0;
  }
  if (some.length > 0) yield some;
}
