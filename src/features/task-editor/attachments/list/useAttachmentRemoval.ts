import { useLingui } from '@lingui/react/macro';
import { useReportNotSaved } from '../../../../data/commandReport.tsx';
import { useCancelUpload, type ShownAttachment } from '../../../../data/attachments/useAttachments.ts';
import { useDiscardChange } from '../../../../data/outbox/usePendingChanges.ts';
import { useTaskCommands } from '../../../../data/tasks/useTaskCommands.ts';
import { displayFileName } from '../../../../domain/task/fileName.ts';
import type { Mailbox, Task } from '../../../../domain/task/task.ts';
import { truncateName } from '../../../../ui/labels/truncateName.ts';
import { toasts } from '../../../../ui/feedback/toast.tsx';

/** Removes a saved attachment, which can be undone, or cancels an upload. */
export function useAttachmentRemoval(task: Task, mailbox: Mailbox, onRemoved: () => void) {
  const { t } = useLingui();
  const { run } = useTaskCommands(mailbox);
  const cancelling = useCancelUpload();
  const discarding = useDiscardChange();
  const reportNotSaved = useReportNotSaved();

  async function remove({ attachment, pendingState, changeId }: ShownAttachment) {
    const name = truncateName(displayFileName(attachment.name, t`Attachment`));
    if (changeId === null) {
      const command = { kind: 'removeAttachment', task, id: attachment.id, name: attachment.name } as const;
      if ((await run(command, { message: t`Removed ${name}` }).saved) !== null) onRemoved();
      return;
    }
    try {
      await (pendingState === 'parked' ? discarding : cancelling).mutateAsync(changeId);
      toasts.show({ text: t`${name} is not attached` });
      onRemoved();
    } catch (error) {
      reportNotSaved(error);
    }
  }
  return (shown: ShownAttachment) => void remove(shown);
}
