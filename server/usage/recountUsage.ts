import { sql, type Kysely } from 'kysely';
import { isPostgres } from '../db/isPostgres.ts';
import type { Db, Tables } from '../db/tables.ts';
import { runTransaction } from '../db/transaction.ts';
import { countedTables, usageColumns, type CountedTable } from './usageTables.ts';
import { countsOf, ofRow } from './usageTriggers.ts';

/** A mailbox, or a guest's share of one, whose account differs from what is stored. */
export type UsageDifference = {
  accountId: string;
  guestId: string | null;
  what: string;
  kept: number;
  counted: number;
};

type Sums = Map<string, Map<string, number>>;

/** Counts everything again and stores it, while nobody else writes. */
export async function recountWhileServing(db: Kysely<Tables>): Promise<void> {
  await runTransaction(db, async (trx) => {
    await holdWriters(trx);
    await recountUsage(trx);
  });
}

/** Compares all accounts at one moment. */
export async function differencesWhileServing(db: Kysely<Tables>): Promise<readonly UsageDifference[]> {
  return runTransaction(db, async (trx) => {
    await holdWriters(trx);
    return usageDifferences(trx);
  });
}

/** A transaction of SQLite has held them since it began. */
async function holdWriters(trx: Db): Promise<void> {
  if (!isPostgres(trx)) return;
  const tables = ['counters', 'guest_usage', ...countedTables.map(({ table }) => table)];
  await sql.raw(`lock table ${tables.join(', ')} in share row exclusive mode`).execute(trx);
}

/** Counts everything again and stores it: in a transaction, or where nobody writes. */
export async function recountUsage(db: Kysely<Tables>, tables = countedTables): Promise<void> {
  for (const { accountId, guestId, what, counted } of await usageDifferences(db, tables)) {
    await (
      guestId === null
        ? sql`update counters set ${sql.ref(what)} = ${counted} where account_id = ${accountId}`
        : sql`insert into guest_usage (account_id, guest_id, items, bytes) values (${accountId}, ${guestId}, 0, 0)
              on conflict (account_id, guest_id) do nothing`
    ).execute(db);
    if (guestId !== null)
      await sql`update guest_usage set ${sql.ref(what)} = ${counted}
        where account_id = ${accountId} and guest_id = ${guestId}`.execute(db);
  }
}

/** Counts everything again and compares it with what the triggers keep. */
export async function usageDifferences(
  db: Kysely<Tables>,
  tables = countedTables,
): Promise<readonly UsageDifference[]> {
  const { rows: counters } = await sql<Record<string, unknown>>`select * from counters`.execute(db);
  const counted = await countMailboxes(db, tables);
  const differences = counters.flatMap((row) => {
    const accountId = String(row['account_id']);
    return usageColumns.flatMap((what) => {
      const [kept, found] = [Number(row[what]), counted.get(accountId)?.get(what) ?? 0];
      return kept === found ? [] : [{ accountId, guestId: null, what, kept, counted: found }];
    });
  });
  return [...differences, ...(await shareDifferences(db, tables))];
}

async function countMailboxes(db: Kysely<Tables>, tables: readonly CountedTable[]): Promise<Sums> {
  const sums: Sums = new Map();
  for (const counted of tables) {
    const columns = countsOf(counted, 'r').map(([column, value]) => `sum(${value}) as ${column}`);
    const { rows } = await sql
      .raw<Record<string, unknown>>(
        `select account_id, ${columns.join(', ')} from ${counted.table} as r where account_id is not null group by 1`,
      )
      .execute(db);
    for (const { account_id: accountId, ...values } of rows) addTo(sums, String(accountId), values);
  }
  return sums;
}

async function shareDifferences(
  db: Kysely<Tables>,
  tables: readonly CountedTable[],
): Promise<readonly UsageDifference[]> {
  const sums: Sums = new Map();
  const keyOf = (row: Readonly<Record<string, unknown>>) => `${String(row['account_id'])}\n${String(row['guest_id'])}`;
  for (const { table, guest, items, bytes } of tables) {
    if (guest === undefined) continue;
    const { rows } = await sql
      .raw<Record<string, unknown>>(
        `select account_id, ${guest} as guest_id, count(*) * ${items} as items, sum(${ofRow(bytes, 'r')}) as bytes
           from ${table} as r where ${guest} is not null group by 1, 2`,
      )
      .execute(db);
    for (const row of rows) addTo(sums, keyOf(row), { items: row['items'], bytes: row['bytes'] });
  }
  const kept = new Map(
    (await sql<Record<string, unknown>>`select * from guest_usage`.execute(db)).rows.map((row) => [keyOf(row), row]),
  );
  return [...new Set([...sums.keys(), ...kept.keys()])].flatMap((key) => {
    const [accountId = '', guestId = ''] = key.split('\n');
    return ['items', 'bytes'].flatMap((what) => {
      const [has, found] = [Number(kept.get(key)?.[what] ?? 0), sums.get(key)?.get(what) ?? 0];
      return has === found ? [] : [{ accountId, guestId, what, kept: has, counted: found }];
    });
  });
}

function addTo(sums: Sums, key: string, values: Readonly<Record<string, unknown>>): void {
  const sum = sums.get(key) ?? new Map<string, number>();
  sums.set(key, sum);
  for (const [column, value] of Object.entries(values)) sum.set(column, (sum.get(column) ?? 0) + Number(value));
}
