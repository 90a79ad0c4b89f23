import { parseTextList } from '../db/jsonColumns.ts';
import { sql, type RawBuilder } from 'kysely';
import type { TaskRow } from '../db/tables.ts';
import type { SearchHit, SearchQuery } from './searchHit.ts';
import type { SearchTerms } from './searchTerms.ts';
import { snippetIn } from './snippets.ts';
import { type Db } from '../db/tables.ts';
import { taskOf } from '../mailbox/taskRows.ts';

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
  return rows.map((row) => {
    const categories = parseTextList(row.categories).join(', ');
    const texts = { subject: row.subject, body: row.body_text ?? row.body, categories };
    return { task: taskOf(row, owner), snippet: snippetIn(texts, question) };
  });
}

/** @param weight A for subject and categories only. */
function phrases({ terms, isOpen }: SearchTerms, weight: '' | 'A'): RawBuilder<unknown> {
  const clauses = terms.map((term, at) => {
    const last = isOpen && at === terms.length - 1 ? '*' : '';
    return sql`search_phrase(${term}, ${weight}, ${last})`;
  });
  return sql.join(clauses, sql` && `);
}
