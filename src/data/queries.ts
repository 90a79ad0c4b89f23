import { queryOptions } from '@tanstack/react-query';
import type { Place, TaskFolder, TaskGroup } from '../domain/task.ts';
import type { TaskSnapshot } from '../sync/snapshot.ts';

type Mailbox = Place['mailbox'];

/** Reads from the server, laid over what is known already. */
export type Pull = {
  groups: (mailbox: Mailbox, signal: AbortSignal) => Promise<readonly TaskGroup[]>;
  folders: (mailbox: Mailbox, signal: AbortSignal) => Promise<readonly TaskFolder[]>;
  tasks: (folder: Place, signal: AbortSignal) => Promise<TaskSnapshot>;
};

/*
 * Keys and options of the snapshots (architecture.md §4): hooks, prefetching, effects and tests share these objects, and no
 * key is typed twice. No account id in keys: the whole client belongs to one account.
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

/** One folder's tasks. Not shared structurally: comparing 10,000 rows is dear, and merging keeps their identity already. */
export const taskQueries = {
  all: ['tasks'] as const,
  list: (pull: Pull, { mailbox, id }: Place) =>
    queryOptions({
      queryKey: [...taskQueries.all, mailbox, id] as const,
      queryFn: ({ signal }) => pull.tasks({ mailbox, id }, signal),
      structuralSharing: false,
    }),
};
