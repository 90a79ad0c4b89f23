import { useLingui } from '@lingui/react/macro';
import CheckIcon from 'lucide-react/icons/circle-check';
import ExportIcon from 'lucide-react/icons/file-down';
import LinkIcon from 'lucide-react/icons/link';
import PrintIcon from 'lucide-react/icons/printer';
import RefreshIcon from 'lucide-react/icons/refresh-cw';
import ShareIcon from 'lucide-react/icons/share-2';
import { useNavigate } from 'react-router';
import { appUrls } from '../../../domain/urls/appUrls.ts';
import type { Place } from '../../../domain/task/task.ts';
import { MenuPopover } from '../../../ui/overlays/menu.tsx';
import type { MenuEntry, MenuPopoverProps } from '../../../ui/overlays/menu.tsx';
import { requestPrint } from '../../../ui/browser/printRequest.ts';

export type ListMenuProps = {
  /** Undefined in a smart view: it has no section of completed tasks. */
  isCompletedShown: boolean | undefined;
  onToggleCompleted: () => void;
  onRefresh: () => void;
  /** Undefined in a smart view. */
  link: { copy: () => void; share: (() => void) | undefined } | undefined;
  /** Undefined in a smart view. */
  folder: Place | undefined;
};

type PopoverProps = Pick<MenuPopoverProps, 'triggerRef' | 'isOpen' | 'onOpenChange'>;

/** Further commands for the list as a whole. Loaded lazily: see listToolbar.tsx. */
export function ListMenu({
  isCompletedShown,
  onToggleCompleted,
  onRefresh,
  link,
  folder,
  ...frame
}: ListMenuProps & PopoverProps) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const completed: readonly MenuEntry[] =
    isCompletedShown === undefined
      ? []
      : [
          {
            id: 'done',
            label: isCompletedShown ? t`Hide completed` : t`Show completed`,
            icon: <CheckIcon aria-hidden />,
            keys: 'H',
            onAction: onToggleCompleted,
          },
        ];
  const links: readonly MenuEntry[] =
    link === undefined
      ? []
      : [
          {
            id: 'link',
            label: t`Copy link to this folder`,
            icon: <LinkIcon aria-hidden />,
            keys: 'Shift+L',
            onAction: link.copy,
          },
          ...(link.share === undefined
            ? []
            : [{ id: 'share', label: t`Share link`, icon: <ShareIcon aria-hidden />, onAction: link.share }]),
        ];
  const files: readonly MenuEntry[] = [
    ...(folder === undefined
      ? []
      : [
          {
            id: 'export',
            label: t`Export`,
            icon: <ExportIcon aria-hidden />,
            onAction: () => void navigate(appUrls.exchange(folder)),
          },
        ]),
    {
      id: 'print',
      label: t`Print`,
      icon: <PrintIcon aria-hidden />,
      onAction: () => requestPrint({ kind: 'list', place: null }),
    },
  ];
  const items: readonly MenuEntry[] = [
    ...completed,
    ...links,
    ...files,
    { id: 'refresh', label: t`Refresh`, icon: <RefreshIcon aria-hidden />, onAction: onRefresh },
  ];
  return <MenuPopover label={t`More`} items={items} placement="bottom end" {...frame} />;
}
