import { useLingui } from '@lingui/react/macro';
import FolderPlus from 'lucide-react/icons/folder-plus';
import Pencil from 'lucide-react/icons/pencil';
import Trash from 'lucide-react/icons/trash-2';
import UserPlus from 'lucide-react/icons/user-plus';
import { useCanShare } from '../../data/sharing.ts';
import { MenuPopover, type MenuEntry } from '../../ui/menu.tsx';
import { SharedMenu, useHandOn, type MenuFrame } from './sharedMenu.tsx';
import type { OwnPlace, PlaceMenuOptions, PlaceRef } from './usePlaceMenu.tsx';
import { useProtectedWords } from './useProtectedWords.ts';

type Props = PlaceMenuOptions & MenuFrame & { place: PlaceRef };

/** What can be done with a row of the tree. A chunk of its own: see usePlaceMenu.tsx. */
export function PlaceMenu({ place, askLeave, ...rest }: Props) {
  if (place.kind !== 'shared') return <OwnMenu place={place} {...rest} />;
  const { triggerRef, at, isOpen, onOpenChange } = rest;
  return <SharedMenu shared={place.shared} askLeave={askLeave} {...{ triggerRef, at, isOpen, onOpenChange }} />;
}

type OwnProps = Omit<PlaceMenuOptions, 'askLeave'> & MenuFrame & { place: OwnPlace };

/** The menu of a group or folder of one's own. */
function OwnMenu({ place, start, askDelete, onShare, ...frame }: OwnProps) {
  const { t } = useLingui();
  const { name, isDefault, id } = place.kind === 'group' ? place.group : place.folder;
  const handOn = useHandOn({ mailbox: 'me', id }, name);
  const canShare = useCanShare();
  const why = useProtectedWords()(place);

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
      : [...share, ...handOn];
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
