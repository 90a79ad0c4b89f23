import { useQuery } from '@tanstack/react-query';
import type { FailureKind } from '../../domain/failureKind.ts';
import type { Mailbox, TaskGroup } from '../../domain/task/task.ts';
import { useSyncEngine } from '../dataProvider.tsx';
import { groupQueries } from '../queries.ts';

export type Groups = {
  groups: readonly TaskGroup[];
  isPending: boolean;
  failure: FailureKind | null;
  retry: () => void;
};

/** Every group with the changes not yet sent; the default group first. */
export function useGroups(mailbox: Mailbox = 'me'): Groups {
  const { data, refetch } = useQuery(groupQueries.list(useSyncEngine(), mailbox));
  return { groups: data.items, isPending: data.isPending, failure: data.failure, retry: () => void refetch() };
}
