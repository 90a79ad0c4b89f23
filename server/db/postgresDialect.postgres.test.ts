import { sql, type Kysely } from 'kysely';
import { Migrator } from 'kysely/migration';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { isBusy, isUnreachable } from './databaseErrors.ts';
import { migrations } from './migrations.ts';
import { migrate, openDatabase, type Database } from './openDatabase.ts';
import type { Tables } from './tables.ts';
import { acquireNamedLock, runTransaction } from './transaction.ts';
import { removeAccount } from '../identity/accounts.ts';
import { openTestDatabase, schemaUrl } from '../testing/testDatabase.ts';
import { annId, startService } from '../testing/testService.ts';

/** What is specific to PostgreSQL; all other tests run on both databases. */

let url: string;
let database: Database;
beforeAll(async () => {
  url = await schemaUrl('database');
  database = openDatabase({ path: '', databaseUrl: url });
  await migrate(database.db);
});
afterAll(() => database.close());

const add = (db: Kysely<Tables>, name: string, value = 'v') =>
  db.insertInto('secrets').values({ name, value, created_at: 'now' }).execute();
const backend = async (db: Kysely<Tables>) =>
  (await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(db)).rows[0]?.pid ?? 0;

test('texts sort by their bytes in every table, whatever the locale of the server', async () => {
  for (const name of ['order_b', 'order_B', 'order_a', 'order_-', 'order_é']) await add(database.db, name);
  const rows = database.read.selectFrom('secrets').select('name').where('name', 'like', 'order%').orderBy('name');
  expect((await rows.execute()).map(({ name }) => name.slice(6))).toEqual(['-', 'B', 'a', 'b', 'é']);
  const { rows: others } = await sql`
    select table_name, column_name from information_schema.columns
    where table_schema = current_schema() and data_type = 'text' and collation_name is distinct from 'C'`.execute(
    database.read,
  );
  expect(others).toEqual([]);
});

test('the read pool cannot write, and bigint is read as a number', async () => {
  await expect(add(database.read, 'never')).rejects.toThrow(/read-only/);
  const { rows } = await sql`select 9007199254740991::bigint as big, count(*) from secrets where false`.execute(
    database.read,
  );
  expect(rows).toEqual([{ big: 9_007_199_254_740_991, count: 0 }]);
});

test('processes that migrate one new schema at once all find it complete', async () => {
  const databaseUrl = await schemaUrl('atonce');
  const all = Array.from({ length: 4 }, () => openDatabase({ path: '', databaseUrl }));
  await Promise.all(all.map(({ db }) => migrate(db)));
  const { rows } = await sql<{ n: number }>`select count(*) as n from kysely_migration`.execute(
    all[0]?.read ?? database.read,
  );
  expect(rows[0]?.n).toBe(Object.keys(migrations).length);
  await Promise.all(all.map(({ close }) => close()));
});

test('a failed migration changes nothing and reports its error; data of a newer version is rejected', async () => {
  const broken = openDatabase({ path: '', databaseUrl: await schemaUrl('broken') });
  await sql`create table secrets (mine text)`.execute(broken.db);
  await expect(migrate(broken.db)).rejects.toThrow(/"secrets" already exists/);
  const { rows } = await sql`select tablename from pg_tables where schemaname = current_schema()`.execute(broken.db);
  expect(rows).toEqual([{ tablename: 'secrets' }]);
  await sql`drop table secrets`.execute(broken.db);
  await migrate(broken.db);
  await sql`insert into kysely_migration values ('9999Future', '')`.execute(broken.db);
  await expect(migrate(broken.db)).rejects.toThrow(/newer version/);
  await broken.close();
});

test('tasks written before the search index existed are found by it', async () => {
  const old = openDatabase({ path: '', databaseUrl: await schemaUrl('old') });
  const provider = { getMigrations: async () => ({ ...migrations }) };
  const { rows: schemas } = await sql<{ name: string }>`select current_schema() as name`.execute(old.db);
  const migrationTableSchema = schemas[0]?.name ?? '';
  const migrator = new Migrator({ db: old.db, provider, migrationTableSchema });
  expect((await migrator.migrateTo('0004Attachments')).error).toBeUndefined();
  await sql`insert into accounts values ('a-1', 'ann@example.com', 'Ann', null, '', '')`.execute(old.db);
  await sql`insert into task_folders (id, account_id, group_key, name, name_key, is_default, seq, created_at)
    values ('f', 'a-1', 'g', 'Tasks', 'tasks', 1, 1, '')`.execute(old.db);
  await sql`insert into tasks (id, account_id, folder_id, seq, created_at, modified_at, subject, body_type, body, status,
      importance, sensitivity, categories, is_reminder_on, has_attachments)
    values ('t', 'a-1', 'f', 2, '', '', 'Old', 'html', '<p>a <b>marked</b> word</p>', 'notStarted', 'normal', 'normal',
      '["Red"]', 0, 0)`.execute(old.db);
  await migrate(old.db);
  const found = async (question: string) => {
    const { rows } = await sql`select task_id from task_search where words @@ ${question}::tsquery`.execute(old.db);
    return rows.length;
  };
  expect(await found(`'@a-1' & marked <-> word & red:A`)).toBe(1);
  expect(await found('p | word:A')).toBe(0);
  await old.close();
});

