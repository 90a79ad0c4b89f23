import type { EmailAddress } from './outlookItem.ts';
import type { Instant } from '../time/time.ts';

/**
 * What a guest may do in a shared folder (docs/architecture.md#sharing). Only the owner shares, renames and deletes it.
 */
export const roles = ['read', 'write'] as const;
export type Role = (typeof roles)[number];

/** One person a folder is shared with, as its owner sees it. */
export type FolderPermission = { id: string; person: EmailAddress; role: Role; isRemovable: boolean };

/** A folder of another mailbox that one has been given. */
export type SharedFolder = { owner: EmailAddress; folder: { id: string; name: string }; role: Role };

/** A folder of one's own that others have been given, and how many they are. */
export type FolderShareCount = { folderId: string; people: number };

/** Who made a task and who changed it last; null for what the service does not know. */
export type TaskAuthors = { createdBy: EmailAddress | null; modifiedBy: EmailAddress | null; modifiedAt: Instant };

/** Addresses are compared without case. */
export function isSameEmailAddress(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}
