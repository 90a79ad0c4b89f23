import { sql, type Kysely } from 'kysely';
import { isPostgres } from '../isPostgres.ts';
import type { Tables } from '../tables.ts';

/** The part of a body that search reads, in characters. */
const searchedLength = 50_000;

/**
 * SQLite's index covers the beginning of a body only (docs/decisions/0058-cpu-budget.md): leaving and entering 140,000
 * different words took 1.3 s, at every change of the subject, too.
 */
export async function up(db: Kysely<Tables>): Promise<void> {
  if (isPostgres(db)) return;
  const run = (text: string) => sql.raw(text).execute(db);
  const whole = 'coalesce(task.body_text, task.body)';
  const { rows: long } = await sql<{ id: number }>`
    select ids.id from task_search_ids as ids join tasks as task on task.id = ids.task_id
    where length(${sql.raw(whole)}) > ${searchedLength}`.execute(db);
  for (const { id } of long) {
    await sql`insert into task_search (task_search, rowid, owner, subject, body, categories)
      select 'delete', id, owner, subject, body, categories from task_search_rows where id = ${id}`.execute(db);
  }
  for (const name of ['insert', 'delete', 'update']) await run(`drop trigger task_search_${name}`);
  await run('drop view task_search_rows');

  await run(`create view task_search_rows as
    select ids.id, ${texts('task').join(', ')}
    from task_search_ids as ids join tasks as task on task.id = ids.task_id`);
  for (const { id } of long) {
    await sql`insert into task_search (rowid, owner, subject, body, categories)
      select id, owner, subject, body, categories from task_search_rows where id = ${id}`.execute(db);
  }
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
    `substr(coalesce(${row}.body_text, ${row}.body), 1, ${searchedLength}) as body`,
    `${row}.categories as categories`,
  ];
}

function values(row: string): string {
  return texts(row)
    .map((text) => text.replace(/ as \w+$/, ''))
    .join(', ');
}
