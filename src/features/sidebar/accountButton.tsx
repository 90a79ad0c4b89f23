import { useLingui } from '@lingui/react/macro';
import CloudUpload from 'lucide-react/icons/cloud-upload';
import LogOut from 'lucide-react/icons/log-out';
import Settings from 'lucide-react/icons/settings';
import Trash from 'lucide-react/icons/trash-2';
import UserPlus from 'lucide-react/icons/user-plus';
import { useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { useDeps } from '../../data/dataProvider.tsx';
import { appUrls } from '../../domain/urls/appUrls.ts';
import { Avatar } from '../../ui/controls/avatar.tsx';
import { Button } from '../../ui/controls/button.tsx';
import { MenuPopover, type MenuEntry } from '../../ui/overlays/menu.tsx';
import type { SidebarProps } from './sidebarProps.ts';
import styles from './sidebarFooter.module.css';

type Props = Pick<SidebarProps, 'onSignOut' | 'onNavigate'> & {
  /** Shows the address beside the avatar; the phone shows the avatar alone. */
  hasName?: boolean;
};

/** The account menu: settings, pending changes, bin, other accounts, sign out. */
export function AccountButton({ onSignOut, onNavigate, hasName = false }: Props) {
  const { t } = useLingui();
  const { session, capabilities } = useDeps();
  const navigate = useNavigate();
  const [isOpen, setIsOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const { account } = session;
  const others = session.accounts.filter(({ key }) => key !== account.key);

  function go(address: string) {
    void navigate(address);
    onNavigate?.();
  }

  const items: readonly MenuEntry[] = [
    { id: 'settings', label: t`Settings`, icon: <Settings aria-hidden />, onAction: () => go(appUrls.settings()) },
    {
      id: 'waiting',
      label: t`Not synced yet`,
      icon: <CloudUpload aria-hidden />,
      onAction: () => go(appUrls.waiting()),
    },
    ...(capabilities.bin
      ? [{ id: 'bin', label: t`Bin`, icon: <Trash aria-hidden />, onAction: () => go(appUrls.bin()) }]
      : []),
    { kind: 'divider', id: 'line1' },
    ...others.map(({ key, address, name }): MenuEntry => ({
      id: key,
      label: t`Switch to ${address}`,
      icon: <Avatar name={name || address} size={16} />,
      onAction: () => session.switchTo(key),
    })),
    { id: 'add', label: t`Add account`, icon: <UserPlus aria-hidden />, onAction: () => session.addAccount() },
    { kind: 'divider', id: 'line2' },
    { id: 'out', label: t`Sign out`, icon: <LogOut aria-hidden />, onAction: onSignOut },
  ];

  return (
    <>
      <Button
        ref={button}
        variant="quiet"
        className={hasName ? styles.account : styles.avatar}
        aria-label={t`Account ${account.address}`}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        icon={<Avatar name={account.name || account.address} size={hasName ? 26 : 32} />}
        onPress={() => setIsOpen(true)}
      >
        {hasName && account.address}
      </Button>
      <MenuPopover
        label={t`Account ${account.address}`}
        items={items}
        isOpen={isOpen}
        onOpenChange={setIsOpen}
        triggerRef={button}
        placement={hasName ? 'top start' : 'bottom end'}
      />
    </>
  );
}
