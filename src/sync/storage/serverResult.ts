import type { Change } from '../../domain/changes/change.ts';
import type { Mailbox, Task, TaskFolder, TaskGroup } from '../../domain/task/task.ts';

/**
 * The effect of an accepted change on the replica: answered rows, removed rows, and the server's ids for local ones.
 * Posted to other tabs as it is.
 */
export type ServerResult = {
  change: Change;
  mailbox: Mailbox;
  ids: readonly (readonly [local: string, server: string])[];
  groups: readonly TaskGroup[];
  folders: readonly TaskFolder[];
  tasks: readonly Task[];
  goneTasks: readonly { id: string; folderId: string }[];
  goneFolder: string | null;
  goneGroup: { id: string; groupKey: string } | null;
};

export function serverResultOf(change: Change, parts: Partial<Omit<ServerResult, 'change' | 'mailbox'>>): ServerResult {
  return {
    change,
    mailbox: change.mailbox,
    ids: [],
    groups: [],
    folders: [],
    tasks: [],
    goneTasks: [],
    goneFolder: null,
    goneGroup: null,
    ...parts,
  };
}
