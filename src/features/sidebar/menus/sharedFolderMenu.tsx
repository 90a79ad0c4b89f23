import { useLingui } from '@lingui/react/macro';
import LinkIcon from 'lucide-react/icons/link';
import LogOut from 'lucide-react/icons/log-out';
import Share from 'lucide-react/icons/share-2';
import SquareArrow from 'lucide-react/icons/square-arrow-out-up-right';
import { useHref } from 'react-router';
import { useLinkTo } from '../../../data/sharing/useLinkTo.ts';
import { appUrls } from '../../../domain/urls/appUrls.ts';
import type { SharedFolder } from '../../../domain/task/folderSharing.ts';
import type { Place } from '../../../domain/task/task.ts';
import { useLinkActions } from '../../../ui/browser/linkActions.ts';
import { MenuPopover, type MenuEntry, type MenuPopoverProps } from '../../../ui/overlays/menu.tsx';
import { truncateName } from '../../../ui/labels/truncateName.ts';
import { useExportMenuItems } from './useExportMenuItems.tsx';

export type MenuPosition = Pick<MenuPopoverProps, 'triggerRef' | 'at' | 'isOpen' | 'onOpenChange'>;

/** Entries for a folder's address: copy it, share it, open it in a new tab. */
export function useShareLinkEntries(place: Place, name: string): readonly MenuEntry[] {
  const { t } = useLingui();
  const href = useHref(appUrls.folder(place));
  const linkTo = useLinkTo();
  const { copy, share } = useLinkActions();
  return [
    { id: 'link', label: t`Copy link`, icon: <LinkIcon aria-hidden />, onAction: () => copy(linkTo(place)) },
    ...(share === undefined
      ? []
      : [
          {
            id: 'share',
            label: t`Share link`,
            icon: <Share aria-hidden />,
            onAction: () => share(name, linkTo(place)),
          },
        ]),
    {
      id: 'tab',
      label: t`Open in a new tab`,
      icon: <SquareArrow aria-hidden />,
      onAction: () => window.open(href, '_blank', 'noopener'),
    },
  ];
}

type Props = MenuPosition & { shared: SharedFolder; askLeave: (shared: SharedFolder) => void };

/** The menu of a shared folder. */
export function SharedFolderMenu({ shared, askLeave, ...frame }: Props) {
  const { t } = useLingui();
  const { owner, folder, role } = shared;
  const who = truncateName(owner.name || owner.address);
  const note = role === 'read' ? t`Shared by ${who}. View only.` : t`Shared by ${who}. You can edit.`;
  const items: readonly MenuEntry[] = [
    { kind: 'note', id: 'who', text: note },
    ...useShareLinkEntries({ mailbox: owner.address, id: folder.id }, folder.name),
    ...useExportMenuItems({ mailbox: owner.address, id: folder.id }),
    { kind: 'divider', id: 'line' },
    {
      id: 'leave',
      label: t`Leave folder`,
      icon: <LogOut aria-hidden />,
      keys: 'Delete',
      isDanger: true,
      onAction: () => askLeave(shared),
    },
  ];
  // Arrow keys skip the note, so the menu's name includes it.
  return <MenuPopover label={`${folder.name}. ${note}`} items={items} {...frame} />;
}
