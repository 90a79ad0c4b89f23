import { useLingui } from '@lingui/react/macro';
import FolderPlus from 'lucide-react/icons/folder-plus';
import Pencil from 'lucide-react/icons/pencil';
import SquareArrow from 'lucide-react/icons/square-arrow-out-up-right';
import Trash from 'lucide-react/icons/trash-2';
import { useRef, useState } from 'react';
import type { MouseEvent, ReactNode } from 'react';
import { useHref } from 'react-router';
import { addressOf } from '../../domain/place.ts';
import type { TaskFolder, TaskGroup } from '../../domain/task.ts';
import { MenuPopover, type MenuEntry } from '../../ui/menu.tsx';
import type { Editing } from './usePlaceEdits.ts';
import { useProtectedWords } from './useProtectedWords.ts';

export type PlaceRef = { kind: 'group'; group: TaskGroup } | { kind: 'folder'; folder: TaskFolder };

type Options = { start: (editing: Editing) => void; askDelete: (place: PlaceRef) => void };

/** The one menu of the tree, for whichever row asked for it: from its button, by right-click or by the menu key. */
export function usePlaceMenu({ start, askDelete }: Options) {
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

  const menu: ReactNode = place !== undefined && (
    <PlaceMenu
      place={place}
      trigger={trigger}
      at={at}
      isOpen={isOpen}
      onOpenChange={setIsOpen}
      start={start}
      askDelete={askDelete}
    />
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

type MenuProps = Options & {
  place: PlaceRef;
  trigger: { current: HTMLElement | null };
  at: { x: number; y: number } | null;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
};

function PlaceMenu({ place, trigger, start, askDelete, ...rest }: MenuProps) {
  const { t } = useLingui();
  const { name, isDefault, id } = place.kind === 'group' ? place.group : place.folder;
  const href = useHref(addressOf.folder({ mailbox: 'me', id }));
  const why = useProtectedWords()(place);

  const first: MenuEntry =
    place.kind === 'group'
      ? {
          id: 'new',
          label: t`New folder in ${name}`,
          icon: <FolderPlus aria-hidden />,
          onAction: () => start({ kind: 'newFolder', groupKey: place.group.groupKey }),
        }
      : {
          id: 'tab',
          label: t`Open in a new tab`,
          icon: <SquareArrow aria-hidden />,
          onAction: () => window.open(href, '_blank', 'noopener'),
        };
  const items: readonly MenuEntry[] = isDefault
    ? [first, { kind: 'divider', id: 'line' }, { kind: 'note', id: 'why', text: why }]
    : [
        first,
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
  return <MenuPopover label={isDefault ? `${name}. ${why}` : name} items={items} triggerRef={trigger} {...rest} />;
}
