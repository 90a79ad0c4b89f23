import { queryOptions, useQuery } from '@tanstack/react-query';
import type { AttachmentClient, AttachmentQuota } from '../../api/attachments/attachmentClient.ts';
import type { Mailbox } from '../../domain/task/task.ts';
import { useDeps } from '../dataProvider.tsx';
import { useOutboxOps } from '../outbox/usePendingChanges.ts';
import { attachmentQueries } from '../queries.ts';

/** Read again when one more of the waiting files has arrived. */
const room = (attaching: () => Promise<AttachmentClient>, waiting: number) =>
  queryOptions({
    queryKey: [...attachmentQueries.all, 'room', waiting] as const,
    queryFn: async () => (await attaching()).room(),
    placeholderData: (before: AttachmentQuota | undefined) => before,
    gcTime: 0,
  });

/**
 * What one's own mailbox holds in bytes, with what waits on this device, and what it may hold; null where the service does
 * not say, for a mailbox of somebody else, and before it was ever read. The service counts a file from the beginning of its
 * upload, so while one is on its way there seems to be less room than there is, never more.
 */
export function useStorageQuota(mailbox: Mailbox = 'me'): { used: number; limit: number } | null {
  const { attachmentClient, extras } = useDeps();
  const sizes = useOutboxOps().flatMap(({ change }) =>
    change.kind === 'addAttachment' && change.mailbox === 'me' && change.draft.kind === 'file'
      ? [change.draft.size]
      : [],
  );
  const isTold = extras !== null && mailbox === 'me';
  const { data } = useQuery({ ...room(attachmentClient, sizes.length), enabled: isTold });
  if (!isTold || data === undefined) return null;
  return { used: data.used + sizes.reduce((sum, size) => sum + size, 0), limit: data.limit };
}
