import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { isLocalId } from '../../domain/changes/change.ts';
import type { FailureKind } from '../../domain/failureKind.ts';
import type { OutlookItem } from '../../domain/task/outlookItem.ts';
import type { Mailbox, Task } from '../../domain/task/task.ts';
import { canonicalZone } from '../../domain/time/time.ts';
import type { ShownAttachment } from './useAttachments.ts';
import { contentQueries } from './contentQueries.ts';
import { useDeps } from '../dataProvider.tsx';
import { fetchCached } from '../queryBridge.ts';
import { queryFailure } from '../queryFailure.ts';
import { useTimeZone } from '../account/useTimeZone.ts';

type Of = { task: Pick<Task, 'id'>; shown: ShownAttachment; mailbox?: Mailbox };

export type AttachmentContent<T> = { content: T | undefined; failure: FailureKind | null; retry: () => void };

/** The bytes of a file: from this device while they wait there, else from the service. Read only while `isWanted`. */
export function useAttachmentContent({ task, shown, mailbox = 'me' }: Of, isWanted: boolean): AttachmentContent<Blob> {
  const { attachmentClient, outbox } = useDeps();
  const { attachment, content } = shown;
  const isHere = content !== null;
  const here = useQuery({ ...contentQueries.here(attachment.id, content), enabled: isWanted && isHere });
  const place = { mailbox, id: outbox.resolve(task.id) };
  const there = useQuery({
    ...contentQueries.content(attachmentClient, place, attachment.id),
    enabled: isWanted && !isHere && !isLocalId(attachment.id),
  });
  const query = isHere ? here : there;
  return {
    content: query.data ?? undefined,
    failure: isWanted ? queryFailure(query) : null,
    retry: () => void query.refetch(),
  };
}

/** The content of an item attachment: from the waiting change, else from the service. */
export function useAttachmentItem({ task, shown, mailbox = 'me' }: Of): AttachmentContent<OutlookItem> {
  const { attachmentClient, outbox } = useDeps();
  const { zone } = useTimeZone();
  const { attachment, item } = shown;
  const place = { mailbox, id: outbox.resolve(task.id) };
  const query = useQuery({
    ...contentQueries.item(attachmentClient, place, attachment.id, canonicalZone(zone) ?? 'UTC'),
    enabled: item === null && !isLocalId(attachment.id),
  });
  return {
    content: item ?? query.data,
    failure: item === null ? queryFailure(query) : null,
    retry: () => void query.refetch(),
  };
}

/** Resolves with the bytes to save; cached content is not fetched again. Rejects with ApiError. */
export function useDownload(task: Pick<Task, 'id'>, mailbox: Mailbox = 'me') {
  const { attachmentClient, outbox } = useDeps();
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ attachment, content }: ShownAttachment): Promise<Blob> => {
      const waiting = await content?.();
      if (waiting !== undefined) return waiting;
      const place = { mailbox, id: outbox.resolve(task.id) };
      const options = contentQueries.content(attachmentClient, place, attachment.id);
      return fetchCached(client, options);
    },
  });
}
