import type { Kysely } from 'kysely';
import type { Tables } from '../tables.ts';

/**
 * Colours of categories, and categories without tasks (docs/decisions/0033-notes-checklists-categories.md). Tasks still
 * store names.
 */
export async function up(db: Kysely<Tables>): Promise<void> {
  await db.schema
    .createTable('categories')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('account_id', 'text', (c) => c.notNull().references('accounts.id').onDelete('cascade'))
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('name_key', 'text', (c) => c.notNull())
    .addColumn('color', 'text', (c) => c.notNull())
    .addUniqueConstraint('categories_key', ['account_id', 'name_key'])
    .execute();
}
