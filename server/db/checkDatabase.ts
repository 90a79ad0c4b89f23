import { DatabaseSync } from 'node:sqlite';

/** Problems that SQLite lists before it stops. */
const maxProblems = 100;

/** Reads every page of a database file. Returns the problems as SQLite describes them; empty when there are none. */
export function checkDatabase(path: string): readonly string[] {
  try {
    const database = new DatabaseSync(path, { readOnly: true, timeout: 1_000 });
    try {
      const found = database.prepare(`pragma integrity_check(${maxProblems})`).all();
      const problems = found.map((row) => String(row['integrity_check'])).filter((text) => text !== 'ok');
      const orphans = database
        .prepare('select "table", count(*) as "rows" from pragma_foreign_key_check group by 1')
        .all();
      return [
        ...problems,
        ...orphans.map((row) => `${String(row['rows'])} rows of ${String(row['table'])} belong to no row`),
      ];
    } finally {
      database.close();
    }
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)];
  }
}
