import { queryOptions, useQuery } from '@tanstack/react-query';
import type { AttachmentClient, AttachmentQuota } from '../../api/attachments/attachmentClient.ts';
import type { Mailbox } from '../../domain/task/task.ts';
import { useDeps } from '../dataProvider.tsx';
import { useOutboxOps } from '../outbox/usePendingChanges.ts';
import { attachmentQueries } from '../queries.ts';

/** Read again whenever a waiting file has been uploaded. */
const room = (attaching: () => Promise<AttachmentClient>, waiting: number) =>
  queryOptions({
    queryKey: [...attachmentQueries.all, 'room', waiting] as const,
    queryFn: async () => (await attaching()).room(),
    placeholderData: (before: AttachmentQuota | undefined) => before,
    gcTime: 0,
  });

/**
 * Bytes used (with files that wait on this device) and allowed in the own mailbox; null where unknown. The service
 * counts a file from the start of its upload, so the free space is never overstated.
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
