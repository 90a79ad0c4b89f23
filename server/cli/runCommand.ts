import { parseArgs } from 'node:util';
import type { Kysely } from 'kysely';
import { systemClock } from '../../src/domain/time/time.ts';
import type { Clock } from '../../src/domain/time/time.ts';
import { readConfig } from '../config/config.ts';
import type { Config } from '../config/config.ts';
import { openMigrated } from '../db/openMigrated.ts';
import type { Tables } from '../db/tables.ts';
import { createNewId } from '../config/ids.ts';
import type { NewId } from '../config/ids.ts';

/** The dependencies of a command. The database is the service's own; both may have it open at once. */
export type CommandContext = { db: Kysely<Tables>; clock: Clock; newId: NewId };

/** The command line is invalid: prints the usage, exit code 2. */
export class UsageError extends Error {
  override name = 'UsageError';
}

/** The command is valid and fails: prints one sentence, exit code 1. */
export class CommandError extends Error {
  override name = 'CommandError';
}

export type Command = {
  usage: string;
  options: Record<string, { type: 'string' | 'boolean' }>;
  /** Checks the command line before the database is opened; returns the action. */
  plan: (verb: string, words: readonly string[], options: Options) => CommandAction;
};

/** What works with the open database, or with the settings alone. */
export type CommandAction =
  ((tools: CommandContext) => Promise<void>) | { withoutDatabase: (config: Config) => Promise<void> };

type Options = Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;

/** Runs a command of this process: reads the settings, opens and migrates the database, and sets the exit code. */
export async function runCommand(command: Command): Promise<void> {
  try {
    const action = planned(command);
    if (typeof action !== 'function') return await action.withoutDatabase(readConfig(process.env));
    const database = await openMigrated(readConfig(process.env));
    try {
      const clock = systemClock(() => Date.now());
      await action({ db: database.db, clock, newId: createNewId(clock) });
    } finally {
      await database.close();
    }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const isUsage = error instanceof UsageError;
    process.stderr.write(isUsage ? `${message}\n\n${command.usage}\n` : `${message}\n`);
    process.exitCode = isUsage ? 2 : 1;
  }
}

/**
 * The single argument of a verb.
 * @throws UsageError for any other number.
 */
export function onlyArgument(words: readonly string[], what: string): string {
  const [word, ...more] = words;
  if (word === undefined) throw new UsageError(`The ${what} is missing.`);
  if (more.length > 0) throw new UsageError(`"${more[0]}" is one word too many.`);
  return word;
}

function planned({ options, plan }: Command): CommandAction {
  const { values, positionals } = readCommandLine(options);
  const [verb = '', ...words] = positionals;
  return plan(verb, words, values);
}

function readCommandLine(options: Command['options']) {
  try {
    return parseArgs({ options, allowPositionals: true });
  } catch (error) {
    // Node's message ends with advice about its option syntax; the usage below explains it better.
    throw new UsageError(error instanceof Error ? `${error.message.split('. ')[0]}.` : String(error));
  }
}
