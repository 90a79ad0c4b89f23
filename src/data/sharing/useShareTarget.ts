import { sharedIdPrefix } from '../../domain/changes/change.ts';
import type { TaskPatch } from '../../domain/task/task.ts';
import { shareStore, type StoredShare } from '../../sync/storage/shareStore.ts';
import type { Outbox } from '../../sync/outbox/outbox.ts';
import type { Commands, AttachmentInput } from '../../sync/commands/commands.ts';
import { useDeps, useSyncEngine } from '../dataProvider.tsx';
import type { SyncEngine } from '../engine/syncEngine.ts';

export type { StoredShare } from '../../sync/storage/shareStore.ts';

/** What was shared with the app under this id; undefined when it has become a task already. Rejects when the device refuses. */
export const readShare = (id: string): Promise<StoredShare | undefined> => shareStore.read(id);

/** Everything that was shared and not answered. Rejects when the device refuses. */
export const readAllShares = (): Promise<readonly StoredShare[]> => shareStore.all();

/** Discarded: nothing of it is kept. */
export const deleteShare = (id: string): Promise<void> => shareStore.remove(id);

/** Keeps it again, after it was discarded. */
export const saveShare = (share: StoredShare): Promise<void> => shareStore.put(share);

/** A task to be made of what was shared, and what is to be attached to it. */
export type SharedTaskInput = { patch: TaskPatch & { subject: string }; drafts: readonly AttachmentInput[] };

type Input = {
  outbox: Outbox;
  actions: Pick<Commands, 'createTask' | 'addAttachment'>;
  ports: Pick<SyncEngine['ports'], 'withLock'>;
};

/**
 * Makes what was shared into tasks of one's own folder, and forgets it once all of it is saved on this device. The ids are
 * made of the share's, so that what is broken off, or done in two tabs at once, goes on where it stands and adds nothing
 * twice. Resolves with the ids of the tasks; rejects with StorageError when the device refuses, and then keeps the share.
 */
export function createAddShare({ outbox, actions, ports }: Input) {
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
        if (!isAdded(id)) await actions.createTask('me', { folderId, patch, id });
        const task = { id, folderId, subject: patch.subject };
        for (const [part, draft] of drafts.entries()) {
          const attachmentId = `${id}-${part}`;
          if (!isAdded(attachmentId)) await actions.addAttachment('me', { task, draft, id: attachmentId });
        }
      }
      await shareStore.remove(share.id);
      return ids;
    });
}

export function useAddShare() {
  const { outbox } = useDeps();
  const { commands: actions, ports } = useSyncEngine();
  return createAddShare({ outbox, actions, ports });
}
