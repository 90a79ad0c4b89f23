import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { overlayGroups } from '../../domain/changes/change.ts';
import type { FailureKind } from '../../domain/failureKind.ts';
import type { Mailbox, TaskGroup } from '../../domain/task/task.ts';
import { useSyncEngine } from '../dataProvider.tsx';
import { useOutboxOps } from '../outbox/usePendingChanges.ts';
import { groupQueries } from '../queries.ts';
import { queryFailure } from '../queryFailure.ts';

export type Groups = {
  groups: readonly TaskGroup[];
  isPending: boolean;
  failure: FailureKind | null;
  retry: () => void;
};

/** Every group with the changes not yet sent; the default group first. */
export function useGroups(mailbox: Mailbox = 'me'): Groups {
  const query = useQuery(groupQueries.list(useSyncEngine().pull, mailbox));
  const ops = useOutboxOps();
  const groups = useMemo(
    () =>
      overlayGroups(
        query.data ?? [],
        ops.map((op) => op.change).filter((change) => change.mailbox === mailbox),
      ),
    [query.data, ops, mailbox],
  );
  return {
    groups,
    isPending: query.data === undefined && query.isPending,
    failure: queryFailure(query),
    retry: () => void query.refetch(),
  };
}
