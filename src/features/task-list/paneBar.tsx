import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import CheckIcon from 'lucide-react/icons/circle-check';
import MoreIcon from 'lucide-react/icons/ellipsis';
import ExportIcon from 'lucide-react/icons/file-down';
import LinkIcon from 'lucide-react/icons/link';
import PrintIcon from 'lucide-react/icons/printer';
import RefreshIcon from 'lucide-react/icons/refresh-cw';
import ShareIcon from 'lucide-react/icons/share-2';
import UserPlusIcon from 'lucide-react/icons/user-plus';
import UsersIcon from 'lucide-react/icons/users';
import SortIcon from 'lucide-react/icons/list-filter';
import type { ReactNode } from 'react';
import { useNavigate } from 'react-router';
import { orders } from '../../domain/listing.ts';
import type { Order } from '../../domain/listing.ts';
import { addressOf } from '../../domain/place.ts';
import type { Place } from '../../domain/task.ts';
import { IconButton } from '../../ui/button.tsx';
import { MenuButton } from '../../ui/menu.tsx';
import type { MenuEntry } from '../../ui/menu.tsx';
import { printThis } from '../../ui/printing.ts';
import styles from './taskListPane.module.css';

export type PaneBarProps = {
  lead: ReactNode;
  groupName: string | undefined;
  /** Undefined where the order cannot be chosen. */
  order: Order | undefined;
  onOrder: (order: Order) => void;
  /** Undefined where there are no completed tasks to show or hide. */
  isDoneShown: boolean | undefined;
  onToggleDone: () => void;
  onRefresh: () => void;
  /** How to hand this folder on; undefined in a smart view. */
  link: { copy: () => void; share: (() => void) | undefined } | undefined;
  /** The list's own, as far as it is one. */
  folder: Place | undefined;
  /** Absent where this account may not share the folder. */
  onShare: (() => void) | undefined;
  /** With how many people it is shared. */
  people: number;
};

/** The 52 px bar: where the folder belongs, and what can be done with the list as a whole. */
export function PaneBar(props: PaneBarProps) {
  const { lead, groupName, order, onOrder, isDoneShown, onToggleDone, onRefresh, link, folder, onShare, people } =
    props;
  const { t } = useLingui();
  const navigate = useNavigate();
  const names: Readonly<Record<Order, string>> = {
    due: t`Due date`,
    importance: t`Importance`,
    subject: t`Subject`,
    created: t`Newest first`,
  };
  const done: readonly MenuEntry[] =
    isDoneShown === undefined
      ? []
      : [
          {
            id: 'done',
            label: isDoneShown ? t`Hide completed` : t`Show completed`,
            icon: <CheckIcon aria-hidden />,
            keys: 'H',
            onAction: onToggleDone,
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
            onAction: () => void navigate(addressOf.exchange(folder)),
          },
        ]),
    {
      id: 'print',
      label: t`Print`,
      icon: <PrintIcon aria-hidden />,
      onAction: () => printThis({ kind: 'list', place: null }),
    },
  ];
  return (
    <div className={styles['bar']}>
      {lead}
      <span className={styles['group']}>{groupName}</span>
      {order !== undefined && (
        <MenuButton
          label={t`Sort: ${names[order]}`}
          keys="V"
          icon={<SortIcon aria-hidden />}
          items={[
            {
              kind: 'choice',
              id: 'order',
              label: t`Sort by`,
              value: order,
              items: orders.map((id) => ({ id, label: names[id] })),
              onChange: (id) => {
                const chosen = orders.find((one) => one === id);
                if (chosen !== undefined) onOrder(chosen);
              },
            },
          ]}
        />
      )}
      {onShare !== undefined && (
        <IconButton
          label={
            people === 0 ? t`Share` : t`Share, ${plural(people, { one: 'with # person', other: 'with # people' })} now`
          }
          icon={people === 0 ? <UserPlusIcon aria-hidden /> : <UsersIcon aria-hidden />}
          onPress={onShare}
        />
      )}
      <MenuButton
        label={t`More`}
        icon={<MoreIcon aria-hidden />}
        items={[
          ...done,
          ...links,
          ...files,
          { id: 'refresh', label: t`Refresh`, icon: <RefreshIcon aria-hidden />, onAction: onRefresh },
        ]}
      />
    </div>
  );
}
