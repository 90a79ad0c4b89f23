import { ungroupFolders } from '../../domain/changes/change.ts';
import type { Task, TaskFolder, TaskGroup } from '../../domain/task/task.ts';
import type { ServerResult } from './serverResult.ts';

/** An answer may be older than the known list. */
export function isNewer(known: Task | undefined, answer: Task): boolean {
  return known !== undefined && known.modifiedAt > answer.modifiedAt;
}

export function updateGroups(groups: readonly TaskGroup[], effect: ServerResult): readonly TaskGroup[] {
  const { goneGroup } = effect;
  return upserted(groups, effect.groups).filter(({ id }) => id !== goneGroup?.id);
}

/** Folders of a deleted group move to the default group (docs/protocol.md#folders-and-groups). */
export function updateFolders(folders: readonly TaskFolder[], effect: ServerResult): readonly TaskFolder[] {
  const { goneGroup, goneFolder } = effect;
  const moved = goneGroup === null ? folders : ungroupFolders(folders, goneGroup.groupKey);
  return upserted(moved, effect.folders).filter(({ id }) => id !== goneFolder);
}

function upserted<T extends { id: string }>(all: readonly T[], updates: readonly T[]): readonly T[] {
  const byId = new Map(updates.map((one) => [one.id, one]));
  const known = new Set(all.map(({ id }) => id));
  return [...all.map((one) => byId.get(one.id) ?? one), ...updates.filter(({ id }) => !known.has(id))];
}
