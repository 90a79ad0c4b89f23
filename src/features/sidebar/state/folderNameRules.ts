import type { TaskFolder } from '../../../domain/task/task.ts';

export type NameProblem = 'blank' | 'taken';

/**
 * Why a name is invalid. Folder names are unique in a mailbox in any letter case (docs/protocol.md#folders-and-groups);
 * group names may repeat. `own` is the folder being renamed: its name is not taken by itself.
 */
export function folderNameProblem(name: string, folders: readonly TaskFolder[], own?: string): NameProblem | null {
  const normalized = name.trim().toLocaleLowerCase();
  if (normalized === '') return 'blank';
  return folders.some((folder) => folder.id !== own && folder.name.trim().toLocaleLowerCase() === normalized)
    ? 'taken'
    : null;
}

export function groupNameProblem(name: string): NameProblem | null {
  return name.trim() === '' ? 'blank' : null;
}

type Counts = ReadonlyMap<string, { open: number }>;

/** The open tasks of all folders in a group. */
export function openTasksInGroup(folders: readonly TaskFolder[], counts: Counts): number {
  return folders.reduce((sum, folder) => sum + (counts.get(folder.id)?.open ?? 0), 0);
}
