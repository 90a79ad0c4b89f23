import { queryOptions, skipToken, useMutation, useMutationState, useQuery } from '@tanstack/react-query';
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

/** The people with whom an own folder is shared, with the changes that are being sent. */
export function useFolderMembers(folderId: string): FolderMembers {
  const query = useQuery(peopleQuery(sharingApiOf(useDeps()), folderId));
  const changes = useMutationState({
    filters: { mutationKey: memberChangeKey(folderId), status: 'pending' },
    select: ({ state }) => state.variables,
  });
  return {
    people: changes.filter(isMemberChange).reduce(withChange, query.data ?? []),
    isPending: query.isPending,
    failure: queryFailure(query),
    retry: () => void query.refetch(),
  };
}

/** A change of one person's role; null ends their access. */
type MemberChange = { id: string; role: Role | null };

const memberChangeKey = (folderId: string) => ['memberChange', folderId] as const;

const isMemberChange = (value: unknown): value is MemberChange =>
  typeof value === 'object' && value !== null && 'id' in value && 'role' in value;

function withChange(people: readonly FolderPermission[], { id, role }: MemberChange): readonly FolderPermission[] {
  if (role === null) return people.filter((one) => one.id !== id);
  return people.map((one) => (one.id === id ? { ...one, role } : one));
}

/**
 * Invites, changes roles and removes. Sent at once, not through the outbox: access must not wait. `useFolderMembers`
 * shows a change while it is sent, and what the server says of it afterwards.
 */
export function useMemberChanges(folderId: string) {
  const api = sharingApiOf(useDeps());
  const meta = { invalidates: [sharingQueries.all] };
  return {
    /** Why one of these failed. */
    failureOf: failureKindOf,
    invite: useMutation({
      mutationFn: ({ address, role }: { address: string; role: Role }) =>
        reach(api).invite(folderId, { address }, role),
      meta,
    }),
    change: useMutation({
      mutationKey: memberChangeKey(folderId),
      mutationFn: async ({ id, role }: MemberChange) => {
        if (role === null) await reach(api).remove(folderId, id);
        else await reach(api).setRole(folderId, id, role);
      },
      meta,
    }),
  };
}

function reach(api: SharingApi | null): SharingApi {
  if (api === null) throw new Error('This server shares nothing: the dialog is not offered there');
  return api;
}
