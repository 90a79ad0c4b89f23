import { randomUUID } from 'node:crypto';
import { parseArgs } from 'node:util';
import type { Kysely } from 'kysely';
import { canonicalZone, systemClock } from '../../src/domain/time/time.ts';
import type { Clock } from '../../src/domain/time/time.ts';
import { readConfig } from '../config/config.ts';
import { openMigrated } from '../db/openMigrated.ts';
import type { NewTask, Tables } from '../db/tables.ts';
import { runTransaction } from '../db/transaction.ts';
import { createNewId } from '../config/ids.ts';
import type { NewId } from '../config/ids.ts';
import { foldName } from '../mailbox/createMailbox.ts';
import { seedPlan } from './seedMailbox.ts';

const usage = 'Usage: npm run seed -- ADDRESS --tasks N --folders M [--zone Europe/Berlin]';

class SeedError extends Error {
  override name = 'SeedError';
}

type Options = { address: string; tasks: number; folders: number; zone: string };

function count(text: string, name: string, most: number): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > most)
    throw new SeedError(`--${name} takes a whole number from 0 to ${most}, not "${text}".\n${usage}`);
  return value;
}

function zoneOf(name: string): string {
  const zone = canonicalZone(name);
  if (zone === undefined)
    throw new SeedError(`--zone takes a time zone such as Europe/Berlin, not "${name}".\n${usage}`);
  return zone;
}

function readOptions(args: string[]): Options {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      tasks: { type: 'string', default: '200' },
      folders: { type: 'string', default: '8' },
      zone: { type: 'string', default: 'UTC' },
    },
  });
  const [address, ...rest] = positionals;
  if (address === undefined || rest.length > 0) throw new SeedError(usage);
  return {
    address,
    tasks: count(values.tasks, 'tasks', 200_000),
    folders: count(values.folders, 'folders', 500),
    zone: zoneOf(values.zone),
  };
}

/** Rows per statement: SQLite takes 32,766 bound values, and a task has fewer than 32. */
const batch = 1_000;

/**
 * Fills an empty mailbox in one transaction.
 * @throws SeedError when the account does not exist or has tasks.
 */
export async function seed(db: Kysely<Tables>, clock: Clock, newId: NewId, { address, tasks, folders, zone }: Options) {
  const plan = seedPlan({ folders, today: clock.today(zone), zone });
  await runTransaction(db, async (trx) => {
    const account = await trx
      .selectFrom('accounts')
      .select('id')
      .where('address', '=', address.trim().toLowerCase())
      .executeTakeFirst();
    if (account === undefined)
      throw new SeedError(
        `No account has the address ${address}. Make it with: npm run account -- add ${address} --password-stdin`,
      );
    const taken = await trx
      .selectFrom('tasks')
      .select('id')
      .where('account_id', '=', account.id)
      .limit(1)
      .executeTakeFirst();
    if (taken !== undefined)
      throw new SeedError(
        `The mailbox of ${address} is not empty. The seed fills empty mailboxes only, so that it is the same every time.`,
      );
    const { id: own } = account;
    // Locks the counter row to the end, as every writer does.
    const counter = await trx
      .updateTable('counters')
      .set((eb) => ({ seq: eb.ref('seq') }))
      .where('account_id', '=', own)
      .returning('seq')
      .executeTakeFirstOrThrow();
    let { seq } = counter;
    const home = await trx
      .selectFrom('task_folders')
      .select('id')
      .where('account_id', '=', own)
      .where('is_default', '=', 1)
      .executeTakeFirstOrThrow();
    const folderIds = [home.id];
    const at = clock.now();
    for (const group of plan.groups) {
      const key = randomUUID();
      seq += 1;
      await trx
        .insertInto('task_groups')
        .values({
          id: newId(),
          account_id: own,
          group_key: key,
          name: group.name,
          name_key: foldName(group.name),
          is_default: 0,
          seq,
          created_at: at,
        })
        .execute();
      for (const name of group.folders) {
        seq += 1;
        const id = newId();
        folderIds.push(id);
        await trx
          .insertInto('task_folders')
          .values({
            id,
            account_id: own,
            group_key: key,
            name,
            name_key: foldName(name),
            is_default: 0,
            seq,
            arrived_seq: seq,
            created_at: at,
            deleted_at: null,
          })
          .execute();
      }
    }
    for (let from = 0; from < tasks; from += batch) {
      const rows: NewTask[] = [];
      for (let index = from; index < Math.min(from + batch, tasks); index += 1) {
        const { folder, ...row } = plan.taskAt(index);
        seq += 1;
        rows.push({
          ...row,
          id: newId(),
          account_id: own,
          folder_id: folderIds[folder] ?? home.id,
          seq,
          arrived_seq: seq,
        });
      }
      await trx.insertInto('tasks').values(rows).execute();
    }
    await trx.updateTable('counters').set({ seq }).where('account_id', '=', own).execute();
  });
}

async function main() {
  const clock = systemClock(() => Date.now());
  const options = readOptions(process.argv.slice(2));
  const database = await openMigrated(readConfig(process.env));
  try {
    await seed(database.db, clock, createNewId(clock), options);
    process.stdout.write(`${options.address}: ${options.tasks} tasks in ${options.folders + 1} folders\n`);
  } finally {
    await database.close();
  }
}

if (import.meta.main) {
  try {
    await main();
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  }
}
