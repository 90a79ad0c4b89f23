import type { Role } from '../../src/domain/task/folderSharing.ts';
import type { TaskPatch } from '../../src/domain/task/task.ts';
import { accessDenied } from '../config/appError.ts';
import { sqlText, type SqlText } from '../query/sqlText.ts';
import type { MailboxRef } from '../db/mailboxTransaction.ts';
import type { Db } from '../db/tables.ts';

/**
 * What a guest may do (docs/decisions/0024-sharing.md). Visibility is decided where rows are read: a caller who gets
 * here knows that the thing exists, so a refusal reveals nothing.
 */

/**
 * For what only the owner does: sharing, and making, renaming, moving and deleting folders and groups.
 * @throws AppError 403.
 */
export function requireOwner({ guestId }: MailboxRef): void {
  if (guestId !== undefined) throw accessDenied();
}

/**
 * For writes to the tasks of a folder. Also refuses to let a guest make a task private: it would be out of their own sight.
 * @throws AppError 403.
 */
export async function requireWriter(db: Db, mailbox: MailboxRef, folderId: string, patch?: TaskPatch): Promise<void> {
  if (mailbox.guestId === undefined) return;
  if ((await roleIn(db, mailbox, folderId)) !== 'write' || patch?.sensitivity === 'private') throw accessDenied();
}

/** Undefined for a guest whom the folder is not shared with. */
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

/** Of tasks, those that a guest may see. */
export function visibleToGuest(guestId: string): SqlText {
  const shared = 'select folder_id from folder_permissions where guest_id = ?';
  return sqlText(`sensitivity <> 'private' and folder_id in (${shared})`, guestId);
}
