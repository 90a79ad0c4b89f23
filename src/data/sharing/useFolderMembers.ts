import { queryOptions, skipToken, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { QueryClient } from '@tanstack/react-query';
import { failureKindOf } from '../../api/apiError.ts';
import type { SharingApi } from '../../api/extras/sharingApi.ts';
import type { FailureKind } from '../../domain/failureKind.ts';
import type { FolderPermission, Role } from '../../domain/task/folderSharing.ts';
import { useDeps } from '../dataProvider.tsx';
import { queryFailure } from '../queryFailure.ts';
import { sharingApiOf, sharingQueries } from './useSharing.ts';

const peopleQuery = (api: SharingApi | null, folderId: string) =>
  queryOptions({
    queryKey: [...sharingQueries.all, 'people', folderId] as const,
    queryFn: api === null ? skipToken : () => api.people(folderId),
    // Access is not shown from a stale answer.
    staleTime: 0,
  });

export type FolderMembers = {
  people: readonly FolderPermission[];
  isPending: boolean;
  failure: FailureKind | null;
  retry: () => void;
};

/** The people with whom an own folder is shared. */
export function useFolderMembers(folderId: string): FolderMembers {
  const query = useQuery(peopleQuery(sharingApiOf(useDeps()), folderId));
  return {
    people: query.data ?? [],
    isPending: query.isPending,
    failure: queryFailure(query),
    retry: () => void query.refetch(),
  };
}

/**
 * Invites, changes roles and removes. Sent at once, not through the outbox: access must not wait. The list is updated
 * optimistically and rolled back when rejected.
 */
export function useMemberChanges(folderId: string) {
  const deps = useDeps();
  const api = sharingApiOf(deps);
  const client = useQueryClient();
  const { queryKey } = peopleQuery(api, folderId);

  function set(change: (people: readonly FolderPermission[]) => readonly FolderPermission[]) {
    client.setQueryData(queryKey, (people) => people && [...change(people)]);
  }
  /** Shows the change now; returns its rollback. */
  async function showOptimistically(change: (people: readonly FolderPermission[]) => readonly FolderPermission[]) {
    await client.cancelQueries({ queryKey });
    const before = client.getQueryData(queryKey);
    set(change);
    return () => client.setQueryData(queryKey, before);
  }
  const shared = {
    onError: (_error: Error, _given: unknown, rollBack: (() => void) | undefined) => rollBack?.(),
    onSettled: () => refresh(client),
  };

  return {
    /** Why one of these failed. */
    failureOf: failureKindOf,
    invite: useMutation({
      networkMode: 'always',
      mutationFn: ({ address, role }: { address: string; role: Role }) =>
        reach(api).invite(folderId, { address }, role),
      onSuccess: (made) => set((people) => [...people.filter(({ id }) => id !== made.id), made]),
      onSettled: () => refresh(client),
    }),
    setRole: useMutation({
      networkMode: 'always',
      mutationFn: ({ id, role }: { id: string; role: Role }) => reach(api).setRole(folderId, id, role),
      onMutate: ({ id, role }) =>
        showOptimistically((people) => people.map((one) => (one.id === id ? { ...one, role } : one))),
      ...shared,
    }),
    remove: useMutation({
      networkMode: 'always',
      mutationFn: ({ id }: { id: string }) => reach(api).remove(folderId, id),
      onMutate: ({ id }) => showOptimistically((people) => people.filter((one) => one.id !== id)),
      ...shared,
    }),
  };
}

const refresh = (client: QueryClient) => client.invalidateQueries({ queryKey: sharingQueries.all });

function reach(api: SharingApi | null): SharingApi {
  if (api === null) throw new Error('This server shares nothing: the dialog is not offered there');
  return api;
}
