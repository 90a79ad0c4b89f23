import { useLingui } from '@lingui/react/macro';
import FolderPlus from 'lucide-react/icons/folder-plus';
import Pencil from 'lucide-react/icons/pencil';
import Trash from 'lucide-react/icons/trash-2';
import UserPlus from 'lucide-react/icons/user-plus';
import { useRef, useState } from 'react';
import type { MouseEvent, ReactNode } from 'react';
import { useCanShare } from '../../data/sharing.ts';
import type { SharedFolder } from '../../domain/sharing.ts';
import type { TaskFolder, TaskGroup } from '../../domain/task.ts';
import { MenuPopover, type MenuEntry } from '../../ui/menu.tsx';
import { SharedMenu, useHandOn, type MenuFrame } from './sharedMenu.tsx';
import type { Editing } from './usePlaceEdits.ts';
import { useProtectedWords } from './useProtectedWords.ts';

export type OwnPlace = { kind: 'group'; group: TaskGroup } | { kind: 'folder'; folder: TaskFolder };
export type PlaceRef = OwnPlace | { kind: 'shared'; shared: SharedFolder };

type Options = {
  start: (editing: Editing) => void;
  askDelete: (place: OwnPlace) => void;
  askLeave: (shared: SharedFolder) => void;
  /** Shows the people of an own folder. */
  onShare: (folder: Pick<TaskFolder, 'id' | 'name'>) => void;
};

/** The one menu of the tree, for whichever row asked for it: from its button, by right-click or by the menu key. */
export function usePlaceMenu(options: Options) {
  const [place, setPlace] = useState<PlaceRef>();
  const [isOpen, setIsOpen] = useState(false);
  const [at, setAt] = useState<{ x: number; y: number } | null>(null);
  const trigger = useRef<HTMLElement | null>(null);

  function open(which: PlaceRef, from: HTMLElement, point: { x: number; y: number } | null) {
    trigger.current = from;
    setPlace(which);
    setAt(point);
    setIsOpen(true);
  }

  const frame = { triggerRef: trigger, at, isOpen, onOpenChange: setIsOpen };
  const menu: ReactNode =
    place === undefined ? null : place.kind === 'shared' ? (
      <SharedMenu shared={place.shared} askLeave={options.askLeave} {...frame} />
    ) : (
      <OwnMenu place={place} {...options} {...frame} />
    );
  return {
    menu,
    openAtButton: (which: PlaceRef, button: HTMLElement) => open(which, button, null),
    openAtPointer(which: PlaceRef, event: MouseEvent<HTMLElement>) {
      event.preventDefault();
      // The menu key has no pointer: its event comes from the focused row itself.
      const hasPoint = event.clientX !== 0 || event.clientY !== 0;
      open(which, event.currentTarget, hasPoint ? { x: event.clientX, y: event.clientY } : null);
    },
  };
}

type MenuProps = Options & MenuFrame & { place: OwnPlace };

function OwnMenu({ place, start, askDelete, askLeave: _askLeave, onShare, ...frame }: MenuProps) {
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
