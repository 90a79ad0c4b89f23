import type { Role } from '../../src/domain/task/folderSharing.ts';
import { notFound } from '../config/appError.ts';
import type { NewId } from '../config/ids.ts';
import type { MailboxWrite } from '../db/mailboxTransaction.ts';
import type { Db } from '../db/tables.ts';

/** One person a folder is shared with. */
export type Permission = { id: string; guestId: string; name: string; address: string; role: Role };

/** A shared folder, as a guest sees it. */
export type SharedFolder = {
  ownerId: string;
  ownerName: string;
  ownerAddress: string;
  folderId: string;
  folderName: string;
  role: Role;
};

/** The guests of a folder, ordered by name. */
export async function permissionsOf(read: Db, folderId: string): Promise<Permission[]> {
  return permissions(read, folderId).orderBy('account.name').orderBy('permission.id').execute();
}

/** @throws AppError 404. */
export async function permissionOf(read: Db, folderId: string, id: string): Promise<Permission> {
  const permission = await permissions(read, folderId).where('permission.id', '=', id).executeTakeFirst();
  if (permission === undefined) throw notFound();
  return permission;
}

function permissions(read: Db, folderId: string) {
  return read
    .selectFrom('folder_permissions as permission')
    .innerJoin('accounts as account', 'account.id', 'permission.guest_id')
    .select(['permission.id', 'permission.guest_id as guestId', 'permission.role'])
    .select(['account.name', 'account.address'])
    .where('permission.folder_id', '=', folderId);
}

/**
 * Grants a role in a folder whose row the caller has checked, or changes the guest's role.
 * @returns whether the permission is new.
 */
export async function grantPermission(
  write: MailboxWrite,
  folderId: string,
  { guestId, role }: { guestId: string; role: Role },
  newId: NewId,
): Promise<{ id: string; isNew: boolean }> {
  const existing = await write.trx
    .selectFrom('folder_permissions')
    .select('id')
    .where('folder_id', '=', folderId)
    .where('guest_id', '=', guestId)
    .executeTakeFirst();
  if (existing !== undefined) {
    await setRole(write, folderId, { id: existing.id, guestId }, role);
    return { id: existing.id, isNew: false };
  }
  const row = { id: newId(), account_id: write.accountId, folder_id: folderId, guest_id: guestId, role };
  await write.trx
    .insertInto('folder_permissions')
    .values({ ...row, created_at: write.at })
    .execute();
  return { id: row.id, isNew: true };
}

export async function setRole(
  write: MailboxWrite,
  folderId: string,
  { id, guestId }: Pick<Permission, 'id' | 'guestId'>,
  role: Role,
): Promise<void> {
  await write.trx.updateTable('folder_permissions').set({ role }).where('id', '=', id).execute();
  if (role === 'read') await dropUploads(write, folderId, guestId);
}

/** Withdraws a permission: from the next request on the guest does not find the folder, and their uploads end now. */
export async function revokePermission(
  write: MailboxWrite,
  folderId: string,
  { id, guestId }: Pick<Permission, 'id' | 'guestId'>,
): Promise<void> {
  await write.trx.deleteFrom('folder_permissions').where('id', '=', id).execute();
  await dropUploads(write, folderId, guestId);
}

async function dropUploads({ trx }: MailboxWrite, folderId: string, guestId: string): Promise<void> {
  const inFolder = trx.selectFrom('tasks').select('id').where('folder_id', '=', folderId);
  await trx
    .deleteFrom('attachment_uploads')
    .where('guest_id', '=', guestId)
    .where('attachment_id', 'is', null)
    .where('task_id', 'in', inFolder)
    .execute();
}

/** The folders shared with an account, ordered by owner and folder name. */
export async function foldersSharedWith(read: Db, guestId: string): Promise<SharedFolder[]> {
  return read
    .selectFrom('folder_permissions as permission')
    .innerJoin('task_folders as folder', 'folder.id', 'permission.folder_id')
    .innerJoin('accounts as owner', 'owner.id', 'permission.account_id')
    .select(['owner.id as ownerId', 'owner.name as ownerName', 'owner.address as ownerAddress'])
    .select(['folder.id as folderId', 'folder.name as folderName', 'permission.role'])
    .where('permission.guest_id', '=', guestId)
    .where('folder.deleted_at', 'is', null)
    .orderBy('owner.name')
    .orderBy('owner.id')
    .orderBy('folder.name_key')
    .execute();
}

/** The folders that an account shares, with their number of guests. */
export async function foldersSharedBy(read: Db, accountId: string): Promise<{ folderId: string; people: number }[]> {
  const rows = await read
    .selectFrom('folder_permissions as permission')
    .innerJoin('task_folders as folder', 'folder.id', 'permission.folder_id')
    .select((eb) => ['folder.id as folderId', eb.fn.countAll<number | string>().as('people')])
    .where('permission.account_id', '=', accountId)
    .where('folder.deleted_at', 'is', null)
    .groupBy('folder.id')
    .orderBy('folder.id')
    .execute();
  return rows.map(({ folderId, people }) => ({ folderId, people: Number(people) }));
}
