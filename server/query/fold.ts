/**
 * The form in which two texts are the same text (wire.md §5, §13: case-insensitive). It is made here, once, at the write
 * that stores the text and again for what a query says, and never by a database: SQLite folds ASCII only, PostgreSQL by
 * the locale it was set up with, and the two would disagree (docs/decisions/0010).
 */
export function foldText(text: string): string {
  return text.normalize('NFC').toLowerCase();
}

/** The columns of a task that queries compare texts in. */
export function taskKeys(subject: string, categories: readonly string[]) {
  return { subject_key: foldText(subject), category_keys: JSON.stringify(categories.map(foldText)) };
}
