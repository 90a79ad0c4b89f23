import { sql, type Kysely } from 'kysely';
import type { Tables } from '../tables.ts';

/** The rest of a body is not indexed: the index of one task must fit into 1 MB. In characters. */
const longestText = 200_000;

/**
 * PostgreSQL's full-text index (docs/decisions/0020-postgresql.md) finds what SQLite's finds. Words are split here,
 * lower-cased and without accents, because PostgreSQL's parser keeps addresses and file names as one word. Subject and
 * categories have weight A, a separator keeps phrases within one text, and the account is a word, so that a search
 * reads one mailbox only.
 */
export async function createPostgresSearch(db: Kysely<Tables>): Promise<void> {
  const run = (text: string) => sql.raw(text).execute(db);
  const { rows } = await sql`select 1 from pg_collation where collname = 'und-x-icu'`.execute(db);
  // ICU's collation for all languages; a server built without ICU only has its own.
  const any = rows.length > 0 ? 'collate "und-x-icu"' : 'collate "default"';

  await run(`create function search_words(said text) returns text language sql immutable parallel safe as $$
    select lower(regexp_replace(
      regexp_replace(normalize(said, NFD) ${any}, '[\\u0300-\\u036f]', '', 'g'), '[^[:alnum:]]+', ' ', 'g'))
  $$`);
  await run(`create function search_entries(said text, weight text) returns tsvector language sql immutable as $$
    select coalesce(string_agg(format('''%s'':%s%s', left(word, 500), least(place, 16383), weight), ' '), '')::tsvector
    from unnest(string_to_array(search_words(left(said, ${longestText})), ' ')) with ordinality as one (word, place)
    where word <> ''
  $$`);
  // One or several words in sequence; `last` is the suffix of the last one, `each` that of every one: '*' and 'A'.
  await run(`create function search_phrase(said text, each text, last text) returns tsquery language sql immutable as $$
    select string_agg(
      format('''%s''', left(word, 500)) || case
        when each = '' and (last = '' or place < longest) then ''
        else ':' || each || case when place = longest then last else '' end end,
      ' <-> ' order by place)::tsquery
    from (
      select word, place, max(place) over () as longest
      from unnest(string_to_array(search_words(said), ' ')) with ordinality as one (word, place)
      where word <> '') as words
  $$`);
  await run(`create table task_search (
    task_id text collate "C" primary key references tasks (id) on delete cascade,
    words tsvector not null)`);
  await run(`create function task_search_vector(account text, subject text, body text, categories text)
    returns tsvector language sql immutable as $$
    select format('''@%s''', account)::tsvector || search_entries(subject, 'A') || '''.'':1'::tsvector
      || search_entries(categories, 'A') || '''.'':1'::tsvector || search_entries(body, '')
  $$`);
  const vector = (row: string) =>
    `task_search_vector(${row}.account_id, ${row}.subject, coalesce(${row}.body_text, ${row}.body), ${row}.categories)`;
  await run(`insert into task_search select task.id, ${vector('task')} from tasks as task`);
  await run('create index task_search_by_words on task_search using gin (words)');
  await run(`create function task_search_enter() returns trigger language plpgsql as $$ begin
    insert into task_search values (new.id, ${vector('new')})
      on conflict (task_id) do update set words = excluded.words;
    return null;
  end $$`);
  await run(`create trigger task_search_insert after insert on tasks
    for each row execute function task_search_enter()`);
  await run(`create trigger task_search_update after update on tasks for each row
    when (old.subject is distinct from new.subject or old.body is distinct from new.body
      or old.body_text is distinct from new.body_text or old.categories is distinct from new.categories)
    execute function task_search_enter()`);
}
