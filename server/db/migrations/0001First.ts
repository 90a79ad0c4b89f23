import { sql, type Kysely, type SchemaModule } from 'kysely';

/** The first schema. Text and integer columns only, so that it is the same on SQLite and PostgreSQL (see ../tables.ts). */
export async function up({ schema }: Kysely<unknown>): Promise<void> {
  await createAccounts(schema);
  await createMailboxes(schema);
  await createTasks(schema);
  await createFeed(schema);
  await createIdempotency(schema);
  await createIdentity(schema);
}

async function createAccounts(schema: SchemaModule): Promise<void> {
  await schema
    .createTable('accounts')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('address', 'text', (c) => c.notNull().unique())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('password_hash', 'text')
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('tokens_valid_from', 'text', (c) => c.notNull())
    .execute();
  await schema
    .createTable('settings')
    .addColumn('account_id', 'text', (c) => c.notNull().references('accounts.id').onDelete('cascade'))
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('value', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('settings_key', ['account_id', 'name'])
    .execute();
}

async function createMailboxes(schema: SchemaModule): Promise<void> {
  await schema
    .createTable('counters')
    .addColumn('account_id', 'text', (c) => c.primaryKey().references('accounts.id').onDelete('cascade'))
    .addColumn('seq', 'bigint', (c) => c.notNull())
    .execute();
  await schema
    .createTable('task_groups')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('account_id', 'text', (c) => c.notNull().references('accounts.id').onDelete('cascade'))
    .addColumn('group_key', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('is_default', 'integer', (c) => c.notNull())
    .addColumn('seq', 'bigint', (c) => c.notNull())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addUniqueConstraint('task_groups_key', ['account_id', 'group_key'])
    .execute();
  await schema
    .createTable('task_folders')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('account_id', 'text', (c) => c.notNull().references('accounts.id').onDelete('cascade'))
    .addColumn('group_key', 'text', (c) => c.notNull())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('name_key', 'text', (c) => c.notNull())
    .addColumn('is_default', 'integer', (c) => c.notNull())
    .addColumn('seq', 'bigint', (c) => c.notNull())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('deleted_at', 'text')
    .execute();
  await schema.createIndex('task_folders_by_account').on('task_folders').columns(['account_id', 'seq']).execute();
  await schema
    .createIndex('task_folders_by_name')
    .unique()
    .on('task_folders')
    .columns(['account_id', 'name_key'])
    .where(sql.ref('deleted_at'), 'is', null)
    .execute();
}

async function createTasks(schema: SchemaModule): Promise<void> {
  await schema
    .createTable('tasks')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('account_id', 'text', (c) => c.notNull().references('accounts.id').onDelete('cascade'))
    .addColumn('folder_id', 'text', (c) => c.notNull().references('task_folders.id').onDelete('cascade'))
    .addColumn('seq', 'bigint', (c) => c.notNull())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('modified_at', 'text', (c) => c.notNull())
    .addColumn('subject', 'text', (c) => c.notNull())
    .addColumn('body_type', 'text', (c) => c.notNull())
    .addColumn('body', 'text', (c) => c.notNull())
    .addColumn('status', 'text', (c) => c.notNull())
    .addColumn('importance', 'text', (c) => c.notNull())
    .addColumn('sensitivity', 'text', (c) => c.notNull())
    .addColumn('categories', 'text', (c) => c.notNull())
    .addColumn('start_at', 'text')
    .addColumn('due_at', 'text')
    .addColumn('completed_at', 'text')
    .addColumn('reminder_at', 'text')
    .addColumn('date_zone', 'text')
    .addColumn('reminder_zone', 'text')
    .addColumn('is_reminder_on', 'integer', (c) => c.notNull())
    .addColumn('recurrence', 'text')
    .addColumn('has_attachments', 'integer', (c) => c.notNull())
    .addColumn('deleted_at', 'text')
    .execute();
  await schema
    .createIndex('tasks_by_folder')
    .on('tasks')
    .columns(['folder_id', 'created_at', 'id'])
    .where(sql.ref('deleted_at'), 'is', null)
    .execute();
  await schema
    .createIndex('tasks_by_account')
    .on('tasks')
    .columns(['account_id', 'created_at', 'id'])
    .where(sql.ref('deleted_at'), 'is', null)
    .execute();
  await schema.createIndex('tasks_by_seq').on('tasks').columns(['folder_id', 'seq']).execute();
}

async function createFeed(schema: SchemaModule): Promise<void> {
  await schema
    .createTable('departures')
    .addColumn('account_id', 'text', (c) => c.notNull().references('accounts.id').onDelete('cascade'))
    .addColumn('kind', 'text', (c) => c.notNull())
    .addColumn('place_id', 'text', (c) => c.notNull())
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('seq', 'bigint', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('departures_key', ['account_id', 'kind', 'place_id', 'id'])
    .execute();
  await schema.createIndex('departures_by_seq').on('departures').columns(['place_id', 'seq']).execute();
}

async function createIdempotency(schema: SchemaModule): Promise<void> {
  await schema
    .createTable('repeatability')
    .addColumn('account_id', 'text', (c) => c.notNull().references('accounts.id').onDelete('cascade'))
    .addColumn('request_id', 'text', (c) => c.notNull())
    .addColumn('request', 'text', (c) => c.notNull())
    .addColumn('answer', 'text', (c) => c.notNull())
    .addColumn('at', 'text', (c) => c.notNull())
    .addPrimaryKeyConstraint('repeatability_key', ['account_id', 'request_id'])
    .execute();
  await schema.createIndex('repeatability_by_age').on('repeatability').columns(['at']).execute();
}

async function createIdentity(schema: SchemaModule): Promise<void> {
  await schema
    .createTable('personal_tokens')
    .addColumn('id', 'text', (c) => c.primaryKey())
    .addColumn('account_id', 'text', (c) => c.notNull().references('accounts.id').onDelete('cascade'))
    .addColumn('hash', 'text', (c) => c.notNull().unique())
    .addColumn('name', 'text', (c) => c.notNull())
    .addColumn('scope', 'text', (c) => c.notNull())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .addColumn('expires_at', 'text')
    .addColumn('last_used_at', 'text')
    .execute();
  await schema
    .createIndex('personal_tokens_by_account')
    .on('personal_tokens')
    .columns(['account_id', 'created_at'])
    .execute();
  await schema
    .createTable('oidc_rows')
    .addColumn('model', 'text', (c) => c.notNull())
    .addColumn('id', 'text', (c) => c.notNull())
    .addColumn('payload', 'text', (c) => c.notNull())
    .addColumn('account_id', 'text')
    .addColumn('grant_id', 'text')
    .addColumn('uid', 'text')
    .addColumn('user_code', 'text')
    .addColumn('expires_at', 'text')
    .addColumn('consumed_at', 'text')
    .addPrimaryKeyConstraint('oidc_rows_key', ['model', 'id'])
    .execute();
  await schema.createIndex('oidc_rows_by_grant').on('oidc_rows').columns(['grant_id']).execute();
  await schema.createIndex('oidc_rows_by_uid').on('oidc_rows').columns(['uid']).execute();
  await schema.createIndex('oidc_rows_by_account').on('oidc_rows').columns(['account_id']).execute();
  await schema.createIndex('oidc_rows_by_expiry').on('oidc_rows').columns(['expires_at']).execute();
  await schema
    .createTable('secrets')
    .addColumn('name', 'text', (c) => c.primaryKey())
    .addColumn('value', 'text', (c) => c.notNull())
    .addColumn('created_at', 'text', (c) => c.notNull())
    .execute();
  await schema
    .createTable('sign_in_attempts')
    .addColumn('subject', 'text', (c) => c.primaryKey())
    .addColumn('failures', 'integer', (c) => c.notNull())
    .addColumn('first_at', 'text', (c) => c.notNull())
    .addColumn('locked_until', 'text')
    .execute();
}
