import { systemClock } from '../../src/domain/time/time.ts';
import type { Clock } from '../../src/domain/time/time.ts';
import { readConfig } from '../config/config.ts';
import { createNewId } from '../config/ids.ts';
import type { Database } from '../db/openDatabase.ts';
import { openMigrated } from '../db/openMigrated.ts';
import { createAccount } from '../identity/accounts.ts';
import { seed } from './seed.ts';

/** The account of `npm run demo`. It exists only in a database of its own, which each start makes anew. */
export const demoAccount = { address: 'demo@example.com', name: 'Demo', password: 'a mailbox to try' };

/**
 * Creates the demo account with tasks around today in `zone`.
 * @throws when the database has the account already.
 */
export async function fillDemo({ db }: Pick<Database, 'db'>, clock: Clock, zone: string): Promise<void> {
  const newId = createNewId(clock);
  const created = await createAccount(db, demoAccount, clock, newId);
  if (!created.ok) throw new Error(`The demo account was not created: ${created.problems[0]?.code ?? 'unknown'}.`);
  await seed(db, clock, newId, { address: demoAccount.address, tasks: 120, folders: 8, zone });
}

async function main() {
  const database = await openMigrated(readConfig(process.env));
  try {
    await fillDemo(
      database,
      systemClock(() => Date.now()),
      Intl.DateTimeFormat().resolvedOptions().timeZone,
    );
    process.stdout.write(`Sign in as ${demoAccount.address} with the password: ${demoAccount.password}\n`);
  } finally {
    await database.close();
  }
}

if (import.meta.main) await main();
