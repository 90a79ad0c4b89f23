import type { AttachmentDraft } from '../../domain/changes/change.ts';
import type { NewAttachment } from '../../domain/task/attachment.ts';
import { cutFileName } from '../../domain/task/fileName.ts';
import type { Mailbox, Task } from '../../domain/task/task.ts';
import type { CommandRecorder } from './commandRecorder.ts';

/** What a person attaches: a file with its content, or something that is all in its words. */
export type AttachmentInput = NewFile | Exclude<NewAttachment, { kind: 'file' }>;
export type NewFile = {
  kind: 'file';
  name: string;
  content: Blob;
  contentType?: string | null;
  isInline?: boolean;
  /** How an HTML body names an inline picture. */
  contentId?: string | null;
};

function fileOf(file: Omit<NewFile, 'content'>, content: Blob, blobKey: string): AttachmentDraft {
  const { kind, name, contentType = content.type === '' ? null : content.type, isInline = false } = file;
  const marks = { contentId: file.contentId ?? null, contentLocation: null };
  return { kind, name: cutFileName(name), contentType, isInline, ...marks, size: content.size, blobKey };
}

/** Commands on the attachments of a task. */
export function createAttachmentCommands({ add, newLocalId }: CommandRecorder, newBlobKey: () => string) {
  return {
    /** Seen at once; the file is kept on this device until it has arrived. Resolves with the change's id. */
    addAttachment: async (
      mailbox: Mailbox,
      {
        task,
        draft,
        id = newLocalId(),
      }: { task: Pick<Task, 'id' | 'folderId' | 'subject'>; draft: AttachmentInput; id?: string },
    ) => {
      const { id: taskId, folderId, subject } = task;
      const about = { mailbox, id, taskId, folderId, subject };
      if (draft.kind !== 'file') return add({ kind: 'addAttachment', ...about, draft });
      const { content, ...file } = draft;
      return add({ kind: 'addAttachment', ...about, draft: fileOf(file, content, newBlobKey()) }, null, content);
    },
    /** Gone at once, sent after eight seconds. */
    removeAttachment: (mailbox: Mailbox, { task, id, name }: { task: Task; id: string; name: string }) =>
      add({
        kind: 'removeAttachment',
        mailbox,
        id,
        taskId: task.id,
        folderId: task.folderId,
        name,
        subject: task.subject,
      }),
  };
}
