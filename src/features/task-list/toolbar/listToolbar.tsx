import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import MoreIcon from 'lucide-react/icons/ellipsis';
import UserPlusIcon from 'lucide-react/icons/user-plus';
import UsersIcon from 'lucide-react/icons/users';
import SortIcon from 'lucide-react/icons/arrow-down-up';
import { useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { sortOrders } from '../../../domain/listing/listing.ts';
import type { SortOrder } from '../../../domain/listing/listing.ts';
import { IconButton } from '../../../ui/controls/button.tsx';
import { createLazyChunk } from '../../../domain/async/lazyChunk.ts';
import { toasts } from '../../../ui/feedback/toast.tsx';
import { useHotkeys } from '../../../ui/keyboard/hotkeys.ts';
import { MenuButton } from '../../../ui/overlays/menu.tsx';
import { useLazySurface } from '../../../ui/overlays/useLazySurface.ts';
import type { ListMenuProps } from './listMenu.tsx';
import styles from '../list/taskListPane.module.css';

export type ListToolbarProps = ListMenuProps & {
  lead: ReactNode;
  /** Further buttons of this list. */
  tools: ReactNode;
  groupName: string | undefined;
  /** Undefined where the order cannot be chosen. */
  order: SortOrder | undefined;
  onOrder: (order: SortOrder) => void;
  /** Absent where this account may not share the folder. */
  onShare: (() => void) | undefined;
  /** Number of people it is shared with. */
  people: number;
};

/** The 52 px bar: the folder's group, and commands for the list as a whole. */
export function ListToolbar(props: ListToolbarProps) {
  const {
    lead,
    tools,
    groupName,
    order,
    onOrder,
    isCompletedShown,
    onToggleCompleted,
    onRefresh,
    link,
    folder,
    onShare,
    people,
  } = props;
  const { t } = useLingui();
  const labels: Readonly<Record<SortOrder, string>> = {
    due: t`Due date`,
    importance: t`Importance`,
    subject: t`Subject`,
    created: t`Newest first`,
  };
  useHotkeys(
    {
      V: {
        label: t`Sort`,
        run() {
          if (order === undefined) return false;
          const next = sortOrders[(sortOrders.indexOf(order) + 1) % sortOrders.length] ?? 'due';
          onOrder(next);
          toasts.show({ text: t`Sort: ${labels[next]}` });
          return true;
        },
      },
    },
    { scope: 'list' },
  );
  return (
    <div className={styles['bar']}>
      {lead}
      <span className={styles['group']}>{groupName}</span>
      {tools}
      {order !== undefined && (
        <MenuButton
          label={t`Sort: ${labels[order]}`}
          keys="V"
          icon={<SortIcon aria-hidden />}
          items={[
            {
              kind: 'choice',
              id: 'order',
              label: t`Sort by`,
              value: order,
              items: sortOrders.map((id) => ({ id, label: labels[id] })),
              onChange: (id) => {
                const chosen = sortOrders.find((one) => one === id);
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
      <MoreButton {...{ isCompletedShown, onToggleCompleted, onRefresh, link, folder }} />
    </div>
  );
}

/** Loaded after the first paint: no menu opens before there is a list. */
const menuChunk = createLazyChunk(() => import('./listMenu.tsx'));

function MoreButton(props: ListMenuProps) {
  const { t } = useLingui();
  const [isOpen, setIsOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const loaded = useLazySurface(menuChunk, isOpen, () => setIsOpen(false));
  return (
    <>
      <IconButton
        ref={button}
        label={t`More`}
        icon={<MoreIcon aria-hidden />}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onPress={() => setIsOpen(true)}
      />
      {loaded !== null && <loaded.ListMenu {...props} triggerRef={button} isOpen={isOpen} onOpenChange={setIsOpen} />}
    </>
  );
}
