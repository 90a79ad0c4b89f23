import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { CompiledQuery, sql, type Kysely } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { migrate, openDatabase, type Database } from './openDatabase.ts';
import type { Tables } from './tables.ts';

let folder: string;
let database: Database;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'threefold-db-'));
  database = openDatabase({ path: join(folder, 'x.db') });
  await migrate(database.db);
});
afterEach(async () => {
  await database.close();
  rmSync(folder, { recursive: true });
});

const add = (db: Kysely<Tables>, name: string) =>
  db.insertInto('secrets').values({ name, value: 'v', created_at: 'now' }).execute();
const names = async (db: Kysely<Tables>) =>
  (await db.selectFrom('secrets').select('name').orderBy('name').execute()).map(({ name }) => name);
/** What another process sees. */
function committed(): string[] {
  const other = new DatabaseSync(join(folder, 'x.db'), { readOnly: true });
  const rows = other.prepare('select name from secrets order by name').all();
  other.close();
  return rows.map(({ name }) => String(name));
}

const pragma = (name: string) => database.db.executeQuery<Record<string, unknown>>(CompiledQuery.raw(`pragma ${name}`));

test('uses the settings of a durable database', async () => {
  expect((await pragma('journal_mode')).rows).toEqual([{ journal_mode: 'wal' }]);
  expect((await pragma('synchronous')).rows).toEqual([{ synchronous: 2 }]);
  expect((await pragma('foreign_keys')).rows).toEqual([{ foreign_keys: 1 }]);
});

test('runs transactions one after the other, and resolves each after its commit', async () => {
  const order: string[] = [];
  const insert = (name: string) =>
    database.db
      .transaction()
      .execute(async (trx) => {
        order.push(`${name} begins`);
        await add(trx, name);
        await Promise.resolve();
        order.push(`${name} ends`);
      })
      .then(() => expect(committed()).toContain(name));
  await Promise.all([insert('a'), insert('b'), insert('c')]);
  expect(order).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  expect(await names(database.read)).toEqual(['a', 'b', 'c']);
});

describe('while another process writes', () => {
  let other: DatabaseSync;
  beforeEach(() => {
    other = new DatabaseSync(join(folder, 'x.db'));
    other.exec('begin immediate');
  });
  afterEach(() => other.close());

  test('writers wait, and nothing else does', async () => {
    let isDone = false;
    const writes = Promise.all([
      database.db.transaction().execute((trx) => add(trx, 'a')),
      database.db.transaction().execute((trx) => add(trx, 'b')),
      add(database.db, 'c'),
    ]).then(() => (isDone = true));
    // The event loop keeps turning, and reads are answered meanwhile.
    for (let turn = 0; turn < 20; turn += 1) {
      await new Promise(setImmediate);
      expect(await names(database.read)).toEqual([]);
    }
    expect(isDone).toBe(false);
    other.exec("insert into secrets values ('theirs', 'v', 'now'); commit");
    await writes;
    expect(await names(database.read)).toEqual(['a', 'b', 'c', 'theirs']);
  });

  test('a single statement waits, too', async () => {
    const write = add(database.db, 'a');
    await new Promise(setImmediate);
    other.exec('rollback');
    await write;
    expect(committed()).toEqual(['a']);
  });
});

test('a failed transaction among others rolls back only its own work', async () => {
  const failing = database.db.transaction().execute(async (trx) => {
    await add(trx, 'bad');
    throw new Error('no');
  });
  const results = await Promise.allSettled([
    database.db.transaction().execute((trx) => add(trx, 'a')),
    failing,
    database.db.transaction().execute((trx) => add(trx, 'a')),
    database.db.transaction().execute((trx) => add(trx, 'b')),
  ]);
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
  expect(committed()).toEqual(['a', 'b']);
});

test('a single statement waits for the open transactions and is committed on its own', async () => {
  const inside = database.db.transaction().execute(async (trx) => {
    await add(trx, 'a');
    await Promise.resolve();
    await add(trx, 'b');
  });
  const alone = add(database.db, 'c').then(() => expect(committed()).toEqual(['a', 'b', 'c']));
  await Promise.all([inside, alone]);
});

test('the reader sees only committed rows, and cannot write', async () => {
  await database.db.transaction().execute(async (trx) => {
    await add(trx, 'a');
    expect(await names(database.read)).toEqual([]);
    expect(await names(trx)).toEqual(['a']);
  });
  expect(await names(database.read)).toEqual(['a']);
  await expect(add(database.read, 'b')).rejects.toThrow(/readonly/);
  await expect(database.read.transaction().execute(async () => {})).rejects.toThrow(/single statements/);
});

const opener = `
  import { migrate, openDatabase } from './server/db/openDatabase.ts';
  const { db, read, close } = openDatabase({ path: process.argv[1] });
  await migrate(db);
  await db.insertInto('secrets').values({ name: String(process.pid), value: 'v', created_at: 'now' }).execute();
  await read.selectFrom('secrets').selectAll().execute();
  await close();
`;

test('processes that open and migrate one new file at once all end with the schema', async () => {
  const path = join(folder, 'new', 'y.db');
  const run = () =>
    new Promise<string>((resolve) => {
      const options = { cwd: join(import.meta.dirname, '../..') };
      execFile(process.execPath, ['--input-type=module', '-e', opener, path], options, (error, _, stderr) =>
        resolve(error === null ? '' : stderr),
      );
    });
  expect(await Promise.all([run(), run(), run(), run()])).toEqual(['', '', '', '']);
  const { read, close } = openDatabase({ path });
  expect(await names(read)).toHaveLength(4);
  await close();
});

test('statements of one turn share a snapshot; the next turn sees commits of other processes', async () => {
  const other = new DatabaseSync(join(folder, 'x.db'));
  expect(await names(database.read)).toEqual([]);
  other.prepare(`insert into secrets values ('theirs', 'v', 'now')`).run();
  expect(await names(database.read)).toEqual([]);
  await new Promise((resolve) => setImmediate(resolve));
  expect(await names(database.read)).toEqual(['theirs']);
  other.close();
});

test('an acknowledged write is visible at once, in the same turn', async () => {
  for (let n = 0; n < 20; n += 1) {
    expect(await names(database.read)).toHaveLength(2 * n);
    await database.db.transaction().execute((trx) => add(trx, `a${n}`));
    expect(await names(database.read)).toHaveLength(2 * n + 1);
    await add(database.db, `b${n}`);
  }
});

test('data of a newer version is rejected', async () => {
  await sql`insert into kysely_migration values ('9999Future', '2999-01-01T00:00:00.000Z')`.execute(database.db);
  await expect(migrate(database.db)).rejects.toThrow(/newer version/);
});

test('when the disk is full, all transactions of a shared commit fail, and nothing is stored partially', async () => {
  const { rows } = await pragma('page_count');
  await pragma(`max_page_count = ${Number(rows[0]?.['page_count']) + 20}`);
  const insert = (name: string, size: number) =>
    database.db.transaction().execute(async (trx) => {
      await add(trx, name);
      await trx
        .updateTable('secrets')
        .set({ value: 'x'.repeat(size) })
        .where('name', '=', name)
        .execute();
    });
  const ends = await Promise.allSettled([insert('small', 1), insert('huge', 1_000_000), insert('late', 1)]);
  const kept = ['small', 'huge', 'late'].filter((_, at) => ends[at]?.status === 'fulfilled');
  expect(kept).not.toContain('huge');
  expect(committed()).toEqual(kept.toSorted());
  for (const end of ends) if (end.status === 'rejected') expect(end.reason).toMatchObject({ errcode: 13 });
});
