import { sql, type RawBuilder } from 'kysely';
import type { TaskRow } from '../db/tables.ts';
import { takeTurn } from '../load/fairShare.ts';
import { searchHitOf, type SearchHit, type SearchQuery } from './searchHit.ts';
import type { SearchTerms } from './searchTerms.ts';
import { type Db } from '../db/tables.ts';

/** Words as the index splits them (db/migrations/postgresSearchIndex.ts). */
const wordPattern = /[\p{L}\p{Nd}\u0300-\u036f]+/gu;

/**
 * The search on PostgreSQL: the same queries and order as on SQLite (search.ts), with the index of
 * db/migrations/postgresSearchIndex.ts.
 * @returns up to `top + 1` hits: the extra one means that there are more.
 */
export async function searchPostgres(read: Db, query: SearchQuery): Promise<SearchHit[]> {
  const { accountId, owner, question, top, skip } = query;
  const ownerTerm = sql`${`'@${accountId.replaceAll("'", "''")}'`}::tsquery`;
  const { rows } = await sql<TaskRow & { body_text: string | null }>`
    select tasks.* from task_search join tasks on tasks.id = task_search.task_id
    where words @@ (${ownerTerm} && ${phrases(question, '')}) and account_id = ${accountId} and deleted_at is null
    order by (words @@ (${phrases(question, 'A')})) desc, modified_at desc, id
    limit ${top + 1} offset ${skip}`.execute(read);
  const hits: SearchHit[] = [];
  for (const row of rows) {
    hits.push(await searchHitOf(row, { owner, question, wordPattern }));
    await takeTurn();
  }
  return hits;
}

/** @param weight A for subject and categories only. */
function phrases({ terms, isOpen }: SearchTerms, weight: '' | 'A'): RawBuilder<unknown> {
  const clauses = terms.map((term, at) => {
    const last = isOpen && at === terms.length - 1 ? '*' : '';
    return sql`search_phrase(${term}, ${weight}, ${last})`;
  });
  return sql.join(clauses, sql` && `);
}
