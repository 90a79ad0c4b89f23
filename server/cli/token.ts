import { addMs } from '../../src/domain/time/time.ts';
import { findAccount } from '../identity/accounts.ts';
import type { Account } from '../identity/accounts.ts';
import { createToken, listTokens, revokeToken, tokenScopes } from '../identity/personalTokens.ts';
import type { TokenScope } from '../identity/personalTokens.ts';
import { CommandError, onlyArgument, runCommand, UsageError } from './runCommand.ts';
import type { CommandContext } from './runCommand.ts';

const hour = 3_600_000;
const units = { h: hour, d: 24 * hour, w: 7 * 24 * hour } as const;
const longest = 3650 * units.d;

/** `npm run token -- …`: manages personal access tokens for scripts and old clients. */
await runCommand({
  usage: [
    `Usage: npm run token -- create ADDRESS --scope ${tokenScopes.join('|')} [--expires 90d]`,
    '       npm run token -- list ADDRESS',
    '       npm run token -- revoke ID',
  ].join('\n'),
  options: { scope: { type: 'string' }, expires: { type: 'string' } },
  plan(verb, words, options) {
    if (verb === 'create') {
      const address = onlyArgument(words, 'address');
      const scope = readScope(options['scope']);
      const lifetime = readLifetime(options['expires']);
      return (tools) => create(tools, address, scope, lifetime);
    }
    if (Object.keys(options).length > 0) throw new UsageError('Only "create" takes options.');
    if (verb === 'list') {
      const address = onlyArgument(words, 'address');
      return (tools) => list(tools, address);
    }
    if (verb === 'revoke') {
      const id = onlyArgument(words, 'id');
      return (tools) => revoke(tools, id);
    }
    throw new UsageError(verb === '' ? 'Say what to do with tokens.' : `"${verb}" is not something to do with tokens.`);
  },
});

/** Prints the token alone as the last line, so that a script can read it there. */
async function create(
  { db, clock }: CommandContext,
  address: string,
  scope: TokenScope,
  lifetime: number | null,
): Promise<void> {
  const account = await accountOf({ db }, address);
  const expiresAt = lifetime === null ? null : addMs(clock.now(), lifetime);
  const input = { accountId: account.id, scope, name: 'Command line', expiresAt };
  const { id, token } = await createToken(db, input, clock);
  const until = expiresAt === null ? 'It does not expire' : `It expires at ${expiresAt}`;
  process.stderr.write(`Token ${id} for ${account.address}, ${scope}. ${until}. It is shown this once.\n`);
  process.stdout.write(`${token}\n`);
}

/** One token a line: id, scope, creation, expiry and last use, separated by tabs. */
async function list({ db }: CommandContext, address: string): Promise<void> {
  const account = await accountOf({ db }, address);
  for (const { id, scope, createdAt, expiresAt, lastUsedAt } of await listTokens(db, account.id)) {
    process.stdout.write(`${[id, scope, createdAt, expiresAt ?? 'never', lastUsedAt ?? 'unused'].join('\t')}\n`);
  }
}

async function revoke({ db }: CommandContext, id: string): Promise<void> {
  if (!(await revokeToken(db, id))) throw new CommandError(`There is no token with the id ${id}.`);
  process.stdout.write(`Revoked ${id}.\n`);
}

async function accountOf({ db }: Pick<CommandContext, 'db'>, address: string): Promise<Account> {
  const account = await findAccount(db, address);
  if (account === undefined) throw new CommandError(`There is no account with the address ${address}.`);
  return account;
}

function readScope(value: unknown): TokenScope {
  const scope = tokenScopes.find((allowed) => typeof value === 'string' && allowed === value.toLowerCase());
  if (scope === undefined) throw new UsageError(`--scope takes one of ${tokenScopes.join(', ')}.`);
  return scope;
}

/** In milliseconds; null for no expiry. */
function readLifetime(value: unknown): number | null {
  if (typeof value !== 'string') return null;
  const [, count = '0', unit = 'd'] = /^(\d{1,6})([hdw])$/.exec(value) ?? [];
  const lifetime = Number(count) * units[unit === 'h' || unit === 'w' ? unit : 'd'];
  if (lifetime === 0 || lifetime > longest) {
    throw new UsageError(`--expires takes hours, days or weeks, such as 12h, 90d or 8w, not "${value}".`);
  }
  return lifetime;
}
