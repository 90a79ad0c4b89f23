import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useAddAttachment, type Draft } from '../../../../data/attachments/useAttachments.ts';
import { draftsOfFile } from '../../../../data/attachments/itemFileDrafts.ts';
import { useZone } from '../../../../data/account/useTimeZone.ts';
import { useRoom } from '../../../../data/account/useStorageQuota.ts';
import { shownFileName } from '../../../../domain/task/fileName.ts';
import { maxFileSize } from '../../../../domain/task/attachment.ts';
import type { Place, Task } from '../../../../domain/task/task.ts';
import { announce } from '../../../../ui/feedback/liveRegion.ts';
import { nameInWords } from '../../../../ui/labels/truncateName.ts';
import { toasts } from '../../../../ui/feedback/toast.tsx';
import type { Dropped } from '../../../../ui/browser/fileDrop.ts';

/** What could not be attached, and why: too large, no room in the mailbox, a folder, or no room on this device. */
export type Refusal = { key: number; name: string; size: number; why: 'size' | 'room' | 'folder' | 'device' };

let lastKey = 0;

/** Attaches what a person gives, all of it that can be; what cannot is kept to be shown until it is put away. */
export function useAdding(task: Task, mailbox: Place['mailbox']) {
  const { t } = useLingui();
  const { zone } = useZone();
  const room = useRoom(mailbox);
  const adding = useAddAttachment(mailbox);
  const [refusals, setRefusals] = useState<readonly Refusal[]>([]);

  function refuse(name: string, size: number, why: Refusal['why']) {
    lastKey += 1;
    const refusal = { key: lastKey, name, size, why };
    setRefusals((before) => [...before, refusal]);
  }

  /** Whether this device keeps it until it has arrived. */
  async function put(draft: Draft, size = 0): Promise<boolean> {
    try {
      await adding.mutateAsync({ task, draft });
      return true;
    } catch {
      // The outbox says what is wrong with this device; here stands what was not kept.
      refuse(draft.name, size, 'device');
      return false;
    }
  }

  async function addFiles({ files, folders }: Pick<Dropped, 'files' | 'folders'>): Promise<void> {
    const left = room === null ? Infinity : room.limit - room.used;
    let taken = 0;
    let count = 0;
    for (const folder of folders) refuse(shownFileName(folder, t`Folder`), 0, 'folder');
    for (const file of files) {
      const name = shownFileName(file.name, t`File`);
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
  async function draftsOf(file: File, name: string): Promise<readonly Draft[]> {
    const { drafts, keptAsFile } = await draftsOfFile(file, zone);
    const short = nameInWords(name);
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
