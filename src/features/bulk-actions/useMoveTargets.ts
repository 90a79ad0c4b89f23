import { useLingui } from '@lingui/react/macro';
import { useFolders } from '../../data/folders/useFolders.ts';
import { useGroups } from '../../data/folders/useGroups.ts';
import { useSharedWithMe } from '../../data/sharing/useSharing.ts';
import { groupFolders } from '../../domain/listing/groupedFolders.ts';
import { isSameEmailAddress } from '../../domain/task/folderSharing.ts';
import type { Mailbox } from '../../domain/task/task.ts';

export type MoveTarget = { id: string; name: string; isDefault: boolean };
export type MoveTargetGroup = { key: string; name: string; folders: readonly MoveTarget[] };

/** The folders tasks can move to, grouped as in the sidebar; of another mailbox, the shared folders with write access. */
export function useMoveTargets(mailbox: Mailbox): readonly MoveTargetGroup[] {
  const { i18n, t } = useLingui();
  const { groups } = useGroups();
  const { folders } = useFolders();
  const shared = useSharedWithMe().folders;
  if (mailbox === 'me') {
    return groupFolders(groups, folders, i18n.locale)
      .filter((placed) => placed.folders.length > 0)
      .map((placed) => ({ key: placed.group.groupKey, name: placed.group.name, folders: placed.folders }));
  }
  const open = shared.filter(({ owner, role }) => role === 'write' && isSameEmailAddress(owner.address, mailbox));
  const [first] = open;
  if (first === undefined) return [];
  const who = first.owner.name || first.owner.address;
  return [
    { key: 'shared', name: t`Shared by ${who}`, folders: open.map(({ folder }) => ({ ...folder, isDefault: false })) },
  ];
}
