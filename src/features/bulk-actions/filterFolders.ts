import { normalizeText } from '../../domain/text/foldText.ts';
import type { MoveTargetGroup } from './useMoveTargets.ts';

/** A name for comparisons: without case and accents. */
export const normalizedName = (text: string) =>
  normalizeText(text, 'NFKD').replaceAll(/\p{M}/gu, '').toLocaleLowerCase().trim();

/** At most so many recent folders come first. */
const recentCount = 3;

export type FolderOptions = {
  /** Left out: the tasks are in it already. */
  without: string | undefined;
  /** Ids of the folders that tasks were moved to, the last one first. */
  recent?: readonly string[];
  /** The heading of the recent folders. */
  recentName?: string;
};

/**
 * The folders that the typed text finds, without regard to case and accents: first those with their own name (a name that
 * begins so before others), then those of a group with that name. Without a text, recent folders come first.
 */
export function filterFolders(
  groups: readonly MoveTargetGroup[],
  typed: string,
  { without, recent = [], recentName = '' }: FolderOptions,
): readonly MoveTargetGroup[] {
  const wanted = normalizedName(typed);
  const offered = groups.map((group) => ({ ...group, folders: group.folders.filter(({ id }) => id !== without) }));
  const some = (found: readonly MoveTargetGroup[]) => found.filter(({ folders }) => folders.length > 0);
  if (wanted === '') {
    const all = offered.flatMap(({ folders }) => folders);
    const last = recent.flatMap((id) => all.find((folder) => folder.id === id) ?? []).slice(0, recentCount);
    const others = offered.map((group) => ({
      ...group,
      folders: group.folders.filter((folder) => !last.includes(folder)),
    }));
    return some([{ key: 'recent', name: recentName, folders: last }, ...others]);
  }
  const byName = (matches: (name: string) => boolean) =>
    some(
      offered.map((group) => ({
        ...group,
        folders: group.folders.filter(({ name }) => matches(normalizedName(name))),
      })),
    );
  const begins = byName((name) => name.startsWith(wanted));
  const contains = byName((name) => !name.startsWith(wanted) && name.includes(wanted));
  const ofGroup = some(
    offered
      .filter((group) => normalizedName(group.name).includes(wanted))
      .map((group) => ({
        ...group,
        folders: group.folders.filter(({ name }) => !normalizedName(name).includes(wanted)),
      })),
  );
  return [...begins, ...contains, ...ofGroup].map((group, at) => ({ ...group, key: `${at} ${group.key}` }));
}
