/**
 * The baseline of a create: the same row inserted into the same tables (indexes and search included) by a plain
 * statement, one durable commit each. Prints commits a second.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { systemClock } from '../src/domain/time/time.ts';
import { createMailbox } from '../server/mailbox/createMailbox.ts';
import { migrate, openDatabase } from '../server/db/openDatabase.ts';
import { createNewId } from '../server/config/ids.ts';
import { seedPlan } from '../server/cli/seedMailbox.ts';
import { foldedTaskColumns } from '../server/text/textFolding.ts';

const folder = mkdtempSync(path.join(os.tmpdir(), 'threefold-raw-'));
const file = path.join(folder, 'raw.db');
const clock = systemClock(() => Date.now());
const newId = createNewId(clock);
const database = openDatabase({ path: file });
await migrate(database.db);
const owner = 'raw';
await database.db.transaction().execute(async (trx) => {
  const at = clock.now();
  const account = {
    id: owner,
    address: owner,
    name: owner,
    password_hash: null,
    created_at: at,
    tokens_valid_from: at,
  };
  await trx.insertInto('accounts').values(account).execute();
  await createMailbox(trx, owner, clock, newId);
});
const { id: home } = await database.db.selectFrom('task_folders').select('id').executeTakeFirstOrThrow();
await database.close();

const db = new DatabaseSync(file, { enableForeignKeyConstraints: true });
db.exec('pragma journal_mode = wal; pragma synchronous = full');
const { taskAt } = seedPlan({ folders: 0, today: clock.today('UTC'), zone: 'UTC' });
const { folder: _, ...sample } = taskAt(2);
const columns = {
  ...sample,
  ...foldedTaskColumns(sample.subject, []),
  account_id: owner,
  folder_id: home,
  id: '',
  seq: 0,
  arrived_seq: 0,
};
const row = Object.fromEntries(Object.entries(columns).map(([name, value]) => [name, value ?? null]));
const names = Object.keys(row);
const insert = db.prepare(
  `insert into tasks (${names.join(', ')}) values (${names.map((name) => `:${name}`).join(', ')})`,
);
const count = Number(process.argv[2] ?? 4_000);
const from = performance.now();
for (let n = 0; n < count; n += 1) insert.run({ ...row, id: newId(), seq: n + 3, arrived_seq: n + 3 });
const seconds = (performance.now() - from) / 1_000;
db.close();
rmSync(folder, { recursive: true });
process.stdout.write(String(count / seconds));
