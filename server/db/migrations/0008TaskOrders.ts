import { sql, type Kysely } from 'kysely';

/**
 * What tasks are asked for and sorted by most, so that neither has to look at all of a mailbox (docs/decisions/0022). The
 * folder comes last: a list of one folder passes the tasks of the others by without reading them.
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
