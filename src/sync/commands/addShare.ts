import { sharedIdPrefix } from '../../domain/changes/change.ts';
import type { TaskPatch } from '../../domain/task/task.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Ports } from '../platform/ports.ts';
import { shareStore, type StoredShare } from '../storage/shareStore.ts';
import type { AttachmentInput, Commands } from './commands.ts';

/** A task to be made of what was shared, and what is to be attached to it. */
export type SharedTaskInput = { patch: TaskPatch & { subject: string }; drafts: readonly AttachmentInput[] };

type Input = {
  outbox: Outbox;
  commands: Pick<Commands, 'createTask' | 'addAttachment'>;
  ports: Pick<Ports, 'withLock'>;
};

/**
 * Makes what was shared into tasks of one's own folder, and forgets it once all of it is saved on this device. The ids are
 * made of the share's, so that what is broken off, or done in two tabs at once, goes on where it stands and adds nothing
 * twice. Resolves with the ids of the tasks; rejects with StorageError when the device refuses, and then keeps the share.
 */
export function createAddShare({ outbox, commands, ports }: Input) {
  return (share: StoredShare, folderId: string, tasks: readonly SharedTaskInput[]): Promise<readonly string[]> =>
    ports.withLock(`threefold:share:${share.id}`, async () => {
      const ids = tasks.map((_, at) => `${sharedIdPrefix}${share.id}-${at}`);
      if ((await shareStore.read(share.id)) === undefined) return ids;
      await shareStore.put({ ...share, to: folderId });
      // What another tab has added meanwhile is known to be.
      outbox.state.show(await outbox.state.read());
      const isAdded = (id: string) => outbox.resolve(id) !== id || outbox.ops().some(({ change }) => change.id === id);
      for (const [at, { patch, drafts }] of tasks.entries()) {
        const id = ids[at] ?? '';
        if (!isAdded(id)) await commands.createTask('me', { folderId, patch, id });
        const task = { id, folderId, subject: patch.subject };
        for (const [part, draft] of drafts.entries()) {
          const attachmentId = `${id}-${part}`;
          if (!isAdded(attachmentId)) await commands.addAttachment('me', { task, draft, id: attachmentId });
        }
      }
      await shareStore.remove(share.id);
      return ids;
    });
}
