import { isObject } from '../../../src/wire/jsonReader.ts';
import { sql, type Kysely } from 'kysely';
import type { Tables } from '../tables.ts';

/** Permissions of folders, authors of tasks, and tombstones for guests only (docs/decisions/0024-sharing.md). */
export async function up(db: Kysely<Tables>): Promise<void> {
  const { schema } = db;
  await schema
    .createTable('folder_permissions')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('account_id', 'text', (c) => c.notNull().references('accounts.id').onDelete('cascade'))
    .addColumn('folder_id', 'text', (c) => c.notNull().references('task_folders.id').onDelete('cascade'))
    .addColumn('guest_id', 'text', (c) => c.notNull().references('accounts.id').onDelete('cascade'))
    .addColumn('role', 'text', (c) => c.notNull())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addUniqueConstraint('folder_permissions_key', ['folder_id', 'guest_id'])
    .execute();
  await schema
    .createIndex('folder_permissions_by_guest')
    .on('folder_permissions')
    .columns(['guest_id', 'account_id', 'folder_id'])
    .execute();
  await schema.createIndex('folder_permissions_by_owner').on('folder_permissions').columns(['account_id']).execute();

  // No foreign keys: removing an account would scan the tasks of every account.
  for (const column of ['created_by', 'modified_by', 'deleted_by']) {
    await schema.alterTable('tasks').addColumn(column, 'text').execute();
  }
  await schema
    .alterTable('departures')
    .addColumn('is_hidden', 'integer', (c) => c.notNull().defaultTo(0))
    .execute();
  await schema
    .alterTable('attachment_uploads')
    .addColumn('guest_id', 'text', (c) => c.references('accounts.id').onDelete('cascade'))
    .execute();
  await schema.createIndex('attachment_uploads_by_guest_id').on('attachment_uploads').columns(['guest_id']).execute();
  await widenSignIns(db);
}

/**
 * The app now requests the scope for shared tasks, too. Refresh tokens of existing sign-ins lack it and would be
 * rejected, although their grants always included it.
 */
export async function widenSignIns(db: Kysely<Tables>): Promise<void> {
  const tokens = await db
    .selectFrom('oidc_rows')
    .select(['model', 'id', 'payload'])
    .where('model', '=', 'RefreshToken')
    .where(sql<boolean>`payload like ${'%tasks.readwrite%'}`)
    .execute();
  for (const { model, id, payload } of tokens) {
    const token: unknown = JSON.parse(payload);
    if (!isObject(token) || typeof token['scope'] !== 'string') continue;
    const scopes = token['scope'].split(' ');
    if (!scopes.includes('tasks.readwrite') || scopes.includes('tasks.readwrite.shared')) continue;
    const wider = JSON.stringify({ ...token, scope: [...scopes, 'tasks.readwrite.shared'].join(' ') });
    await db.updateTable('oidc_rows').set({ payload: wider }).where('model', '=', model).where('id', '=', id).execute();
  }
}
