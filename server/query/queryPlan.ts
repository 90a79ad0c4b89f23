import { sql } from 'kysely';
import { isPostgres } from '../db/isPostgres.ts';
import type { Db } from '../db/tables.ts';
import type { IndexCondition } from './compileFilter.ts';
import type { ListQuery } from './listQuery.ts';
import { expressionOf } from './sqlText.ts';

/** The scope of a list: one mailbox, or one folder of it. */
export type ListScope = { accountId: string; folderId?: string | undefined };

/** Columns with an index by mailbox (migration 0008). */
const indexed = new Set(['due_at', 'modified_at', 'subject_key', 'status']);

/** Up to this many rows, fetching and sorting is faster than scanning in order. */
const smallResult = 500;

/**
 * The index hint of a task list, as SQL after `from tasks`. SQLite estimates badly how many rows a condition leaves, so
 * they are counted up to `few`: few rows are fetched and sorted; otherwise the list is scanned in order until the page
 * is full. PostgreSQL's statistics make this unnecessary (docs/decisions/0022-list-indexes.md).
 */
export async function chooseIndex(read: Db, { accountId, folderId }: ListScope, query: ListQuery): Promise<string> {
  if (isPostgres(read)) return '';
  for (const key of query.keys) {
    if (indexed.has(key.column) && (await isNarrow(read, accountId, key))) return ` indexed by tasks_by_${key.column}`;
  }
  const { order, orderedBy = '' } = query;
  if (order === undefined || orderedBy === 'created_at') {
    return ` indexed by ${folderId === undefined ? 'tasks_by_account' : 'tasks_by_folder'}`;
  }
  return indexed.has(orderedBy) ? ` indexed by tasks_by_${orderedBy}` : '';
}

/** Counted in the whole mailbox, as in the index; a folder can only have fewer. */
async function isNarrow(read: Db, accountId: string, { column, where }: IndexCondition): Promise<boolean> {
  const { rows } = await sql<{ n: number }>`
    select count(*) as n from (
      select 1 from tasks indexed by ${sql.ref(`tasks_by_${column}`)}
      where account_id = ${accountId} and deleted_at is null and ${expressionOf(where)} limit ${smallResult})`.execute(
    read,
  );
  return rows[0] !== undefined && rows[0].n < smallResult;
}
