import { useLingui } from '@lingui/react/macro';
import DownloadIcon from 'lucide-react/icons/download';
import type { ShownAttachment } from '../../../../data/attachments/useAttachments.ts';
import { displayFileName } from '../../../../domain/task/fileName.ts';
import type { Mailbox, Task } from '../../../../domain/task/task.ts';
import { Button } from '../../../../ui/controls/button.tsx';
import { createLazyChunk } from '../../../../domain/async/lazyChunk.ts';
import { useLazyChunk } from '../../../../ui/loading/useLazyChunk.ts';
import { Dialog } from '../../../../ui/overlays/dialog.tsx';
import { useAttachmentDownload } from './useAttachmentDownload.ts';
import styles from './attachmentViewer.module.css';

const inside = createLazyChunk(() => import('./attachmentPreview.tsx'));

type Props = {
  task: Task;
  mailbox: Mailbox;
  /** Null or gone: nothing is open. */
  shown: ShownAttachment | undefined;
  onClose: () => void;
};

/** One attachment over the page: looked at, and saved from there. */
export function AttachmentViewer({ task, mailbox, shown, onClose }: Props) {
  const { t } = useLingui();
  const loaded = useLazyChunk(inside, shown !== undefined);
  const saving = useAttachmentDownload(task, mailbox);
  const canSave = shown !== undefined && (shown.attachment.kind === 'file' || shown.changeId === null);
  return (
    <Dialog
      title={shown === undefined ? '' : displayFileName(shown.attachment.name, t`Attachment`)}
      width={shown?.attachment.kind === 'item' ? 560 : 900}
      isOpen={shown !== undefined}
      onOpenChange={(isOpen) => !isOpen && onClose()}
      footer={
        canSave && (
          <Button
            icon={<DownloadIcon aria-hidden />}
            isBusy={saving.isBusy}
            onPress={() => saving.save(shown)}
          >{t`Download`}</Button>
        )
      }
    >
      {shown !== undefined && loaded.state === 'here' && (
        <loaded.part.AttachmentPreview key={shown.attachment.id} task={task} mailbox={mailbox} shown={shown} />
      )}
      {loaded.state === 'failed' && (
        <p className={styles.message}>{t`This needs a connection once. Try again when you are online.`}</p>
      )}
    </Dialog>
  );
}
