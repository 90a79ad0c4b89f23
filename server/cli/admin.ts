import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Kysely } from 'kysely';
import type { Config } from '../config/config.ts';
import { checkDatabase } from '../db/checkDatabase.ts';
import { forgetDatabase } from '../db/databaseMarker.ts';
import { recoverDatabase } from '../db/recoverDatabase.ts';
import { differencesWhileServing, recountWhileServing } from '../usage/recountUsage.ts';
import type { Tables } from '../db/tables.ts';
import { trustClock } from '../mailbox/clockGuard.ts';
import { CommandError, onlyArgument, runCommand, UsageError } from './runCommand.ts';
import type { CommandAction } from './runCommand.ts';

const actions: Readonly<Record<string, CommandAction | undefined>> = {
  check: { withoutDatabase: check },
  usage: ({ db }) => compareUsage(db),
  recount: async ({ db }) => {
    await recountWhileServing(db);
    process.stdout.write('What each mailbox keeps was counted again.\n');
  },
  'new-database': { withoutDatabase: beginAnew },
  'trust-clock': async ({ db, clock }) => {
    await trustClock(db, clock.now());
    process.stdout.write(`The clock says ${clock.now()}, and the service takes it as right within an hour.\n`);
  },
};

/** `npm run admin -- …`: commands for an administrator when something is wrong. */
await runCommand({
  usage: [
    'Usage: npm run admin -- check           reads the whole database and says what is damaged',
    '       npm run admin -- usage           counts what each mailbox keeps and compares it with its account',
    '       npm run admin -- recount         counts what each mailbox keeps again and stores it',
    '       npm run admin -- recover FILE    copies what can be read into a new database, FILE',
    '       npm run admin -- new-database    lets the service begin anew where its database is lost',
    '       npm run admin -- trust-clock     says that the clock is right after it has jumped',
  ].join('\n'),
  options: {},
  plan(verb, words) {
    if (verb === 'recover') {
      const target = resolve(onlyArgument(words, 'file'));
      return { withoutDatabase: (config) => recover(config, target) };
    }
    const action = actions[verb];
    if (action === undefined)
      throw new UsageError(verb === '' ? 'Say what to do.' : `"${verb}" is not something to do.`);
    if (words.length > 0) throw new UsageError(`"${verb}" takes nothing more.`);
    return action;
  },
});

async function check(config: Config): Promise<void> {
  refusePostgres(config, 'Check it with pg_amcheck.');
  const problems = checkDatabase(config.path);
  if (problems.length === 0) return void process.stdout.write(`${config.path} is whole.\n`);
  const advice = 'Restore a backup, or run "npm run admin -- recover FILE" to copy what can be read.';
  throw new CommandError([`${config.path} is damaged:`, ...problems.map((text) => `  ${text}`), advice].join('\n'));
}

async function compareUsage(db: Kysely<Tables>): Promise<void> {
  const differences = await differencesWhileServing(db);
  if (differences.length === 0) return void process.stdout.write('The account of every mailbox is right.\n');
  const lines = differences.map(
    ({ accountId, guestId, what, kept, counted }) =>
      `  ${accountId}${guestId === null ? '' : ` guest ${guestId}`}: ${what} is ${kept}, counted ${counted}`,
  );
  throw new CommandError(['These differ. "npm run admin -- recount" stores what was counted:', ...lines].join('\n'));
}

async function recover(config: Config, target: string): Promise<void> {
  refusePostgres(config, 'Restore it from a backup.');
  if (!existsSync(config.path)) throw new CommandError(`There is no database ${config.path}.`);
  if (existsSync(target)) throw new CommandError(`${target} exists already: name a file that does not.`);
  const tables = await recoverDatabase(config.path, target);
  for (const { table, copied, lost } of tables) process.stdout.write(`${table}\t${copied} copied\t${lost} lost\n`);
  process.stdout.write(`Stop the service, keep ${config.path} elsewhere, and put ${target} in its place.\n`);
}

async function beginAnew(config: Config): Promise<void> {
  refusePostgres(config, 'Create an empty database instead.');
  if (!forgetDatabase(config.path)) {
    throw new CommandError(`${config.path} holds a database. Move it elsewhere first; nothing was changed.`);
  }
  process.stdout.write('The next start begins with a new database.\n');
}

function refusePostgres({ databaseUrl }: Config, advice: string): void {
  if (databaseUrl !== null) throw new CommandError(`The data is in PostgreSQL. ${advice}`);
}
