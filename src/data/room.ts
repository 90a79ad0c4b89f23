import { useQuery } from '@tanstack/react-query';
import type { Place } from '../domain/task.ts';
import { useDeps } from './deps.tsx';
import { useOps } from './pending.ts';
import { roomQueries } from './queries.ts';

/**
 * What one's own mailbox holds in bytes, with what waits on this device, and what it may hold; null where the service does
 * not say, or for a mailbox of somebody else.
 */
export function useRoom(mailbox: Place['mailbox'] = 'me'): { used: number; limit: number } | null {
  const { extras } = useDeps();
  const ops = useOps();
  const { data } = useQuery(roomQueries.own(extras));
  if (mailbox !== 'me' || data === undefined || data === null) return null;
  let waiting = 0;
  for (const { change } of ops) {
    if (change.kind !== 'addAttachment' || change.mailbox !== 'me' || change.draft.kind !== 'file') continue;
    waiting += change.draft.size;
  }
  return { used: data.used + waiting, limit: data.limit };
}
