import { queryOptions } from '@tanstack/react-query';
import type { AttachmentClient } from '../api/attachments/attachmentClient.ts';
import type { BinApi } from '../api/extras/binApi.ts';
import type { BinItem } from '../domain/task/binItem.ts';
import type { Mailbox, Place, TaskFolder, TaskGroup } from '../domain/task/task.ts';
import type { FolderPullState } from '../sync/replica/folderTable.ts';

/** Pulls what changed into the replica. */
export type Pull = {
  groups: (mailbox: Mailbox, signal: AbortSignal) => Promise<readonly TaskGroup[]>;
  folders: (mailbox: Mailbox, signal: AbortSignal) => Promise<readonly TaskFolder[]>;
  tasks: (folder: Place, signal: AbortSignal) => Promise<FolderPullState>;
};

/*
 * Keys and options of queries (docs/architecture.md#places-and-keys): hooks, prefetching and tests share them, and no
 * key is typed twice. Keys have no account id: the whole client belongs to one account.
 */

export const groupQueries = {
  all: ['groups'] as const,
  list: (pull: Pull, mailbox: Mailbox) =>
    queryOptions({
      queryKey: [...groupQueries.all, mailbox] as const,
      queryFn: ({ signal }) => pull.groups(mailbox, signal),
    }),
};

/** All folders of a mailbox; a group only selects among them. */
export const folderQueries = {
  all: ['folders'] as const,
  list: (pull: Pull, mailbox: Mailbox) =>
    queryOptions({
      queryKey: [...folderQueries.all, mailbox] as const,
      queryFn: ({ signal }) => pull.folders(mailbox, signal),
    }),
};

/** How fresh a folder's tasks are; the rows are in the replica (docs/architecture.md#local-replica). */
export const taskQueries = {
  all: ['tasks'] as const,
  list: (pull: Pull, { mailbox, id }: Place) =>
    queryOptions({
      queryKey: [...taskQueries.all, mailbox, id] as const,
      queryFn: ({ signal }) => pull.tasks({ mailbox, id }, signal),
    }),
};

/** A task's attachments. */
export const attachmentQueries = {
  all: ['attachments'] as const,
  list: (attaching: () => Promise<AttachmentClient>, { mailbox, id }: Place) =>
    queryOptions({
      queryKey: [...attachmentQueries.all, mailbox, id] as const,
      queryFn: async ({ signal }) => (await attaching()).attachments({ mailbox, id }, signal),
    }),
};

/** Deleted items that can be restored. Read when the bin is opened. */
export const binQueries = {
  all: ['bin'] as const,
  /** `save` stores the answer on this device. */
  list: (bin: BinApi | null, keep: (items: readonly BinItem[]) => Promise<unknown>) =>
    queryOptions({
      queryKey: binQueries.all,
      async queryFn({ signal }) {
        const items = (await bin?.list(signal)) ?? [];
        await keep(items);
        return items;
      },
      staleTime: 0,
    }),
};
