import { PostgresAdapter, sql, type Kysely } from 'kysely';

/**
 * Attachments of tasks. Bytes are stored in chunks and counted towards the quota once, however many copies refer to
 * them.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  const isPostgres = db.getExecutor().adapter instanceof PostgresAdapter;
  await schema
    .createTable('attachment_contents')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('account_id', 'text', (c) => c.notNull().references('accounts.id').onDelete('cascade'))
    .addColumn('size', 'bigint', (c) => c.notNull())
    .execute();
  // Contains both columns, so that the total of a mailbox is read from the index alone.
  await schema
    .createIndex('attachment_contents_by_account')
    .on('attachment_contents')
    .columns(['account_id', 'size'])
    .execute();
  await schema
    .createTable('attachment_chunks')
    .addColumn('content_id', 'text', (c) => c.notNull().references('attachment_contents.id').onDelete('cascade'))
    .addColumn('start', 'bigint', (c) => c.notNull())
    .addColumn('bytes', isPostgres ? 'bytea' : 'blob', (c) => c.notNull())
    .addPrimaryKeyConstraint('attachment_chunks_key', ['content_id', 'start'])
    .execute();
  await schema
    .createTable('attachments')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('account_id', 'text', (c) => c.notNull().references('accounts.id').onDelete('cascade'))
    .addColumn('task_id', 'text', (c) => c.notNull().references('tasks.id').onDelete('cascade'))
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('content_type', 'text')
    .addColumn('is_inline', 'integer', (c) => c.notNull())
    .addColumn('size', 'bigint', (c) => c.notNull())
    .addColumn('modified_at', 'text', (c) => c.notNull())
    .addColumn('content_id', 'text', (c) => c.references('attachment_contents.id'))
    .addColumn('details', 'text', (c) => c.notNull())
    .execute();
  await schema.createIndex('attachments_by_task').on('attachments').columns(['task_id', 'id']).execute();
  await schema.createIndex('attachments_by_content').on('attachments').columns(['content_id']).execute();
  await schema.createIndex('attachments_by_account').on('attachments').columns(['account_id']).execute();
  await schema
    .createTable('attachment_uploads')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('account_id', 'text', (c) => c.notNull().references('accounts.id').onDelete('cascade'))
    .addColumn('task_id', 'text', (c) => c.notNull().references('tasks.id').onDelete('cascade'))
    .addColumn('content_id', 'text', (c) => c.references('attachment_contents.id').onDelete('set null'))
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('content_type', 'text')
    .addColumn('is_inline', 'integer', (c) => c.notNull())
    .addColumn('size', 'bigint', (c) => c.notNull())
    .addColumn('received', 'bigint', (c) => c.notNull())
    .addColumn('attachment_id', 'text')
    .addColumn('dialect', 'text', (c) => c.notNull())
    .addColumn('expires_at', 'text', (c) => c.notNull())
    .execute();
  await schema.createIndex('attachment_uploads_by_age').on('attachment_uploads').columns(['expires_at']).execute();
  for (const column of ['account_id', 'task_id', 'content_id'] as const) {
    await schema.createIndex(`attachment_uploads_by_${column}`).on('attachment_uploads').columns([column]).execute();
  }
  for (const table of ['attachments', 'attachment_uploads']) {
    for (const text of isPostgres ? postgresTriggers(table) : sqliteTriggers(table)) await sql.raw(text).execute(db);
  }
}

/**
 * A trigger deletes bytes with the last row that references them, whatever deletes it: a purge, a folder, an account.
 * In the database, so that no code path can leave bytes behind.
 */
const deleteOrphanedContent = (held: string) => `
  delete from attachment_contents where id = ${held}
    and not exists (select 1 from attachments where content_id = ${held})
    and not exists (select 1 from attachment_uploads where content_id = ${held} and attachment_id is null)`;

function sqliteTriggers(table: string): readonly string[] {
  return [
    `create trigger ${table}_bytes_go after delete on ${table} when old.content_id is not null
     begin ${deleteOrphanedContent('old.content_id')}; end`,
  ];
}

function postgresTriggers(table: string): readonly string[] {
  return [
    `create function ${table}_bytes_go() returns trigger language plpgsql as $$
     begin ${deleteOrphanedContent('old.content_id')}; return null; end $$`,
    `create trigger ${table}_bytes_go after delete on ${table} for each row
     when (old.content_id is not null) execute function ${table}_bytes_go()`,
  ];
}
