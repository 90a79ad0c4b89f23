import { useQueryClient } from '@tanstack/react-query';
import type { Attachment } from '../../domain/task/attachment.ts';
import { isLocalId } from '../../domain/changes/change.ts';
import type { Mailbox, Place, Task } from '../../domain/task/task.ts';
import { canonicalZone } from '../../domain/time/time.ts';
import type { AttachmentInput } from '../../sync/commands/commands.ts';
import { ApiError } from '../../api/apiError.ts';
import { contentQueries } from './contentQueries.ts';
import { useDeps, useSyncEngine } from '../dataProvider.tsx';
import { attachmentQueries } from '../queries.ts';
import { fetchCached } from '../queryBridge.ts';

/** The result of copying attachments: the names of those that were not copied, and whether the server could be asked. */
export type CopiedAttachments = { isKnown: boolean; left: readonly string[] };

/**
 * Copies attachments by fetching and attaching each, as no server can copy. Names those that could not be fetched;
 * never rejects for network errors.
 */
export function useCopyAttachments(mailbox: Mailbox = 'me') {
  const { attachmentClient, outbox } = useDeps();
  const client = useQueryClient();
  const { commands, zone } = useSyncEngine();

  async function draftOf(place: Place, attachment: Attachment): Promise<AttachmentInput> {
    const { kind, name, isInline } = attachment;
    if (kind === 'file') {
      const content = await fetchCached(client, contentQueries.content(attachmentClient, place, attachment.id));
      const { contentType, contentId } = attachment;
      return { kind, name, content, contentType, isInline, contentId };
    }
    if (kind === 'item') {
      const inZone = canonicalZone(zone.current()) ?? 'UTC';
      const item = await fetchCached(client, contentQueries.item(attachmentClient, place, attachment.id, inZone));
      return { kind, name, isInline, item };
    }
    const { sourceUrl, providerType, thumbnailUrl, previewUrl, permission, isFolder } = attachment;
    return { kind, name, isInline, sourceUrl, providerType, thumbnailUrl, previewUrl, permission, isFolder };
  }

  return async (from: Task, to: Pick<Task, 'id' | 'folderId' | 'subject'>): Promise<CopiedAttachments> => {
    const place = { mailbox, id: outbox.resolve(from.id) };
    // Asked for also where the row shows none: one that was just attached elsewhere may not have been pulled yet.
    if (isLocalId(place.id)) return { isKnown: true, left: [] };
    let all: readonly Attachment[];
    try {
      all = await fetchCached(client, attachmentQueries.list(attachmentClient, place));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return { isKnown: false, left: [] };
    }
    const left: string[] = [];
    for (const attachment of all) {
      try {
        await commands.addAttachment(mailbox, { task: to, draft: await draftOf(place, attachment) });
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        left.push(attachment.name);
      }
    }
    return { isKnown: true, left };
  };
}
