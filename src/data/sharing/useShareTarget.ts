import { sharePrefix } from '../../domain/changes/change.ts';
import type { TaskPatch } from '../../domain/task/task.ts';
import { shares, type Share } from '../../sync/storage/shareStore.ts';
import type { Outbox } from '../../sync/outbox/outbox.ts';
import type { Actions, Draft } from '../../sync/commands/commands.ts';
import { useDeps, useEngine } from '../dataProvider.tsx';
import type { Engine } from '../engine/syncEngine.ts';

export type { Share } from '../../sync/storage/shareStore.ts';

/** What was shared with the app under this id; undefined when it has become a task already. Rejects when the device refuses. */
export const readShare = (id: string): Promise<Share | undefined> => shares.read(id);

/** Everything that was shared and not answered. Rejects when the device refuses. */
export const readShares = (): Promise<readonly Share[]> => shares.all();

/** Discarded: nothing of it is kept. */
export const forgetShare = (id: string): Promise<void> => shares.remove(id);

/** Keeps it again, after it was discarded. */
export const keepShare = (share: Share): Promise<void> => shares.put(share);

/** A task to be made of what was shared, and what is to be attached to it. */
export type SharedTask = { patch: TaskPatch & { subject: string }; drafts: readonly Draft[] };

type Input = {
  outbox: Outbox;
  actions: Pick<Actions, 'createTask' | 'addAttachment'>;
  ports: Pick<Engine['ports'], 'withLock'>;
};

/**
 * Makes what was shared into tasks of one's own folder, and forgets it once all of it is saved on this device. The ids are
 * made of the share's, so that what is broken off, or done in two tabs at once, goes on where it stands and adds nothing
 * twice. Resolves with the ids of the tasks; rejects with StorageError when the device refuses, and then keeps the share.
 */
export function createAddShare({ outbox, actions, ports }: Input) {
  return (share: Share, folderId: string, tasks: readonly SharedTask[]): Promise<readonly string[]> =>
    ports.withLock(`threefold:share:${share.id}`, async () => {
      const ids = tasks.map((_, at) => `${sharePrefix}${share.id}-${at}`);
      if ((await shares.read(share.id)) === undefined) return ids;
      await shares.put({ ...share, to: folderId });
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
      await shares.remove(share.id);
      return ids;
    });
}

export function useAddShare() {
  const { outbox } = useDeps();
  const { actions, ports } = useEngine();
  return createAddShare({ outbox, actions, ports });
}
