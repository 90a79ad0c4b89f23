import type { TaskFolder, TaskGroup } from '../task/task.ts';

export type GroupWithFolders = { group: TaskGroup; folders: readonly TaskFolder[] };

type Named = { name: string; isDefault: boolean };

/**
 * Groups with their folders in sidebar order: the default group first, then by name. A folder whose group is unknown
 * (deleted elsewhere, with the folders not read since) is listed in the default group, so that it stays reachable.
 */
export function groupFolders(
  groups: readonly TaskGroup[],
  folders: readonly TaskFolder[],
  locale: string,
): readonly GroupWithFolders[] {
  const { compare } = new Intl.Collator(locale, { numeric: true, sensitivity: 'base' });
  const byPlace = (a: Named, b: Named) => Number(b.isDefault) - Number(a.isDefault) || compare(a.name, b.name);
  const ordered = groups.toSorted(byPlace);
  const known = new Set(ordered.map((group) => group.groupKey));
  const home = ordered[0]?.groupKey;
  const sorted = folders.toSorted(byPlace);
  const groupOf = (folder: TaskFolder) => (known.has(folder.groupKey) ? folder.groupKey : home);
  return ordered.map((group) => ({ group, folders: sorted.filter((folder) => groupOf(folder) === group.groupKey) }));
}
