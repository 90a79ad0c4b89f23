import type { Kysely } from 'kysely';
import type { Tables } from '../tables.ts';
import { recountUsage } from '../../usage/recountUsage.ts';
import { countedTables } from '../../usage/usageTables.ts';
import { createUsageTriggers, dropUsageTriggers } from '../../usage/usageTriggers.ts';

/** Attachments and unfinished uploads count to the share of the guest who sent them, and not their bytes alone. */
export async function up(db: Kysely<Tables>): Promise<void> {
  await db.schema.alterTable('attachments').addColumn('guest_id', 'text').execute();
  const changed = countedTables.filter(({ table }) => ['attachments', 'attachment_uploads'].includes(table));
  await dropUsageTriggers(db, changed);
  await createUsageTriggers(db, changed);
  await recountUsage(db);
}
