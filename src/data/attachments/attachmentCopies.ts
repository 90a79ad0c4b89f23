import type { QueryClient } from '@tanstack/react-query';
import type { AttachmentClient } from '../../api/attachments/attachmentClient.ts';
import { ApiError } from '../../api/apiError.ts';
import type { Attachment } from '../../domain/task/attachment.ts';
import { isLocalId } from '../../domain/changes/change.ts';
import type { Mailbox, Place, Task } from '../../domain/task/task.ts';
import { canonicalZone } from '../../domain/time/time.ts';
import type { AttachmentInput } from '../../sync/commands/commands.ts';
import type { SyncEngine } from '../../sync/engine/syncEngine.ts';
import type { Outbox } from '../../sync/outbox/outbox.ts';
import { StorageError } from '../../sync/storage/accountStore.ts';
import { attachmentQueries } from '../queries.ts';
import { fetchCached } from '../queryBridge.ts';
import { contentQueries } from './contentQueries.ts';

/** The result of copying attachments: the names of those that were not copied, and whether the server could be asked. */
export type CopiedAttachments = { isKnown: boolean; left: readonly string[] };

/** The attachments of tasks that are copied, as far as they are copied, until they are taken back. */
export type AttachmentCopies = {
  /**
   * Copies attachments by fetching and attaching each, as no server can copy. Names those that could not be fetched or
   * stored; never rejects for network and storage errors. Ends at once when they are taken back.
   */
  copy: (from: Task, to: Pick<Task, 'id' | 'folderId' | 'subject'>) => Promise<CopiedAttachments>;
  /** Copies nothing more, and removes the copies that have not arrived. Rejects with StorageError. */
  takeBack: () => Promise<void>;
  isTakenBack: () => boolean;
};

type Input = {
  mailbox: Mailbox;
  attaching: () => Promise<AttachmentClient>;
  client: QueryClient;
  outbox: Pick<Outbox, 'resolve' | 'cancelUploads'>;
  engine: Pick<SyncEngine, 'commands' | 'zone'>;
};

export function createAttachmentCopies({ mailbox, attaching, client, outbox, engine }: Input): AttachmentCopies {
  const { commands, zone } = engine;
  const takenBack = new AbortController();
  /** The changes that attach copies, those that are being stored included. */
  const adding: Promise<string>[] = [];

  async function draftOf(place: Place, attachment: Attachment): Promise<AttachmentInput> {
    const { kind, name, isInline } = attachment;
    if (kind === 'file') {
      const content = await fetchCached(client, contentQueries.content(attaching, place, attachment.id));
      const { contentType, contentId } = attachment;
      return { kind, name, content, contentType, isInline, contentId };
    }
    if (kind === 'item') {
      const inZone = canonicalZone(zone.current()) ?? 'UTC';
      const item = await fetchCached(client, contentQueries.item(attaching, place, attachment.id, inZone));
      return { kind, name, isInline, item };
    }
    const { sourceUrl, providerType, thumbnailUrl, previewUrl, permission, isFolder } = attachment;
    return { kind, name, isInline, sourceUrl, providerType, thumbnailUrl, previewUrl, permission, isFolder };
  }

  /** A download goes on by itself: nobody waits for it any more. Undefined when the copies were taken back. */
  function unlessTakenBack<T>(work: Promise<T>): Promise<T | undefined> {
    const { signal } = takenBack;
    if (signal.aborted) return Promise.resolve(undefined);
    const stop = new Promise<undefined>((resolve) => signal.addEventListener('abort', () => resolve(undefined)));
    return Promise.race([work, stop]);
  }

  return {
    async copy(from, to) {
      const place = { mailbox, id: outbox.resolve(from.id) };
      // Asked for also where the row shows none: one that was just attached elsewhere may not have been pulled yet.
      if (isLocalId(place.id) || takenBack.signal.aborted) return { isKnown: true, left: [] };
      let all: readonly Attachment[];
      try {
        all = (await unlessTakenBack(fetchCached(client, attachmentQueries.list(attaching, place)))) ?? [];
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        return { isKnown: false, left: [] };
      }
      const left: string[] = [];
      for (const attachment of all) {
        if (takenBack.signal.aborted) break;
        try {
          const draft = await unlessTakenBack(draftOf(place, attachment));
          if (draft === undefined || takenBack.signal.aborted) break;
          const change = commands.addAttachment(mailbox, { task: to, draft });
          adding.push(change);
          await change;
        } catch (error) {
          if (!(error instanceof ApiError) && !(error instanceof StorageError)) throw error;
          left.push(attachment.name);
        }
      }
      return { isKnown: true, left };
    },
    async takeBack() {
      takenBack.abort();
      const stored = await Promise.allSettled(adding);
      await outbox.cancelUploads(stored.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : [])));
    },
    isTakenBack: () => takenBack.signal.aborted,
  };
}
