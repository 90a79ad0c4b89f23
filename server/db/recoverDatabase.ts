import { DatabaseSync } from 'node:sqlite';
import { isUnreadable } from './databaseErrors.ts';
import { migrate, openDatabase } from './openDatabase.ts';
import { recountUsage } from '../usage/recountUsage.ts';

export type RecoveredTable = {
  table: string;
  copied: number;
  /** Rows that are known from an index or a neighbouring row, but cannot be read, or repeat the key of another. */
  lost: number;
};

/** Rows copied by one statement, until one fails. */
const batchSize = 500;

/**
 * Copies every readable row of a damaged database file into a new one with the current schema, and rebuilds the search
 * index. The damaged file is only read.
 * @param target a path where no file exists.
 * @throws the database's error when even its schema cannot be read.
 */
export async function recoverDatabase(damaged: string, target: string): Promise<readonly RecoveredTable[]> {
  const fresh = openDatabase({ path: target });
  await migrate(fresh.db);
  await fresh.close();
  const database = new DatabaseSync(target, { enableForeignKeyConstraints: false });
  const source = new DatabaseSync(damaged, { readOnly: true });
  let tables: readonly RecoveredTable[];
  try {
    tables = ownTables(database).map((table) => copyTable(source, database, table));
  } finally {
    source.close();
    database.close();
  }
  await recountMailboxes(target);
  return tables;
}

/** The copied counters hold what the lost rows added, too. */
async function recountMailboxes(path: string): Promise<void> {
  const { db, close } = openDatabase({ path });
  try {
    await recountUsage(db);
  } finally {
    await close();
  }
}

/** The tables with data of their own, without those that triggers or migrations fill. */
function ownTables(database: DatabaseSync): readonly string[] {
  const rows = database
    .prepare(
      `select name from sqlite_schema where type = 'table'
         and name not glob 'sqlite_*' and name not glob 'task_search*' and name not glob 'kysely_*'`,
    )
    .all();
  return rows.map((row) => String(row['name']));
}

function copyTable(source: DatabaseSync, target: DatabaseSync, table: string): RecoveredTable {
  const known = new Set(columnsOf(source, table));
  const columns = columnsOf(target, table).filter((name) => known.has(name));
  const list = columns.map(quoted).join(', ');
  const read = source.prepare(`select ${list} from ${quoted(table)} where rowid = ?`);
  const write = target.prepare(
    `insert or ignore into ${quoted(table)} (${list}) values (${columns.map(() => '?').join(', ')})`,
  );
  let copied = 0;
  let lost = 0;
  const ids = readableIds(source, table);
  for (let at = 0; at < ids.length; at += batchSize) {
    target.exec('begin');
    for (const id of ids.slice(at, at + batchSize)) {
      const row = readOr(() => read.get(id), undefined);
      // A damaged file may hold a key twice: the second row is ignored.
      const isCopied = row !== undefined && write.run(...columns.map((name) => row[name] ?? null)).changes > 0;
      if (isCopied) copied += 1;
      else lost += 1;
    }
    target.exec('commit');
  }
  return { table, copied, lost };
}

/** Row ids from all sources: each index, and the table from both ends. */
function readableIds(source: DatabaseSync, table: string): readonly bigint[] {
  const indexes = readOr(
    () => source.prepare('select name from pragma_index_list(?) where partial = 0').all(table),
    [],
  );
  const ways = [
    ...indexes.map((row) => `indexed by ${quoted(String(row['name']))}`),
    'not indexed order by rowid',
    'not indexed order by rowid desc',
  ];
  const ids = new Set<bigint>();
  for (const way of ways) {
    readOr(() => {
      const statement = source.prepare(`select rowid as id from ${quoted(table)} ${way}`);
      statement.setReadBigInts(true);
      for (const { id } of statement.iterate()) if (typeof id === 'bigint') ids.add(id);
      return undefined;
    }, undefined);
  }
  return [...ids].toSorted((a, b) => (a < b ? -1 : 1));
}

function columnsOf(database: DatabaseSync, table: string): readonly string[] {
  return database
    .prepare('select name from pragma_table_info(?)')
    .all(table)
    .map((row) => String(row['name']));
}

/** The result of a read; `otherwise` where the file is damaged. */
function readOr<T>(read: () => T, otherwise: T): T {
  try {
    return read();
  } catch (error) {
    if (isUnreadable(error)) return otherwise;
    throw error;
  }
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
