import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState } from 'react';
import type { Mailbox, Task } from '../../domain/task/task.ts';
import type { ReplicaStore } from '../../sync/storage/replicaStore.ts';
import { useSyncEngine } from '../dataProvider.tsx';
import { useOutboxOps } from '../outbox/usePendingChanges.ts';
import { attachmentQueries } from '../queries.ts';

type Asked = Pick<Task, 'id' | 'hasAttachments'>;
type Counts = ReadonlyMap<string, number>;

/** Read again when a waiting upload has settled: it was stored with its change. */
const storedCountsQuery = (store: ReplicaStore, mailbox: Mailbox, waiting: string) =>
  queryOptions({
    queryKey: [...attachmentQueries.all, 'counts', mailbox, waiting] as const,
    queryFn: () => store.attachmentCounts(mailbox),
    placeholderData: (before: Counts | undefined) => before,
    gcTime: 0,
  });

/**
 * How many attachments a task has, with those not yet sent, as far as this device knows; null where it only knows that there
 * are some (docs/decisions/0037-stored-attachment-lists.md).
 */
export function useAttachmentCounts(mailbox: Mailbox): (task: Asked) => number | null {
  const client = useQueryClient();
  const { replicaStore } = useSyncEngine();
  const [read, setRead] = useState<Counts>(new Map());
  const waiting = useWaiting(mailbox);
  const { data: storedCounts } = useQuery(storedCountsQuery(replicaStore, mailbox, waiting.ids));

  useEffect(() => {
    const cache = client.getQueryCache();
    const check = () => {
      const lists = client.getQueriesData({ queryKey: attachmentQueries.all });
      const next = new Map(
        lists.flatMap(([[, of, id], rows]) =>
          of === mailbox && Array.isArray(rows) ? [[String(id), rows.length] as const] : [],
        ),
      );
      setRead((before) => (isSame(before, next) ? before : next));
    };
    check();
    return cache.subscribe(({ type, query }) => {
      // A query starts its subscription during render, when no state may be set.
      const isNews = type === 'updated' || type === 'removed';
      if (isNews && query.queryKey[0] === attachmentQueries.all[0]) check();
    });
  }, [client, mailbox]);

  return useCallback(
    ({ id, hasAttachments }) => {
      const known = read.get(id) ?? storedCounts?.get(id);
      const more = waiting.more.get(id) ?? 0;
      if (!hasAttachments) return Math.max(0, more);
      // An empty list is older than the task, which has attachments.
      return known === undefined || known === 0 ? null : Math.max(0, known + more);
    },
    [read, storedCounts, waiting],
  );
}

/** Unsent attachments by task: how many more or fewer. */
function useWaiting(mailbox: Mailbox): { ids: string; more: Counts } {
  const ops = useOutboxOps();
  const now = useMemo(() => {
    const more = new Map<string, number>();
    const ids: string[] = [];
    for (const { id, change } of ops) {
      if (!('taskId' in change) || change.mailbox !== mailbox) continue;
      ids.push(id);
      more.set(change.taskId, (more.get(change.taskId) ?? 0) + (change.kind === 'removeAttachment' ? -1 : 1));
    }
    return { ids: ids.join(), more };
  }, [ops, mailbox]);
  // The same object while its content is the same, as every row depends on it.
  const [held, setHeld] = useState(now);
  const isChanged = held.ids !== now.ids || !isSame(held.more, now.more);
  if (isChanged) setHeld(now);
  return isChanged ? now : held;
}

function isSame(a: Counts, b: Counts): boolean {
  return a.size === b.size && [...a].every(([id, count]) => b.get(id) === count);
}
