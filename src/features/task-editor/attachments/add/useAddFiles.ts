import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useAddAttachment, type AttachmentInput } from '../../../../data/attachments/useAttachments.ts';
import { attachmentInputsOfFile } from '../../../../data/attachments/itemFileDrafts.ts';
import { useTimeZone } from '../../../../data/account/useTimeZone.ts';
import { useStorageQuota } from '../../../../data/account/useStorageQuota.ts';
import { displayFileName } from '../../../../domain/task/fileName.ts';
import { maxFileSize } from '../../../../domain/task/attachment.ts';
import type { Mailbox, Task } from '../../../../domain/task/task.ts';
import { announce } from '../../../../ui/feedback/liveRegion.ts';
import { truncateName } from '../../../../ui/labels/truncateName.ts';
import { toasts } from '../../../../ui/feedback/toast.tsx';
import type { DroppedItems } from '../../../../ui/browser/fileDrop.ts';

/** What could not be attached, and why: too large, no room in the mailbox, a folder, or no room on this device. */
export type RejectedFile = { key: number; name: string; size: number; why: 'size' | 'room' | 'folder' | 'device' };

let lastKey = 0;

/** Attaches what a person gives, all of it that can be; what cannot is kept to be shown until it is put away. */
export function useAddFiles(task: Task, mailbox: Mailbox) {
  const { t } = useLingui();
  const { zone } = useTimeZone();
  const room = useStorageQuota(mailbox);
  const adding = useAddAttachment(mailbox);
  const [refusals, setRefusals] = useState<readonly RejectedFile[]>([]);

  function refuse(name: string, size: number, why: RejectedFile['why']) {
    lastKey += 1;
    const refusal = { key: lastKey, name, size, why };
    setRefusals((before) => [...before, refusal]);
  }

  /** Whether this device keeps it until it has arrived. */
  async function put(draft: AttachmentInput, size = 0): Promise<boolean> {
    try {
      await adding.mutateAsync({ task, draft });
      return true;
    } catch {
      // The outbox says what is wrong with this device; here stands what was not kept.
      refuse(draft.name, size, 'device');
      return false;
    }
  }

  async function addFiles({ files, folders }: Pick<DroppedItems, 'files' | 'folders'>): Promise<void> {
    const left = room === null ? Infinity : room.limit - room.used;
    let taken = 0;
    let count = 0;
    for (const folder of folders) refuse(displayFileName(folder, t`Folder`), 0, 'folder');
    for (const file of files) {
      const name = displayFileName(file.name, t`File`);
      if (file.size > maxFileSize) refuse(name, file.size, 'size');
      else if (taken + file.size > left) refuse(name, file.size, 'room');
      else {
        taken += file.size;
        for (const draft of await draftsOf(file, name)) count += (await put(draft, file.size)) ? 1 : 0;
      }
    }
    if (count > 0) announce(t`${plural(count, { one: 'Attached # item', other: 'Attached # items' })}`);
    if (count < files.length) announce(t`Not everything could be attached`, 'assertive');
  }

  /** Messages, events and contacts become what they are, if nothing of them is lost by it. */
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
    refusals,
    dismiss: (key: number) => setRefusals((before) => before.filter((one) => one.key !== key)),
    addFiles,
    addDraft: put,
    room,
  };
}