test('two deadlocked writers both complete', async () => {
  await add(database.db, 'left', '0');
  await add(database.db, 'right', '0');
  const touch = (trx: Kysely<Tables>, name: string) =>
    sql`update secrets set value = (value::int + 1)::text where name = ${name}`.execute(trx);
  let met: () => void = () => {};
  const meeting = new Promise<void>((resolve) => (met = resolve));
  let waiting = 0;
  const both = async (first: string, second: string) =>
    runTransaction(database.db, async (trx) => {
      await touch(trx, first);
      // Each waits for the other's lock; after one is rolled back, nobody waits.
      waiting += 1;
      if (waiting === 2) met();
      await meeting;
      await touch(trx, second);
    });
  await Promise.all([both('left', 'right'), both('right', 'left')]);
  // The one rolled back can lock its row first again, and meet the other once more.
  expect(waiting).toBeGreaterThanOrEqual(3);
  const rows = database.read.selectFrom('secrets').select('value').where('name', 'in', ['left', 'right']);
  expect(await rows.execute()).toEqual([{ value: '2' }, { value: '2' }]);
});

test('named locks are taken one after the other', async () => {
  let inside = 0;
  await Promise.all(
    Array.from({ length: 5 }, () =>
      runTransaction(database.db, async (trx) => {
        await acquireNamedLock(trx, 'here');
        inside += 1;
        expect(inside).toBe(1);
        await sql`select 1`.execute(trx);
        inside -= 1;
      }),
    ),
  );
});

test('a broken connection is reported, ends no process, and the next statement gets another', async () => {
  const lost: unknown[] = [];
  const shaky = openDatabase({ path: '', databaseUrl: url }, (error) => lost.push(error));
  const end = async (pid: number) => void (await sql`select pg_terminate_backend(${pid}, 5000)`.execute(database.db));
  const failed = await shaky.db
    .transaction()
    .execute(async (trx) => {
      await end(await backend(trx));
      await add(trx, 'never');
    })
    .catch((error: unknown) => error);
  expect(isBusy(failed)).toBe(true);
  expect(lost).not.toEqual([]);
  await add(shaky.db, 'again');
  const rows = database.read.selectFrom('secrets').select('name').where('name', 'in', ['never', 'again']);
  expect(await rows.execute()).toEqual([{ name: 'again' }]);
  await shaky.close();
});

test('an unreachable server gives 503 with Retry-After', async () => {
  const gone = openDatabase({ path: '', databaseUrl: 'postgres://nobody@127.0.0.1:1/nothing' });
  const failed = await sql`select 1`.execute(gone.db).catch((error: unknown) => error);
  expect([isUnreachable(failed), isBusy(failed)]).toEqual([true, true]);
  await gone.close();
  const service = await startService({ lockTimeout: 200 });
  const { db } = service.database;
  await sql`alter table counters rename to elsewhere`.execute(db);
  expect((await service.send('GET', '/me/tasks')).status).toBe(500);
  await sql`alter table elsewhere rename to counters`.execute(db);
  const holder = await openHolder(service.database, annId);
  const blocked = await service.send('POST', '/me/tasks', { Subject: 'waits' });
  expect([blocked.status, blocked.headers.get('retry-after')]).toEqual([503, '1']);
  // Writes to another mailbox and reads are not blocked.
  expect((await service.send('POST', '/me/tasks', { Subject: 'goes' }, { Authorization: 'Bearer bob' })).status).toBe(
    201,
  );
  expect((await service.send('GET', '/me/tasks')).status).toBe(200);
  await holder.letGo();
  expect((await service.send('POST', '/me/tasks', { Subject: 'waits' })).status).toBe(201);
  await service.close();
});

/** Locks a mailbox's counter like a writer that never finishes. */
async function openHolder({ db }: Database, accountId: string) {
  let release: () => void = () => {};
  const until = new Promise<void>((resolve) => (release = resolve));
  let holds: () => void = () => {};
  const held = new Promise<void>((resolve) => (holds = resolve));
  const ended = db.transaction().execute(async (trx) => {
    await sql`update counters set seq = seq where account_id = ${accountId}`.execute(trx);
    holds();
    await until;
  });
  await held;
  return {
    letGo: async () => {
      release();
      await ended;
    },
  };
}

test('a mailbox removed during a write to it is gone afterwards, and nothing is blocked', async () => {
  const service = await startService();
  const { db } = service.database;
  const writes = Array.from({ length: 12 }, (_, n) => service.send('POST', '/me/tasks', { Subject: `Task ${n}` }));
  const [isRemoved, ...answers] = await Promise.all([removeAccount(db, 'ann@example.com'), ...writes]);
  expect(isRemoved).toBe(true);
  for (const { status } of answers) expect([201, 404]).toContain(status);
  for (const table of ['tasks', 'counters', 'task_folders'] as const) {
    const left = await db.selectFrom(table).select('account_id').distinct().execute();
    expect(left.map((row) => row.account_id)).not.toContain(annId);
  }
  await service.close();
});

test('the tests leave nothing behind', async () => {
  const first = await openTestDatabase();
  await add(first.db, 'left behind');
  await first.close();
  const second = await openTestDatabase();
  expect(await second.db.selectFrom('secrets').selectAll().execute()).toEqual([]);
  await second.close();
});
