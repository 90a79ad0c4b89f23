import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type { AttachmentInput } from '../../../../data/attachments/useAttachments.ts';
import { attachmentInputsOfFile } from '../../../../data/attachments/itemFileDrafts.ts';
import { useTimeZone } from '../../../../data/account/useTimeZone.ts';
import { useStorageQuota } from '../../../../data/account/useStorageQuota.ts';
import { useTaskCommands } from '../../../../data/tasks/useTaskCommands.ts';
import { displayFileName } from '../../../../domain/task/fileName.ts';
import { maxFileSize } from '../../../../domain/task/attachment.ts';
import type { Mailbox, Task } from '../../../../domain/task/task.ts';
import { announce } from '../../../../ui/feedback/liveRegion.ts';
import { truncateName } from '../../../../ui/labels/truncateName.ts';
import { toasts } from '../../../../ui/feedback/toast.tsx';
import type { DroppedItems } from '../../../../ui/browser/fileDrop.ts';

/** A file that could not be attached: too large, over the mailbox's quota, a folder, or not storable on this device. */
export type RejectedFile = { key: number; name: string; size: number; reason: 'size' | 'quota' | 'folder' | 'device' };

let lastKey = 0;

/** Attaches files and drafts. Rejected files are listed until they are dismissed. */
export function useAddFiles(task: Task, mailbox: Mailbox) {
  const { t } = useLingui();
  const { zone } = useTimeZone();
  const quota = useStorageQuota(mailbox);
  const { save } = useTaskCommands(mailbox);
  const [rejectedFiles, setRejectedFiles] = useState<readonly RejectedFile[]>([]);

  function reject(name: string, size: number, reason: RejectedFile['reason']) {
    lastKey += 1;
    const rejected = { key: lastKey, name, size, reason };
    setRejectedFiles((before) => [...before, rejected]);
  }

  /** Resolves to whether this device stores it until it is uploaded. */
  async function addDraft(draft: AttachmentInput, size = 0): Promise<boolean> {
    try {
      await save({ kind: 'addAttachment', task, draft });
      return true;
    } catch {
      // The outbox reports what is wrong with this device.
      reject(draft.name, size, 'device');
      return false;
    }
  }

  async function addFiles({ files, folders }: Pick<DroppedItems, 'files' | 'folders'>): Promise<void> {
    const left = quota === null ? Infinity : quota.limit - quota.used;
    let total = 0;
    let count = 0;
    for (const folder of folders) reject(displayFileName(folder, t`Folder`), 0, 'folder');
    for (const file of files) {
      const name = displayFileName(file.name, t`File`);
      if (file.size > maxFileSize) reject(name, file.size, 'size');
      else if (total + file.size > left) reject(name, file.size, 'quota');
      else {
        total += file.size;
        for (const draft of await draftsOf(file, name)) count += (await addDraft(draft, file.size)) ? 1 : 0;
      }
    }
    if (count > 0) announce(t`${plural(count, { one: 'Attached # item', other: 'Attached # items' })}`);
    if (count < files.length) announce(t`Not everything could be attached`, 'assertive');
  }

  /** Files of messages, events and contacts become items, unless an item would lose content. */
  async function draftsOf(file: File, name: string): Promise<readonly AttachmentInput[]> {
    const { drafts, keptAsFile } = await attachmentInputsOfFile(file, zone);
    const short = truncateName(name);
    if (keptAsFile === 'holdsMore') {
      toasts.show({ text: t`${short} is attached as a file: an item could not hold all that is in it` });
    }
    if (keptAsFile === 'unreadable') toasts.show({ text: t`${short} is attached as a file: it could not be read` });
    return drafts;
  }

  return {
    rejectedFiles,
    dismiss: (key: number) => setRejectedFiles((before) => before.filter((one) => one.key !== key)),
    addFiles,
    addDraft,
    quota,
  };
}
