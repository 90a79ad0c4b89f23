import { useLingui } from '@lingui/react/macro';
import ChevronDown from 'lucide-react/icons/chevron-down';
import UserMinus from 'lucide-react/icons/user-minus';
import { useRef, useState } from 'react';
import type { Account } from '../../data/dataProvider.tsx';
import { useMemberChanges } from '../../data/sharing/useFolderMembers.ts';
import { roles, type FolderPermission, type Role } from '../../domain/task/folderSharing.ts';
import { Avatar } from '../../ui/controls/avatar.tsx';
import { Button } from '../../ui/controls/button.tsx';
import { MenuPopover, type MenuEntry } from '../../ui/overlays/menu.tsx';
import { truncateName } from '../../ui/labels/truncateName.ts';
import { toasts } from '../../ui/feedback/toast.tsx';
import styles from './shareDialog.module.css';
import { useRoleLabels } from './useRoleLabels.ts';

export function OwnerRow({ account }: { account: Pick<Account, 'address' | 'name'> }) {
  const { t } = useLingui();
  return (
    <li className={styles['person']}>
      <Avatar name={account.name || account.address} size={32} />
      <span className={styles['text']}>
        <span className={styles['name']}>{account.name || account.address}</span>
        <span className={styles['line']}>{t`You`}</span>
      </span>
      <span className={styles['owner']}>{t`Owner`}</span>
    </li>
  );
}

type Props = { folderId: string; permission: FolderPermission; isReachable: boolean };

/** One person. What changes applies at once; a toast takes it back. */
export function MemberRow({ folderId, permission, isReachable }: Props) {
  const { t } = useLingui();
  const names = useRoleLabels();
  const meanings: Readonly<Record<Role, string>> = {
    read: t`Read tasks and attachments`,
    write: t`Add, change, complete and delete tasks`,
  };
  const { invite, change: changeMember } = useMemberChanges(folderId);
  const [isOpen, setIsOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const { id, role, isRemovable } = permission;
  const { address, name } = permission.person;
  const who = truncateName(name || address);

  const failed = (text: string) => () => toasts.show({ kind: 'error', text });
  function offerUndo(text: string, undo: () => void) {
    toasts.show({ text, action: { label: t`Undo`, onAction: undo } });
  }
  const failedToChange = failed(t`The access of ${who} was not changed. The server could not be reached; try again.`);
  function change(next: Role) {
    if (next === role) return;
    changeMember
      .mutateAsync({ id, role: next })
      .then(() =>
        offerUndo(
          next === 'write' ? t`${who} can edit now` : t`${who} can view now`,
          () => void changeMember.mutateAsync({ id, role }).catch(failedToChange),
        ),
      )
      .catch(failedToChange);
  }
  function removeMember() {
    changeMember
      .mutateAsync({ id, role: null })
      .then(() =>
        offerUndo(
          t`Removed ${who}`,
          () => void invite.mutateAsync({ address, role }).catch(failed(t`${who} was not invited again. Try again.`)),
        ),
      )
      .catch(failed(t`${who} still has access. The server could not be reached; try again.`));
  }

  const items: readonly MenuEntry[] = [
    {
      kind: 'choice',
      id: 'role',
      label: t`Access of ${who}`,
      value: role,
      items: roles.toReversed().map((each) => ({ id: each, label: names[each], text: meanings[each] })),
      onChange: (chosen) => {
        const next = roles.find((each) => each === chosen);
        if (next !== undefined) change(next);
      },
    },
    { kind: 'divider', id: 'line' },
    {
      id: 'remove',
      label: t`Remove access`,
      icon: <UserMinus aria-hidden />,
      isDanger: true,
      isDisabled: !isRemovable,
      onAction: removeMember,
    },
  ];

  return (
    <li className={styles['person']}>
      <Avatar name={name || address} size={32} />
      <span className={styles['text']}>
        <span className={styles['name']} dir="auto">
          {name || address}
        </span>
        {name !== '' && <span className={styles['line']}>{address}</span>}
      </span>
      <Button
        ref={button}
        variant="quiet"
        className={styles['roleButton']}
        aria-label={t`${who}: ${names[role]}`}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        isDisabled={!isReachable}
        onPress={() => setIsOpen(true)}
      >
        {names[role]}
        <ChevronDown aria-hidden />
      </Button>
      <MenuPopover
        label={t`Access of ${who}`}
        items={items}
        isOpen={isOpen}
        onOpenChange={setIsOpen}
        triggerRef={button}
        placement="bottom end"
      />
    </li>
  );
}
