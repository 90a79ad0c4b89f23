import { useLingui } from '@lingui/react/macro';
import { useNavigate } from 'react-router';
import { useLeaveShare } from '../../../data/sharing/useLeaveShare.ts';
import { appUrls } from '../../../domain/urls/appUrls.ts';
import type { SharedFolder } from '../../../domain/task/folderSharing.ts';
import { ConfirmDialog } from '../../../ui/overlays/dialog.tsx';
import { truncateName } from '../../../ui/labels/truncateName.ts';
import { toasts } from '../../../ui/feedback/toast.tsx';

type Props = { shared: SharedFolder; isOpen: boolean; onDone: () => void };

/** Asks before this account leaves a shared folder: only the owner can undo that. */
export function LeaveFolderDialog({ shared, isOpen, onDone }: Props) {
  const { t } = useLingui();
  const navigate = useNavigate();
  const leaving = useLeaveShare();
  const name = truncateName(shared.folder.name);
  const owner = truncateName(shared.owner.name || shared.owner.address);

  function leave() {
    leaving
      .mutateAsync(shared)
      .then(() => {
        onDone();
        toasts.show({ text: t`You left “${name}”` });
        return isOpen ? navigate(appUrls.view('today')) : undefined;
      })
      .catch(() => {
        onDone();
        toasts.show({ kind: 'error', text: t`You are still in “${name}”: leaving needs the network. Try again.` });
      });
  }

  return (
    <ConfirmDialog
      isOpen
      isDanger
      isBusy={leaving.isPending}
      title={t`Leave “${name}”?`}
      body={t`It is removed from all your devices. Its tasks stay with ${owner}, and only ${owner} can share it with you again.`}
      confirmLabel={t`Leave folder`}
      cancelLabel={t`Stay`}
      onConfirm={leave}
      onCancel={onDone}
    />
  );
}
