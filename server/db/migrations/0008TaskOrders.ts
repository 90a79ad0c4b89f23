import { sql, type Kysely } from 'kysely';

/**
 * Indexes for the most frequent filters and orders (docs/decisions/0022-list-indexes.md). The folder is the last
 * column, so that a list of one folder skips the tasks of the others without reading them.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const column of ['due_at', 'modified_at', 'subject_key', 'status']) {
    await db.schema
      .createIndex(`tasks_by_${column}`)
      .on('tasks')
      .columns(['account_id', column, 'id', 'folder_id'])
      .where(sql.ref('deleted_at'), 'is', null)
      .execute();
  }
}
