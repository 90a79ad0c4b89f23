import { sql, type Kysely } from 'kysely';

/** Columns for sync and bin: when a row entered its place, and with which folder it was deleted. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  for (const table of ['tasks', 'task_folders', 'departures']) {
    await schema
      .alterTable(table)
      .addColumn('arrived_seq', 'bigint', (c) => c.notNull().defaultTo(0))
      .execute();
  }
  await schema.alterTable('tasks').addColumn('deleted_with', 'text').execute();
  await schema
    .alterTable('counters')
    .addColumn('forgotten_seq', 'bigint', (c) => c.notNull().defaultTo(0))
    .execute();

  // The feed reads number and id only, without deleted rows, so its index has all three; and all rows, for the cascade.
  await schema.dropIndex('tasks_by_seq').execute();
  await schema.createIndex('tasks_by_seq').on('tasks').columns(['folder_id', 'seq', 'id', 'deleted_at']).execute();
  await schema.dropIndex('task_folders_by_account').execute();
  await schema
    .createIndex('task_folders_by_account')
    .on('task_folders')
    .columns(['account_id', 'seq', 'id', 'deleted_at'])
    .execute();
  await schema.dropIndex('departures_by_seq').execute();
  await schema.createIndex('departures_by_seq').on('departures').columns(['place_id', 'seq', 'id']).execute();
  await schema.createIndex('departures_by_age').on('departures').columns(['at']).execute();
  await schema
    .createIndex('tasks_in_bin')
    .on('tasks')
    .columns(['account_id', 'deleted_at', 'id'])
    .where(sql<boolean>`deleted_at is not null and deleted_with is null`)
    .execute();
  await schema
    .createIndex('task_folders_in_bin')
    .on('task_folders')
    .columns(['account_id', 'deleted_at', 'id'])
    .where(sql.ref('deleted_at'), 'is not', null)
    .execute();
}
