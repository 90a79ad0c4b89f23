import { queryOptions } from '@tanstack/react-query';
import type { AttachmentClient } from '../../api/attachments/attachmentClient.ts';
import type { Place } from '../../domain/task/task.ts';
import { attachmentQueries } from '../queries.ts';

/**
 * Contents of attachments. They never change, so they stay cached while in use and a while after. Apart from the list
 * queries, as the first screen does not need them.
 */
export const contentQueries = {
  content: (attaching: () => Promise<AttachmentClient>, { mailbox, id }: Place, attachmentId: string) =>
    queryOptions({
      queryKey: [...attachmentQueries.all, mailbox, id, attachmentId, 'content'] as const,
      queryFn: async ({ signal }) => (await attaching()).downloadAttachment({ mailbox, id }, attachmentId, { signal }),
      staleTime: Infinity,
      gcTime: 120_000,
    }),
  item: (attaching: () => Promise<AttachmentClient>, { mailbox, id }: Place, attachmentId: string, zone: string) =>
    queryOptions({
      queryKey: [...attachmentQueries.all, mailbox, id, attachmentId, 'item', zone] as const,
      queryFn: async ({ signal }) => (await attaching()).attachedItem({ mailbox, id }, attachmentId, zone, signal),
      staleTime: Infinity,
    }),
  /** Of a file that waits on this device. */
  here: (attachmentId: string, content: (() => Promise<Blob | undefined>) | null) =>
    queryOptions({
      queryKey: [...attachmentQueries.all, 'here', attachmentId] as const,
      queryFn: async () => (await content?.()) ?? null,
      staleTime: Infinity,
      gcTime: 0,
    }),
};
