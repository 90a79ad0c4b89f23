import { useQuery } from '@tanstack/react-query';
import type { Place } from '../domain/task.ts';
import { useDeps } from './deps.tsx';
import { useOps } from './pending.ts';
import { attachmentQueries } from './queries.ts';

/**
 * What one's own mailbox holds in bytes, with what waits on this device, and what it may hold; null where the service does
 * not say, for a mailbox of somebody else, and before it was ever read. The service counts a file from the beginning of its
 * upload, so while one is on its way there seems to be less room than there is, never more.
 */
export function useRoom(mailbox: Place['mailbox'] = 'me'): { used: number; limit: number } | null {
  const { extras } = useDeps();
  const sizes = useOps().flatMap(({ change }) =>
    change.kind === 'addAttachment' && change.mailbox === 'me' && change.draft.kind === 'file'
      ? [change.draft.size]
      : [],
  );
  // Read again when one more has arrived.
  const { data } = useQuery({
    queryKey: [...attachmentQueries.all, 'room', sizes.length] as const,
    queryFn: () => extras?.room() ?? null,
    enabled: extras !== null && mailbox === 'me',
    placeholderData: (before) => before,
    gcTime: 0,
  });
  if (mailbox !== 'me' || data === undefined || data === null) return null;
  return { used: data.used + sizes.reduce((sum, size) => sum + size, 0), limit: data.limit };
}
