import type { SearchHit, SearchQuery, Snippet } from './searchHit.ts';
import { parseTextList } from '../db/jsonColumns.ts';
import { sql } from 'kysely';
import { isPostgres } from '../db/isPostgres.ts';
import { ftsMatchOf } from './searchTerms.ts';
import { searchPostgres } from './searchPostgres.ts';
import type { Db } from '../db/tables.ts';
import { taskOf } from '../mailbox/taskRows.ts';

/**
 * Private-use characters that mark a match; JSON and the index leave them unchanged. Those in stored text would be
 * taken for marks, and are not shown.
 */
const open = '\u{e000}';
const close = '\u{e001}';

const wordsAround = 24;

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
  const { rows } = await sql<{ row: number; task_id: string }>`
    select ids.id as row, ids.task_id
    from task_search join task_search_ids as ids on ids.id = task_search.rowid
      join tasks on tasks.id = ids.task_id
    where task_search match ${anywhere} and tasks.account_id = ${accountId} and tasks.deleted_at is null
    order by ids.id in (select rowid from task_search where task_search match ${inFront}) desc,
      tasks.modified_at desc, tasks.id
    limit ${top + 1} offset ${skip}`.execute(read);
  if (rows.length === 0) return [];
  const [tasks, snippets] = await Promise.all([
    read
      .selectFrom('tasks')
      .selectAll()
      .where(
        'id',
        'in',
        rows.map(({ task_id }) => task_id),
      )
      .execute(),
    snippetsOf(
      read,
      anywhere,
      rows.map(({ row }) => row),
    ),
  ]);
  const byId = new Map(tasks.map((row) => [row.id, row]));
  return rows.flatMap(({ row, task_id }) => {
    const task = byId.get(task_id);
    const marked = snippets.get(row);
    return task === undefined || marked === undefined
      ? []
      : [{ task: taskOf(task, owner), snippet: snippetOf(marked) }];
  });
}

type MarkedRow = { row: number; subject: string; body: string; categories: string };

async function snippetsOf(read: Db, match: string, rows: readonly number[]): Promise<ReadonlyMap<number, MarkedRow>> {
  const matches = await sql<MarkedRow>`
    select rowid as row, highlight(task_search, 1, ${open}, ${close}) as subject,
      snippet(task_search, 2, ${open}, ${close}, '…', ${wordsAround}) as body,
      highlight(task_search, 3, ${open}, ${close}) as categories
    from task_search where task_search match ${match} and rowid in (${sql.join(rows)})`.execute(read);
  return new Map(matches.rows.map((one) => [one.row, one]));
}

/** Prefers what the task list does not show: the body, then the categories, then the subject. */
function snippetOf({ subject, body, categories }: MarkedRow): Snippet {
  if (body.includes(open)) return unmarked('Body', body);
  if (categories.includes(open)) return unmarked('Categories', parseTextList(categories).join(', '));
  return unmarked('Subject', subject);
}

function unmarked(property: Snippet['property'], marked: string): Snippet {
  const hits: [number, number][] = [];
  let text = '';
  for (const [at, piece] of marked.split(open).entries()) {
    const [hit = '', ...rest] = at === 0 ? ['', piece] : piece.split(close);
    if (at > 0 && hit !== '') hits.push([text.length, hit.length]);
    text += hit + rest.join('');
  }
  return { property, text: text.replaceAll(close, ''), hits };
}
