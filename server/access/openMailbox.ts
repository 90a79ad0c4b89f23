import { sql } from 'kysely';
import type { Principal } from '../identity/bearerAuth.ts';
import { accessDenied, notFound } from '../config/appError.ts';
import { normalizeAddress } from '../identity/accounts.ts';
import type { MailboxRef } from '../db/mailboxTransaction.ts';
import type { Db } from '../db/tables.ts';

/** A mailbox that a request may read, with its owner's names. */
export type OpenMailbox = MailboxRef & {
  address: string;
  /** The `Owner` of the tasks in it (docs/protocol.md#task). */
  name: string;
};

/** Whether a key of `/users/{key}` is the caller's own: address, id or id@tenant (docs/protocol.md#url-grammar). */
export function isOwnKey(key: string, { accountId, address }: Principal, tenantId: string): boolean {
  const names = ['me', accountId, `${accountId}@${tenantId}`, address];
  return names.some((name) => name.toLowerCase() === key.toLowerCase());
}

/**
 * Checks the scopes of the token before any lookup. The `.shared` scopes also cover the caller's own tasks, as in
 * Graph; the plain ones cover only those.
 * @throws AppError 403 without the scope.
 */
export function requireScope(method: string, { scopes }: Principal, isOwn: boolean): void {
  const verb = method === 'GET' ? 'tasks.read' : 'tasks.readwrite';
  if (!scopes.has(`${verb}.shared`) && !(isOwn && scopes.has(verb))) throw accessDenied();
}

export function ownMailbox({ accountId, address, name }: Principal): OpenMailbox {
  return { accountId, address, name };
}

/**
 * Another account's mailbox, if anything in it is shared with the caller. A mailbox that does not exist, shares nothing
 * or no longer shares gives the same response (docs/protocol.md#errors).
 * @throws AppError 404 when the caller may not see it.
 */
export async function openMailbox(read: Db, key: string, guest: Principal, tenantId: string): Promise<OpenMailbox> {
  const suffix = `@${tenantId}`;
  const bare = key.toLowerCase().endsWith(suffix) ? key.slice(0, -suffix.length) : key;
  const owner = await read
    .selectFrom('accounts as account')
    .select(['account.id', 'account.address', 'account.name'])
    .where((eb) =>
      eb.or([eb('account.id', '=', bare.toLowerCase()), eb('account.address', '=', normalizeAddress(key))]),
    )
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom('folder_permissions as permission')
          .innerJoin('task_folders as folder', 'folder.id', 'permission.folder_id')
          .select(sql.lit(1).as('one'))
          .where('permission.guest_id', '=', guest.accountId)
          .whereRef('permission.account_id', '=', 'account.id')
          .where('folder.deleted_at', 'is', null),
      ),
    )
    .executeTakeFirst();
  if (owner === undefined) throw notFound();
  return { accountId: owner.id, address: owner.address, name: owner.name, guestId: guest.accountId };
}
