import { useLingui } from '@lingui/react/macro';
import { useDownload } from '../../../../data/attachments/useAttachmentContent.ts';
import type { ShownAttachment } from '../../../../data/attachments/useAttachments.ts';
import { fileExtension, safeFileName, displayFileName } from '../../../../domain/task/fileName.ts';
import type { Mailbox, Task } from '../../../../domain/task/task.ts';
import { announce } from '../../../../ui/feedback/liveRegion.ts';
import { truncateName } from '../../../../ui/labels/truncateName.ts';
import { toasts } from '../../../../ui/feedback/toast.tsx';

const endings: Readonly<Record<string, string>> = {
  'text/calendar': 'ics',
  'message/rfc822': 'eml',
  'text/vcard': 'vcf',
};
/** What an item is called when its type is a download's (the service sends messages as bytes). */
const itemType = (type: string) => endings[type.split(';')[0] ?? ''];

/** Keeps an attachment as a file of this device, under a name that is safe anywhere. */
export function useAttachmentDownload(task: Task, mailbox: Mailbox) {
  const { t } = useLingui();
  const download = useDownload(task, mailbox);

  async function save(shown: ShownAttachment) {
    const { attachment } = shown;
    const name = truncateName(displayFileName(attachment.name, t`Attachment`));
    try {
      const blob = await download.mutateAsync(shown);
      const ending = attachment.kind === 'item' ? itemType(blob.type) : undefined;
      const isNamed = ending === undefined || fileExtension(attachment.name) === ending;
      saveAs(blob, safeFileName(isNamed ? attachment.name : `${attachment.name}.${ending}`, 'attachment'));
      announce(t`Downloaded ${name}`);
    } catch {
      toasts.show({ text: t`${name} could not be downloaded. Check the network, then try again.`, kind: 'error' });
    }
  }
  return { save: (shown: ShownAttachment) => void save(shown), isBusy: download.isPending };
}

/** The address is let go of once the browser has begun: until then it holds the bytes. */
function saveAs(blob: Blob, name: string): void {
  // Whatever its type says, it is saved and not shown.
  const url = URL.createObjectURL(blob.slice(0, blob.size, 'application/octet-stream'));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
