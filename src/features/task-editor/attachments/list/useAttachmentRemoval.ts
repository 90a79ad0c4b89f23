import { useLingui } from '@lingui/react/macro';
import {
  useCancelUpload,
  useRemoveAttachment,
  type ShownAttachment,
} from '../../../../data/attachments/useAttachments.ts';
import { useDiscardChange } from '../../../../data/outbox/usePendingChanges.ts';
import { useUndo } from '../../../../data/tasks/useUndo.ts';
import { displayFileName } from '../../../../domain/task/fileName.ts';
import type { Mailbox, Task } from '../../../../domain/task/task.ts';
import { truncateName } from '../../../../ui/labels/truncateName.ts';
import { toasts } from '../../../../ui/feedback/toast.tsx';

/** Removes a saved attachment with an undo toast, or cancels an upload at once. */
export function useAttachmentRemoval(task: Task, mailbox: Mailbox, onRemoved: () => void) {
  const { t } = useLingui();
  const removing = useRemoveAttachment(mailbox);
  const cancelling = useCancelUpload();
  const discarding = useDiscardChange();
  const undoing = useUndo();

  async function undo(changeId: string) {
    const isUndone = await undoing.mutateAsync(changeId).catch(() => false);
    if (!isUndone) toasts.show({ text: t`It is too late to undo this`, kind: 'error' });
  }

  async function remove({ attachment, pendingState, changeId }: ShownAttachment) {
    const name = truncateName(displayFileName(attachment.name, t`Attachment`));
    try {
      if (changeId === null) {
        const changeToUndo = await removing.mutateAsync({ task, id: attachment.id, name: attachment.name });
        toasts.show({
          text: t`Removed ${name}`,
          action: { label: t`Undo`, keys: 'Mod+Z', onAction: () => void undo(changeToUndo) },
        });
      } else {
        await (pendingState === 'parked' ? discarding : cancelling).mutateAsync(changeId);
        toasts.show({ text: t`${name} is not attached` });
      }
      onRemoved();
    } catch {
      toasts.show({ text: t`This device could not keep the change. ${name} is still attached.`, kind: 'error' });
    }
  }
  return (shown: ShownAttachment) => void remove(shown);
}
