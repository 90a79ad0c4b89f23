/** Adds COUNT mailboxes with twenty tasks each to the database of DATA_DIR. */
import path from 'node:path';
import { systemClock } from '../src/domain/time/time.ts';
import { openDatabase } from '../server/db/openDatabase.ts';
import { createNewId } from '../server/config/ids.ts';
import { createMailbox } from '../server/mailbox/createMailbox.ts';
import { foldedTaskColumns } from '../server/text/textFolding.ts';
import { seedPlan } from '../server/cli/seedMailbox.ts';

const count = Number(process.argv[2]);
const clock = systemClock(() => Date.now());
const newId = createNewId(clock);
const { db, close } = openDatabase({ path: path.join(process.env['DATA_DIR'] ?? '', 'threefold.db') });
const { taskAt } = seedPlan({ folders: 0, today: clock.today('UTC'), zone: 'UTC' });
for (let n = 0; n < count; n += 1) {
  await db.transaction().execute(async (trx) => {
    const at = clock.now();
    const id = `bench-${n}`;
    const account = { id, address: id, name: id, password_hash: null, created_at: at, tokens_valid_from: at };
    await trx.insertInto('accounts').values(account).execute();
    await createMailbox(trx, id, clock, newId);
    const home = await trx
      .selectFrom('task_folders')
      .select('id')
      .where('account_id', '=', id)
      .executeTakeFirstOrThrow();
    const rows = Array.from({ length: 20 }, (_, at) => {
      const { folder: _folder, ...task } = taskAt(at);
      return {
        ...task,
        ...foldedTaskColumns(task.subject, []),
        account_id: id,
        folder_id: home.id,
        id: newId(),
        seq: at + 3,
        arrived_seq: at + 3,
      };
    });
    await trx.insertInto('tasks').values(rows).execute();
    await trx.updateTable('counters').set({ seq: 100 }).where('account_id', '=', id).execute();
  });
}
await close();
