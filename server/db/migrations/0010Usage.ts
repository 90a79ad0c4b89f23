import { sql, type Kysely } from 'kysely';
import { isPostgres } from '../isPostgres.ts';
import type { Tables } from '../tables.ts';
import { recountUsage } from '../../usage/recountUsage.ts';
import { countedTables, usageParts, type CountedTable } from '../../usage/usageTables.ts';
import { createUsageTriggers } from '../../usage/usageTriggers.ts';

/** One account of what each mailbox keeps, in its counter row, kept by triggers (docs/decisions/0056-quotas.md). */
export async function up(db: Kysely<Tables>): Promise<void> {
  const { schema } = db;
  for (const part of usageParts) {
    for (const column of [`${part}_items`, `${part}_bytes`]) {
      await schema
        .alterTable('counters')
        .addColumn(column, 'bigint', (c) => c.notNull().defaultTo(0))
        .execute();
    }
  }
  await schema
    .createTable('guest_usage')
    .addColumn('account_id', 'text', (c) => c.notNull().references('accounts.id').onDelete('cascade'))
    .addColumn('guest_id', 'text', (c) => c.notNull())
    .addColumn('items', 'bigint', (c) => c.notNull())
    .addColumn('bytes', 'bigint', (c) => c.notNull())
    .addPrimaryKeyConstraint('guest_usage_key', ['account_id', 'guest_id'])
    .execute();
  await schema.alterTable('attachment_contents').addColumn('guest_id', 'text').execute();
  // Each write changes the counter row twice: the second version of a row fits on its page.
  if (isPostgres(db)) await sql.raw('alter table counters set (fillfactor = 50)').execute(db);
  await countArrivedBytes(db);
  const tables = countedTables.map(withoutLaterColumns);
  await recountUsage(db, tables);
  await createUsageTriggers(db, tables);
}

/** Migration 0012 adds the guest of an attachment, and builds these triggers again. */
function withoutLaterColumns(counted: CountedTable): CountedTable {
  if (counted.table !== 'attachments') return counted;
  const { guest, ...rest } = counted;
  return { ...rest, columns: rest.columns.filter((name) => name !== guest) };
}

/** An unfinished upload counted from its start with all the bytes that it announced. */
async function countArrivedBytes(db: Kysely<Tables>): Promise<void> {
  const received = 'select received from attachment_uploads as upload where upload.content_id = attachment_contents.id';
  const unfinished = 'select content_id from attachment_uploads where attachment_id is null and content_id is not null';
  await sql.raw(`update attachment_contents set size = (${received}) where id in (${unfinished})`).execute(db);
}
