import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import Lock from 'lucide-react/icons/lock';
import { useDeps } from '../../data/dataProvider.tsx';
import { useSyncStatus } from '../../data/outbox/usePendingChanges.ts';
import { useFolderMembers } from '../../data/sharing/useFolderMembers.ts';
import { useTasks } from '../../data/tasks/useTasks.ts';
import { Button } from '../../ui/controls/button.tsx';
import { Dialog } from '../../ui/overlays/dialog.tsx';
import { truncateName } from '../../ui/labels/truncateName.ts';
import { Banner } from '../../ui/feedback/banner.tsx';
import { InviteForm } from './inviteForm.tsx';
import { ShareLinkFooter } from './shareLinkFooter.tsx';
import { OwnerRow, MemberRow } from './memberRow.tsx';
import type { ShareDialogProps } from './shareDialogProps.ts';
import styles from './shareDialog.module.css';

/** Who may open a folder, and their roles. Changes apply at once and need the service (docs/design.md#components). */
export function ShareDialog({ folder, onClose }: ShareDialogProps) {
  const { t } = useLingui();
  const { session } = useDeps();
  const { state } = useSyncStatus();
  const { people, isPending, failure, retry } = useFolderMembers(folder.id);
  const isReachable = state !== 'offline' && state !== 'signIn';
  const name = truncateName(folder.name);

  return (
    <Dialog
      title={t`Share “${name}”`}
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      width={520}
      footer={<ShareLinkFooter folder={folder} />}
    >
      <div className={styles['content']}>
        {isReachable ? (
          <InviteForm folderId={folder.id} people={people} />
        ) : (
          <Banner kind="amber">
            {state === 'offline'
              ? t`Sharing needs the network. Who may open this folder can be changed once you are online.`
              : t`Sign in again to change who may open this folder.`}
          </Banner>
        )}
        <ul className={styles['people']} aria-label={t`People with access`} aria-busy={isPending}>
          <OwnerRow account={session.account} />
          {people.map((person) => (
            <MemberRow key={person.id} folderId={folder.id} permission={person} isReachable={isReachable} />
          ))}
        </ul>
        {failure !== null && isReachable && (
          <div className={styles['failed']} role="alert">
            <p>{t`The people of this folder did not load. Nothing was changed.`}</p>
            <Button variant="secondary" onPress={retry}>{t`Try again`}</Button>
          </div>
        )}
        <PrivateNote folderId={folder.id} />
      </div>
    </Dialog>
  );
}

/** Private tasks, which are not shared (docs/architecture.md#sharing). */
function PrivateNote({ folderId }: { folderId: string }) {
  const { t } = useLingui();
  const { data: listing } = useTasks({ mailbox: 'me', id: folderId });
  const count = [...listing.byId.values()].filter(({ sensitivity }) => sensitivity === 'private').length;
  if (count === 0) return null;
  return (
    <p className={styles['note']}>
      <Lock aria-hidden />
      {t`${plural(count, {
        one: 'One private task stays hidden from everyone but you.',
        other: '# private tasks stay hidden from everyone but you.',
      })}`}
    </p>
  );
}
