import { sql, type Kysely } from 'kysely';
import { htmlToText } from '../../text/htmlText.ts';
import { isPostgres } from '../isPostgres.ts';
import { createPostgresSearch } from './postgresSearchIndex.ts';
import type { Tables } from '../tables.ts';

/**
 * The full-text index over subject, body and categories (docs/decisions/0016-search.md). SQLite's index stores no text:
 * it reads a view of the tasks, and triggers report every change. `owner` is the account id as one token, so that a
 * search reads one mailbox only.
 */
export async function up(db: Kysely<Tables>): Promise<void> {
  await db.schema.alterTable('tasks').addColumn('body_text', 'text').execute();
  await fillTexts(db);
  if (isPostgres(db)) return createPostgresSearch(db);

  const run = (text: string) => sql.raw(text).execute(db);
  // Task ids are texts, and SQLite may change its row ids; the index needs stable numbers.
  await run(`create table task_search_ids (
    id integer primary key,
    task_id text not null unique references tasks (id) on delete cascade)`);
  await run(`create view task_search_rows as
    select ids.id, ${texts('task').join(', ')}
    from task_search_ids as ids join tasks as task on task.id = ids.task_id`);
  await run(`create virtual table task_search using fts5 (
    owner, subject, body, categories,
    content='task_search_rows', content_rowid='id',
    tokenize='unicode61 remove_diacritics 2', prefix='2 3')`);
  // Overwrites deleted entries of the index instead of only marking them (docs/architecture.md#purging).
  await run(`insert into task_search (task_search, rank) values ('secure-delete', 1)`);
  // Every commit adds a segment to the index; merging two or four at a time would take a sixth of the time of a small
  // write.
  await run(`insert into task_search (task_search, rank) values ('automerge', 8)`);
  await run(`insert into task_search_ids (task_id) select id from tasks order by account_id, created_at`);
  await run(`insert into task_search (task_search) values ('rebuild')`);

  const enter = `insert into task_search (rowid, owner, subject, body, categories)
    select id, ${values('new')} from task_search_ids where task_id = new.id;`;
  const leave = `insert into task_search (task_search, rowid, owner, subject, body, categories)
    select 'delete', id, ${values('old')} from task_search_ids where task_id = old.id;`;
  await run(`create trigger task_search_insert after insert on tasks begin
    insert into task_search_ids (task_id) values (new.id);
    ${enter}
  end`);
  await run(`create trigger task_search_delete before delete on tasks begin ${leave} end`);
  await run(`create trigger task_search_update after update on tasks
    when old.subject is not new.subject or old.body is not new.body or old.body_text is not new.body_text
      or old.categories is not new.categories
    begin ${leave} ${enter} end`);
}

/** Changing this needs a new migration: an entry can only be deleted with exactly the text it was inserted with. */
function texts(row: string): string[] {
  return [
    `replace(${row}.account_id, '-', '') as owner`,
    `${row}.subject as subject`,
    `coalesce(${row}.body_text, ${row}.body) as body`,
    `${row}.categories as categories`,
  ];
}

function values(row: string): string {
  return texts(row)
    .map((text) => text.replace(/ as \w+$/, ''))
    .join(', ');
}

async function fillTexts(db: Kysely<Tables>): Promise<void> {
  const page = (after: string) =>
    db
      .selectFrom('tasks')
      .select(['id', 'body'])
      .where('body_type', '=', 'html')
      .where('id', '>', after)
      .orderBy('id')
      .limit(100)
      .execute();
  for (let rows = await page(''); rows.length > 0; rows = await page(rows.at(-1)?.id ?? '')) {
    for (const { id, body } of rows) {
      await db
        .updateTable('tasks')
        .set({ body_text: htmlToText(body) })
        .where('id', '=', id)
        .execute();
    }
  }
}
