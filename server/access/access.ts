import type { Role } from '../../src/domain/task/folderSharing.ts';
import type { TaskPatch } from '../../src/domain/task/task.ts';
import { accessDenied } from '../config/appError.ts';
import { sqlText, type SqlText } from '../query/sqlText.ts';
import type { MailboxRef } from '../db/mailboxTransaction.ts';
import type { Db } from '../db/tables.ts';

/**
 * Permissions of guests (docs/decisions/0024-sharing.md). Visibility is checked where rows are read: a caller who gets
 * here knows that the entity exists, so a refusal reveals nothing.
 */

/**
 * For actions of the owner only: sharing; creating, renaming, moving and deleting folders and groups.
 * @throws AppError 403 for a guest.
 */
export function requireOwner({ guestId }: MailboxRef): void {
  if (guestId !== undefined) throw accessDenied();
}

/**
 * For writes to the tasks of a folder. A guest cannot make a task private, because they would no longer see it.
 * @throws AppError 403 without the role.
 */
export async function requireWriter(db: Db, mailbox: MailboxRef, folderId: string, patch?: TaskPatch): Promise<void> {
  if (mailbox.guestId === undefined) return;
  if ((await roleIn(db, mailbox, folderId)) !== 'write' || patch?.sensitivity === 'private') throw accessDenied();
}

/** The caller's role in a folder; undefined for a guest with whom it is not shared. */
export async function roleIn(db: Db, { guestId }: MailboxRef, folderId: string): Promise<Role | 'owner' | undefined> {
  if (guestId === undefined) return 'owner';
  const permission = await db
    .selectFrom('folder_permissions')
    .select('role')
    .where('folder_id', '=', folderId)
    .where('guest_id', '=', guestId)
    .executeTakeFirst();
  return permission?.role;
}

/** A condition on tasks: those that a guest may see. */
export function visibleToGuest(guestId: string): SqlText {
  const shared = 'select folder_id from folder_permissions where guest_id = ?';
  return sqlText(`sensitivity <> 'private' and folder_id in (${shared})`, guestId);
}
