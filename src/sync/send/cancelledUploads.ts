import type { Outbox } from '../outbox/outbox.ts';
import type { Op } from '../storage/op.ts';
import type { ServerResult } from '../storage/serverResult.ts';

/** Uploads that the person cancels while they are sent, as they may take long. */
export type CancelledUploads = {
  /** Follows an op while it is being sent: the signal fires when the person cancels it. Call `close` at the end. */
  follow: (op: Op) => { signal: AbortSignal; close: () => void };
  /** Whether the op is an upload that the outbox no longer holds; ask before settling it. */
  includes: (op: Op) => boolean;
  /** For an upload that arrived while it was cancelled: removes the attachment again. */
  removeFromServer: (op: Op, effect: ServerResult) => Promise<void>;
  /** Aborts the ops that the outbox no longer holds. */
  abort: () => void;
};

export function createCancelledUploads(outbox: Pick<Outbox, 'ops' | 'add'>): CancelledUploads {
  /** By op id. */
  const controllers = new Map<string, AbortController>();
  return {
    follow(op) {
      const controller = new AbortController();
      controllers.set(op.id, controller);
      return { signal: controller.signal, close: () => controllers.delete(op.id) };
    },
    includes: (op) => op.change.kind === 'addAttachment' && !outbox.ops().some(({ id }) => id === op.id),
    async removeFromServer(op, effect) {
      const [made] = effect.ids;
      if (made === undefined || op.change.kind !== 'addAttachment') return;
      const { mailbox, taskId, folderId, draft, subject } = op.change;
      await outbox.add({
        kind: 'removeAttachment',
        mailbox,
        id: made[1],
        taskId,
        folderId,
        name: draft.name,
        subject,
      });
    },
    abort() {
      if (controllers.size === 0) return;
      const there = new Set(outbox.ops().map(({ id }) => id));
      for (const [id, controller] of controllers) if (!there.has(id)) controller.abort();
    },
  };
}
