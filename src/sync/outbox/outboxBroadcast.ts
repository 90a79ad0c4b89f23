import { StorageError } from '../storage/accountStore.ts';
import type { StorageErrorKind } from '../storage/accountStore.ts';
import type { Op } from '../storage/op.ts';
import type { ServerResult } from '../storage/serverResult.ts';
import type { Channel } from '../platform/ports.ts';

/** Messages between tabs. `removed`: the ids of ops that are no longer there. */
export type TabMessage =
  | { kind: 'ops'; removed?: readonly string[] }
  | { kind: 'effect'; effect: ServerResult; others?: readonly ServerResult[]; removed?: readonly string[] }
  | { kind: 'progress'; opId: string; share: number }
  | { kind: 'cancelled'; opId: string; ops: readonly Op[] };

type Handlers = {
  onProgress: (opId: string, share: number) => void;
  onCancelled: (opId: string, ops: readonly Op[]) => void;
  read: () => Promise<readonly Op[]>;
  /** Another tab's ops and server results, shown in one turn, and the ids of ops that were said to be removed. */
  onRead: (ops: readonly Op[], results: readonly ServerResult[], removed: readonly string[]) => void;
  onStorageError: (kind: StorageErrorKind) => void;
};

/** Follows other tabs' changes to the outbox. Returns how to stop. */
export function followOtherTabs(channel: Channel, handlers: Handlers): () => void {
  const received: ServerResult[] = [];
  const removed: string[] = [];
  let isReading = false;
  let isStale = false;

  async function catchUp() {
    isStale = true;
    if (isReading) return;
    isReading = true;
    try {
      while (isStale) {
        isStale = false;
        const ops = await handlers.read();
        handlers.onRead(ops, received.splice(0), removed.splice(0));
      }
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
      handlers.onStorageError(error.kind);
    } finally {
      isReading = false;
    }
  }

  return channel.onMessage((message) => {
    if (!isTabMessage(message)) return;
    if (message.kind === 'progress') {
      handlers.onProgress(message.opId, message.share);
      return;
    }
    if (message.kind === 'cancelled') handlers.onCancelled(message.opId, message.ops);
    if (message.kind === 'effect') received.push(message.effect, ...(message.others ?? []));
    if ('removed' in message) removed.push(...message.removed);
    void catchUp();
  });
}

const kinds: readonly unknown[] = ['ops', 'effect', 'progress', 'cancelled'];

/** A tab with another version of the app may post messages this one does not know. */
function isTabMessage(message: unknown): message is TabMessage {
  if (typeof message !== 'object' || message === null || !('kind' in message)) return false;
  return kinds.includes(message.kind) && (message.kind !== 'effect' || 'effect' in message);
}
