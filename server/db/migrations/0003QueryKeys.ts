import { parseTextList } from '../jsonColumns.ts';
import type { Kysely } from 'kysely';
import { foldText } from '../../../src/domain/text/foldText.ts';
import { foldedTaskColumns } from '../../text/textFolding.ts';
import type { Tables } from '../tables.ts';

/** Columns with texts in the form in which queries compare them (docs/decisions/0010-queries.md). */
export async function up(db: Kysely<Tables>): Promise<void> {
  const { schema } = db;
  await schema
    .alterTable('tasks')
    .addColumn('subject_key', 'text', (c) => c.notNull().defaultTo(''))
    .execute();
  await schema
    .alterTable('tasks')
    .addColumn('category_keys', 'text', (c) => c.notNull().defaultTo('[]'))
    .execute();
  await schema
    .alterTable('task_groups')
    .addColumn('name_key', 'text', (c) => c.notNull().defaultTo(''))
    .execute();
  await fillTasks(db);
  const groups = await db.selectFrom('task_groups').select(['id', 'name']).execute();
  for (const { id, name } of groups) {
    await db
      .updateTable('task_groups')
      .set({ name_key: foldText(name.trim()) })
      .where('id', '=', id)
      .execute();
  }
}

/** In batches, because all existing rows may not fit in memory. */
async function fillTasks(db: Kysely<Tables>): Promise<void> {
  const page = (after: string) =>
    db
      .selectFrom('tasks')
      .select(['id', 'subject', 'categories'])
      .where('id', '>', after)
      .orderBy('id')
      .limit(1_000)
      .execute();
  for (let rows = await page(''); rows.length > 0; rows = await page(rows.at(-1)?.id ?? '')) {
    for (const { id, subject, categories } of rows) {
      const keys = foldedTaskColumns(subject, parseTextList(categories));
      await db.updateTable('tasks').set(keys).where('id', '=', id).execute();
    }
  }
}
