import type { MoveTargetGroup } from './useMoveTargets.ts';

const plain = (text: string) => text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLocaleLowerCase().trim();

/**
 * The folders whose name holds what was typed, whatever letter case and accents; those of a group whose name does, all of
 * them. `without` is left out: the tasks are there already.
 */
export function filterFolders(
  groups: readonly MoveTargetGroup[],
  typed: string,
  without: string | undefined,
): readonly MoveTargetGroup[] {
  const wanted = plain(typed);
  return groups
    .map((group) => {
      const isGroup = plain(group.name).includes(wanted);
      const folders = group.folders.filter(
        ({ id, name }) => id !== without && (isGroup || plain(name).includes(wanted)),
      );
      return { ...group, folders };
    })
    .filter(({ folders }) => folders.length > 0);
}
