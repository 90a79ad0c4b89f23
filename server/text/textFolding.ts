import { foldText } from '../../src/domain/text/foldText.ts';

/**
 * The columns in which queries compare texts of a task. Computed here and never by a database, because SQLite folds
 * ASCII only and PostgreSQL by its locale (docs/decisions/0010-queries.md).
 */
export function foldedTaskColumns(subject: string, categories: readonly string[]) {
  return { subject_key: foldText(subject), category_keys: JSON.stringify(categories.map(foldText)) };
}
