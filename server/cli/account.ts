import { text } from 'node:stream/consumers';
import { truncateWal } from '../db/truncateWal.ts';
import { createAccount, listAccounts, removeAccount } from '../identity/accounts.ts';
import { accountProblemsText } from '../identity/pageTexts.ts';
import { CommandError, onlyArgument, runCommand, UsageError } from './runCommand.ts';
import type { CommandContext } from './runCommand.ts';

/** `npm run account -- …`: manages accounts, whether the service is running or not. */
await runCommand({
  usage: [
    'Usage: npm run account -- add ADDRESS [--name NAME] --password-stdin',
    '       npm run account -- list',
    '       npm run account -- remove ADDRESS',
  ].join('\n'),
  options: { name: { type: 'string' }, 'password-stdin': { type: 'boolean' } },
  plan(verb, words, options) {
    if (verb === 'add') {
      const address = onlyArgument(words, 'address');
      if (options['password-stdin'] !== true) {
        throw new UsageError('The password is read from standard input: add --password-stdin.');
      }
      const { name } = options;
      return (tools) => add(tools, address, typeof name === 'string' ? name : undefined);
    }
    if (Object.keys(options).length > 0) throw new UsageError('Only "add" takes options.');
    if (verb === 'list') {
      if (words.length > 0) throw new UsageError('"list" takes no address.');
      return list;
    }
    if (verb === 'remove') {
      const address = onlyArgument(words, 'address');
      return (tools) => remove(tools, address);
    }
    throw new UsageError(
      verb === '' ? 'Say what to do with accounts.' : `"${verb}" is not something to do with accounts.`,
    );
  },
});

async function add({ db, clock, newId }: CommandContext, address: string, name: string | undefined): Promise<void> {
  // The final line break of `echo` and editors is not part of the password.
  const password = (await text(process.stdin)).replace(/\r?\n$/, '');
  const input = { address, password, ...(name === undefined ? {} : { name }) };
  const made = await createAccount(db, input, clock, newId);
  if (!made.ok) throw new CommandError(accountProblemsText(made.problems));
  process.stdout.write(`Added ${made.account.address}.\n`);
}

/** One account a line: address, name and creation date, separated by tabs. */
async function list({ db }: CommandContext): Promise<void> {
  for (const { address, name, createdAt } of await listAccounts(db)) {
    process.stdout.write(`${address}\t${name}\t${createdAt}\n`);
  }
}

async function remove({ db }: CommandContext, address: string): Promise<void> {
  if (!(await removeAccount(db, address))) throw new CommandError(`There is no account with the address ${address}.`);
  await truncateWal(db);
  process.stdout.write(`Removed ${address} with its tasks, tokens and sessions.\n`);
}
