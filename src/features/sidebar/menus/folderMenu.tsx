import { useLingui } from '@lingui/react/macro';
import FolderInput from 'lucide-react/icons/folder-input';
import FolderPlus from 'lucide-react/icons/folder-plus';
import Pencil from 'lucide-react/icons/pencil';
import Trash from 'lucide-react/icons/trash-2';
import UserPlus from 'lucide-react/icons/user-plus';
import { useDeps } from '../../../data/dataProvider.tsx';
import { useGroups } from '../../../data/folders/useGroups.ts';
import { useCanShare } from '../../../data/sharing/useSharing.ts';
import { MenuPopover, type MenuEntry } from '../../../ui/overlays/menu.tsx';
import { useExportMenuItems } from './useExportMenuItems.tsx';
import { SharedFolderMenu, useShareLinkEntries, type MenuPosition } from './sharedFolderMenu.tsx';
import type { FolderMenuOptions, FolderRef, OwnFolderRef } from './folderRef.ts';
import { useMoveFolder } from '../state/useMoveFolder.ts';
import { useProtectedReason } from './useProtectedReason.ts';

type Props = FolderMenuOptions & MenuPosition & { place: FolderRef };

/** The menu of a row of the tree. Loaded lazily: see useFolderMenu.tsx. */
export function FolderMenu({ place, askLeave, ...rest }: Props) {
  if (place.kind !== 'shared') return <OwnMenu place={place} {...rest} />;
  const { triggerRef, at, isOpen, onOpenChange } = rest;
  return <SharedFolderMenu shared={place.shared} askLeave={askLeave} {...{ triggerRef, at, isOpen, onOpenChange }} />;
}

type OwnProps = Omit<FolderMenuOptions, 'askLeave'> & MenuPosition & { place: OwnFolderRef };

/** The menu of an own group or folder. */
function OwnMenu({ place, start, askDelete, onShare, ...frame }: OwnProps) {
  const { t } = useLingui();
  const { name, isDefault, id } = place.kind === 'group' ? place.group : place.folder;
  const linkEntries = useShareLinkEntries({ mailbox: 'me', id }, name);
  const files = useExportMenuItems({ mailbox: 'me', id });
  const canShare = useCanShare();
  const { capabilities } = useDeps();
  const { groups } = useGroups();
  const moveFolder = useMoveFolder();
  const why = useProtectedReason()(place);

  const share: readonly MenuEntry[] =
    place.kind === 'folder' && canShare
      ? [
          {
            id: 'people',
            label: t`Share`,
            icon: <UserPlus aria-hidden />,
            onAction: () => onShare(place.folder),
          },
        ]
      : [];
  const first: readonly MenuEntry[] =
    place.kind === 'group'
      ? [
          {
            id: 'new',
            label: t`New folder in ${name}`,
            icon: <FolderPlus aria-hidden />,
            onAction: () => start({ kind: 'newFolder', groupKey: place.group.groupKey }),
          },
        ]
      : [...share, ...linkEntries, ...files];
  const others = groups.filter(({ groupKey }) => place.kind === 'folder' && groupKey !== place.folder.groupKey);
  const move: readonly MenuEntry[] =
    capabilities.move && others.length > 0
      ? [
          {
            kind: 'submenu',
            id: 'move',
            label: t`Move to group`,
            icon: <FolderInput aria-hidden />,
            items: others.map((group) => ({
              id: group.groupKey,
              label: group.name,
              onAction: () => moveFolder({ id, name }, group.groupKey),
            })),
          },
        ]
      : [];
  const items: readonly MenuEntry[] = isDefault
    ? [...first, { kind: 'divider', id: 'line' }, { kind: 'note', id: 'why', text: why }]
    : [
        ...first,
        {
          id: 'rename',
          label: t`Rename`,
          icon: <Pencil aria-hidden />,
          keys: 'F2',
          onAction: () => start({ kind: place.kind === 'group' ? 'renameGroup' : 'renameFolder', id }),
        },
        ...move,
        { kind: 'divider', id: 'line' },
        {
          id: 'delete',
          label: place.kind === 'group' ? t`Delete group` : t`Delete folder`,
          icon: <Trash aria-hidden />,
          keys: 'Delete',
          isDanger: true,
          onAction: () => askDelete(place),
        },
      ];
  // A row that cannot be chosen is passed over by the arrows, so the menu's name says the reason as well.
  return <MenuPopover label={isDefault ? `${name}. ${why}` : name} items={items} {...frame} />;
}
