import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from '../../src/domain/time/time.ts';
import { createLog } from '../config/log.ts';
import { damageLastPage } from '../testing/damagedPage.ts';
import { toAppError } from '../http/toAppError.ts';
import { migrate, openDatabase, type Database } from './openDatabase.ts';
import { createSnapshot } from './sqliteDialect.ts';

let folder: string;
let path: string;
let database: Database;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'threefold-damaged-'));
  path = join(folder, 'x.db');
  database = openDatabase({ path });
  await migrate(database.db);
  const rows = Array.from({ length: 500 }, (_, at) => ({ name: `n${at}`, value: 'v'.repeat(500), created_at: 'now' }));
  await database.db.insertInto('secrets').values(rows).execute();
  await database.close();
  damageLastPage(path, 'secrets');
  database = openDatabase({ path });
});
afterEach(async () => {
  await database.close();
  rmSync(folder, { recursive: true });
});

/** The failure of reading every row of the damaged table. */
const failureOfReading = (from: Database['read']) =>
  from
    .selectFrom('secrets')
    .selectAll()
    .execute()
    .then(
      () => undefined,
      (error: unknown) => error,
    );

test('a damaged page fails the queries that need it, and nothing else', async () => {
  for (const from of [database.read, database.db]) {
    expect(await failureOfReading(from)).toMatchObject({ errcode: 11 });
    expect(await from.selectFrom('accounts').selectAll().execute()).toEqual([]);
    // Wait until the turn is over, too: an error there would end the process.
    await new Promise(setImmediate);
    expect(await from.selectFrom('accounts').selectAll().execute()).toEqual([]);
  }
});

test('a transaction that reads a damaged page fails alone', async () => {
  const ends = await Promise.allSettled([
    database.db.transaction().execute((trx) => failureOfReading(trx).then((error) => Promise.reject(error))),
    database.db.transaction().execute((trx) => trx.selectFrom('accounts').selectAll().execute()),
  ]);
  expect(ends.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
});

test('the request is answered 503, and the log names the query', async () => {
  const error = await failureOfReading(database.read);
  expect(toAppError(error)).toMatchObject({ error: { status: 503 }, isOurs: true });
  let text = '';
  const log = createLog(
    systemClock(() => 0),
    (line) => (text += line),
  );
  log.error('request failed', {}, error);
  log.flush();
  expect(JSON.parse(text)).toMatchObject({ query: 'select * from "secrets"' });
});

test('a turn that cannot be ended does not end the process; the next query reports it', async () => {
  const reader = new DatabaseSync(path, { readOnly: true });
  const snapshot = createSnapshot(reader);
  snapshot.begin();
  reader.close();
  await new Promise(setImmediate);
  expect(() => snapshot.begin()).toThrow('database is not open');
});
