import { sql, type RawBuilder } from 'kysely';
import { isPostgres } from '../db/isPostgres.ts';
import { hasRoom, pageRoom, RowsTooLarge } from '../db/statementGuard.ts';
import type { Db, TaskRow } from '../db/tables.ts';

/** How much a statement may read into memory: everything, rows without their notes, or notes up to `pageRoom` together. */
export type PageBound = 'none' | 'withoutNotes' | 'bounded';

const columns: Readonly<Record<keyof TaskRow, true>> = {
  id: true,
  account_id: true,
  folder_id: true,
  seq: true,
  created_at: true,
  modified_at: true,
  subject: true,
  body_type: true,
  body: true,
  status: true,
  importance: true,
  sensitivity: true,
  categories: true,
  subject_key: true,
  category_keys: true,
  start_at: true,
  due_at: true,
  completed_at: true,
  reminder_at: true,
  date_zone: true,
  reminder_zone: true,
  is_reminder_on: true,
  recurrence: true,
  has_attachments: true,
  deleted_at: true,
};
const withoutNotes = Object.keys(columns).map((name) => (name === 'body' ? `'' as body` : name));

/** The columns of a page of tasks. */
export function pageColumns(bound: PageBound): RawBuilder<unknown> {
  return sql.raw(bound === 'withoutNotes' ? withoutNotes.join(', ') : '*');
}

/**
 * A page of tasks that is read only if its notes fit in memory together. Pass its rows through `rowsWithinBound`.
 * @param order of the page.
 */
export function boundedPage(db: Db, page: RawBuilder<TaskRow>, order: string): RawBuilder<TaskRow> {
  if (!isPostgres(db)) return sql`select * from (${page}) where ${sql.raw(hasRoom('octet_length(body)'))}`;
  // A materialized row holds a reference to its long text, not the text.
  return sql`
    with page as materialized (${page}), total as (select coalesce(sum(octet_length(body)), 0) as page_bytes from page)
    select page.*, total.page_bytes from total left join page on total.page_bytes <= ${sql.lit(pageRoom)}
    order by ${sql.raw(order)}`;
}

/** @throws RowsTooLarge when the notes are too long together. On SQLite the statement throws. */
export function rowsWithinBound(rows: readonly (TaskRow & { page_bytes?: number | string })[]): TaskRow[] {
  if (Number(rows[0]?.page_bytes ?? 0) > pageRoom) throw new RowsTooLarge('The rows are too large.');
  // An empty page has its size alone.
  return rows.filter(({ id }) => id !== null);
}
