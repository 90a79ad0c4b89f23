import { sql } from 'kysely';
import { hasTime } from '../db/statementGuard.ts';
import { isPostgres } from '../db/isPostgres.ts';
import type { Db } from '../db/tables.ts';
import { takeTurn } from '../load/fairShare.ts';
import { searchHitOf, type SearchHit, type SearchQuery } from './searchHit.ts';
import { ftsMatchOf } from './searchTerms.ts';
import { searchPostgres } from './searchPostgres.ts';

/** Words as the index's tokenizer splits them. */
const wordPattern = /[\p{L}\p{N}\p{Co}\u0300-\u036f]+/gu;

/**
 * The undeleted tasks of a mailbox that match every term: matches in subject or categories first, then the last
 * changed. The index's own ranking counts the words of all mailboxes, which is slow and would reveal them
 * (docs/decisions/0016-search.md).
 * @returns up to `top + 1` hits: the extra one means that there are more.
 */
export async function searchTasks(read: Db, query: SearchQuery): Promise<SearchHit[]> {
  if (isPostgres(read)) return searchPostgres(read, query);
  const { accountId, owner, question, top, skip } = query;
  const match = ftsMatchOf(question);
  const ownerTerm = `owner : "${accountId.replaceAll('-', '')}"`;
  const anywhere = `${ownerTerm} AND ({subject body categories} : (${match}))`;
  const inFront = `${ownerTerm} AND ({subject categories} : (${match}))`;
  const { rows } = await sql<{ task_id: string }>`
    select ids.task_id
    from task_search join task_search_ids as ids on ids.id = task_search.rowid
      join tasks on tasks.id = ids.task_id
    where task_search match ${anywhere} and ${sql.raw(hasTime)} and tasks.account_id = ${accountId} and tasks.deleted_at is null
    order by ids.id in (select rowid from task_search where task_search match ${inFront}) desc,
      tasks.modified_at desc, tasks.id
    limit ${top + 1} offset ${skip}`.execute(read);
  const hits: SearchHit[] = [];
  for (const { task_id } of rows) {
    const find = read.selectFrom('tasks').selectAll().where('id', '=', task_id);
    const row = await find.executeTakeFirst();
    if (row !== undefined) hits.push(await searchHitOf(row, { owner, question, wordPattern }));
    // Finding the words of long notes takes long.
    await takeTurn();
  }
  return hits;
}
