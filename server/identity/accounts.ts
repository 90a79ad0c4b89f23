import { normalizeText } from '../../src/domain/text/foldText.ts';
import { createHash, randomUUID } from 'node:crypto';
import type { Kysely, Selectable } from 'kysely';
import type { Clock } from '../../src/domain/time/time.ts';
import type { AccountRow, Tables } from '../db/tables.ts';
import { acquireNamedLock, runTransaction } from '../db/transaction.ts';
import type { NewId } from '../config/ids.ts';
import { createMailbox } from '../mailbox/createMailbox.ts';
import { hashPassword, verifyPassword } from './passwordHash.ts';

export type Account = { id: string; address: string; name: string; createdAt: string };

/** Why an account cannot be created, and which field to change. pageTexts.ts has the sentences. */
export type AccountProblem =
  | { field: 'address'; code: 'addressMissing' | 'addressMalformed' | 'addressTaken' }
  | { field: 'name'; code: 'nameLong' }
  | { field: 'password'; code: 'passwordShort' | 'passwordLong' };

export type NewAccount = { address: string; name?: string; password: string };

/** In characters. The upper limits bound the cost of a request. */
export const accountLimits = { address: 254, name: 100, passwordMin: 10, passwordMax: 256 } as const;

/**
 * Creates an account with its mailbox: counter, default group, default folder. All problems are returned at once. The
 * default name is the part of the address before the @.
 */
export async function createAccount(
  db: Kysely<Tables>,
  input: NewAccount,
  clock: Clock,
  newId: NewId,
): Promise<{ ok: true; account: Account } | { ok: false; problems: AccountProblem[] }> {
  const address = normalizeAddress(input.address);
  const name = normalizeName(input.name ?? '') || (address.split('@')[0] ?? '');
  const problems = problemsIn({ address, name, password: input.password });
  if (problems.length > 0) return { ok: false, problems };
  const createdAt = clock.now();
  const row: AccountRow = {
    id: randomUUID(),
    address,
    name,
    password_hash: await hashPassword(input.password),
    created_at: createdAt,
    tokens_valid_from: createdAt,
  };
  return runTransaction(db, async (trx) => {
    await acquireNamedLock(trx, `address:${address}`);
    const taken = await trx.selectFrom('accounts').select('id').where('address', '=', address).executeTakeFirst();
    if (taken !== undefined) return { ok: false, problems: [{ field: 'address', code: 'addressTaken' }] };
    await trx.insertInto('accounts').values(row).execute();
    await createMailbox(trx, row.id, clock, newId);
    return { ok: true, account: toAccount(row) };
  });
}

/** Finds an account by its address, in any spelling of it. */
export async function findAccount(db: Kysely<Tables>, address: string): Promise<Account | undefined> {
  const rows = db.selectFrom('accounts').selectAll().where('address', '=', normalizeAddress(address));
  const row = await rows.executeTakeFirst();
  return row && toAccount(row);
}

export async function findAccountById(db: Kysely<Tables>, id: string): Promise<Account | undefined> {
  const row = await db.selectFrom('accounts').selectAll().where('id', '=', id).executeTakeFirst();
  return row && toAccount(row);
}

/** All accounts, by address. */
export async function listAccounts(db: Kysely<Tables>): Promise<Account[]> {
  return (await db.selectFrom('accounts').selectAll().orderBy('address').execute()).map(toAccount);
}

/**
 * The account, if the password is correct. An unknown address takes as long as a wrong password. The caller must
 * throttle.
 */
export async function checkPassword(
  db: Kysely<Tables>,
  address: string,
  password: string,
): Promise<Account | undefined> {
  const rows = db.selectFrom('accounts').selectAll().where('address', '=', normalizeAddress(address));
  const row = await rows.executeTakeFirst();
  const isRight = await verifyPassword(password.slice(0, accountLimits.passwordMax), row?.password_hash);
  return row !== undefined && isRight && password.length <= accountLimits.passwordMax ? toAccount(row) : undefined;
}

/**
 * Removes an account with its mailbox, tokens, sessions and grants. A running service rejects its access tokens from
 * then on, because each request reads the account's row. Returns whether the account existed.
 */
export async function removeAccount(db: Kysely<Tables>, address: string): Promise<boolean> {
  return runTransaction(db, async (trx) => {
    const account = await findAccount(trx, address);
    if (account === undefined) return false;
    // Locks the counter first, as every writer does: a write to this mailbox finishes before the removal.
    await trx.deleteFrom('counters').where('account_id', '=', account.id).execute();
    await trx.deleteFrom('oidc_rows').where('account_id', '=', account.id).execute();
    await trx.deleteFrom('sign_in_attempts').where('subject', '=', attemptSubjectOf(account.address)).execute();
    // All other rows are deleted through foreign keys.
    await trx.deleteFrom('accounts').where('id', '=', account.id).execute();
    return true;
  });
}

/**
 * The subject under which failed sign-ins of an address are counted. Hashed, because people type passwords into the
 * wrong field.
 */
export function attemptSubjectOf(address: string): string {
  return `account:${createHash('sha256').update(normalizeAddress(address)).digest('base64url')}`;
}

/** Addresses are compared without letter case and without pasted blanks. */
export function normalizeAddress(address: string): string {
  return normalizeText(address, 'NFC').trim().toLowerCase();
}

function normalizeName(name: string): string {
  return (
    normalizeText(name, 'NFC')
      // Also removes characters that reverse the text after them, because a name is displayed within other text.
      .replace(/[\p{Cc}\s\u202A-\u202E\u2066-\u2069]+/gu, ' ')
      .trim()
  );
}

function problemsIn({ address, name, password }: Required<NewAccount>): AccountProblem[] {
  const problems: AccountProblem[] = [];
  if (address === '') problems.push({ field: 'address', code: 'addressMissing' });
  else if (!isAddress(address)) problems.push({ field: 'address', code: 'addressMalformed' });
  if (name.length > accountLimits.name) problems.push({ field: 'name', code: 'nameLong' });
  if (password.length < accountLimits.passwordMin) problems.push({ field: 'password', code: 'passwordShort' });
  if (password.length > accountLimits.passwordMax) problems.push({ field: 'password', code: 'passwordLong' });
  return problems;
}

/** Checks the form only, not whether mail is deliverable. Host names without a dot (a home network) are valid. */
function isAddress(address: string): boolean {
  // No invisible characters: two addresses that look the same must be the same.
  const forbidden = /[\s@<>()[\]\\,;:"\p{C}]/u;
  const [local = '', domain = '', ...more] = address.split('@');
  const labels = domain.split('.');
  return (
    address.length <= accountLimits.address &&
    more.length === 0 &&
    local !== '' &&
    !forbidden.test(local) &&
    !forbidden.test(domain) &&
    labels.every((label) => label !== '' && !label.startsWith('-') && !label.endsWith('-'))
  );
}

function toAccount(row: Selectable<AccountRow>): Account {
  return { id: row.id, address: row.address, name: row.name, createdAt: row.created_at };
}
