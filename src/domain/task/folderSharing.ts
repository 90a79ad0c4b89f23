import type { EmailAddress } from './outlookItem.ts';
import type { Instant } from '../time/time.ts';

/**
 * What a guest may do in a shared folder (docs/architecture.md#sharing). Only the owner shares, renames and deletes it.
 */
export const roles = ['read', 'write'] as const;
export type Role = (typeof roles)[number];

/** One person with whom a folder is shared, as its owner sees it. */
export type FolderPermission = { id: string; person: EmailAddress; role: Role; isRemovable: boolean };

/** A folder of another mailbox that is shared with the user. */
export type SharedFolder = { owner: EmailAddress; folder: { id: string; name: string }; role: Role };

/** A folder that the user shares, with the number of people. */
export type FolderShareCount = { folderId: string; people: number };

/** Who created a task and who changed it last; null where the service does not know. */
export type TaskAuthors = { createdBy: EmailAddress | null; modifiedBy: EmailAddress | null; modifiedAt: Instant };

/** Compares addresses without regard to case. */
export function isSameEmailAddress(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
