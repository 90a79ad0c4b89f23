import { queryOptions, useQuery } from '@tanstack/react-query';
import type { AttachmentClient, MailboxUsage } from '../../api/attachments/attachmentClient.ts';
import type { FailureKind } from '../../domain/failureKind.ts';
import type { Mailbox } from '../../domain/task/task.ts';
import { useDeps } from '../dataProvider.tsx';
import { useOutboxOps } from '../outbox/usePendingChanges.ts';
import { attachmentQueries } from '../queries.ts';
import { queryFailure } from '../queryFailure.ts';

export type { MailboxUsage };

/** Read again whenever another number of changes waits. */
const usageQuery = (attaching: () => Promise<AttachmentClient>, waiting: number) =>
  queryOptions({
    queryKey: [...attachmentQueries.all, 'usage', waiting] as const,
    queryFn: async () => (await attaching()).usage(),
    placeholderData: (before: MailboxUsage | undefined) => before,
    gcTime: 0,
  });

/** What the own mailbox keeps, and how much it may keep. For services with endpoints of our own. */
export function useMailboxUsage(): { usage: MailboxUsage | undefined; failure: FailureKind | null; retry: () => void } {
  const { attachmentClient } = useDeps();
  const { data, error, refetch } = useQuery(usageQuery(attachmentClient, useOutboxOps().length));
  return { usage: data, failure: queryFailure({ error, data }), retry: () => void refetch() };
}

/**
 * Bytes used (with files that wait on this device) and allowed in the own mailbox; null where unknown. What has arrived
 * of a file that is being sent counts twice, so the free space is never overstated.
 */
export function useStorageQuota(mailbox: Mailbox = 'me'): { used: number; limit: number } | null {
  const { attachmentClient, extras } = useDeps();
  const sizes = useOutboxOps().flatMap(({ change }) =>
    change.kind === 'addAttachment' && change.mailbox === 'me' && change.draft.kind === 'file'
      ? [change.draft.size]
      : [],
  );
  const isTold = extras !== null && mailbox === 'me';
  const { data } = useQuery({ ...usageQuery(attachmentClient, sizes.length), enabled: isTold });
  if (!isTold || data === undefined) return null;
  return { used: data.used + sizes.reduce((sum, size) => sum + size, 0), limit: data.limit };
}
