import { normalizeText } from '../../domain/text/foldText.ts';
import type { MoveTargetGroup } from './useMoveTargets.ts';

const normalized = (text: string) => normalizeText(text, 'NFKD').replaceAll(/\p{M}/gu, '').toLocaleLowerCase().trim();

/**
 * The folders whose own name or group's name contains the typed text, without regard to case and accents. `without` is left
 * out: the tasks are in it already.
 */
export function filterFolders(
  groups: readonly MoveTargetGroup[],
  typed: string,
  without: string | undefined,
): readonly MoveTargetGroup[] {
  const wanted = normalized(typed);
  return groups
    .map((group) => {
      const isGroup = normalized(group.name).includes(wanted);
      const folders = group.folders.filter(
        ({ id, name }) => id !== without && (isGroup || normalized(name).includes(wanted)),
      );
      return { ...group, folders };
    })
    .filter(({ folders }) => folders.length > 0);
}
