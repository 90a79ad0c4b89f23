import { useLingui } from '@lingui/react/macro';
import DownloadIcon from 'lucide-react/icons/download';
import type { ShownAttachment } from '../../../../data/attachments/useAttachments.ts';
import { shownFileName } from '../../../../domain/task/fileName.ts';
import type { Place, Task } from '../../../../domain/task/task.ts';
import { Button } from '../../../../ui/controls/button.tsx';
import { createChunk, useChunk } from '../../../../ui/loading/lazyChunk.ts';
import { Dialog } from '../../../../ui/overlays/dialog.tsx';
import { useSaving } from './useAttachmentDownload.ts';
import styles from './attachmentViewer.module.css';

const inside = createChunk(() => import('./attachmentPreview.tsx'));

type Props = {
  task: Task;
  mailbox: Place['mailbox'];
  /** Null or gone: nothing is open. */
  shown: ShownAttachment | undefined;
  onClose: () => void;
};

/** One attachment over the page: looked at, and saved from there. */
export function LookInside({ task, mailbox, shown, onClose }: Props) {
  const { t } = useLingui();
  const loaded = useChunk(inside, shown !== undefined);
  const saving = useSaving(task, mailbox);
  const canSave = shown !== undefined && (shown.attachment.kind === 'file' || shown.changeId === null);
  return (
    <Dialog
      title={shown === undefined ? '' : shownFileName(shown.attachment.name, t`Attachment`)}
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
        <loaded.part.Inside key={shown.attachment.id} task={task} mailbox={mailbox} shown={shown} />
      )}
      {loaded.state === 'failed' && <p className={styles.note}>{t`This needs the network once. Try again with it.`}</p>}
    </Dialog>
  );
}
