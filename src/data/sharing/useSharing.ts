import { useEffect, useEffectEvent } from 'react';
import { queryOptions, skipToken, useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { parseStoredShares, type SharingApi } from '../../api/extras/sharingApi.ts';
import type { FailureKind } from '../../domain/failureKind.ts';
import { isSameEmailAddress, type Role, type SharedFolder } from '../../domain/task/folderSharing.ts';
import type { Place } from '../../domain/task/task.ts';
import type { Outbox } from '../../sync/outbox/outbox.ts';
import { staleTimeMs } from '../queryClient.ts';
import { useDeps, useSyncEngine } from '../dataProvider.tsx';
import { queryFailure } from '../queryFailure.ts';
import { taskQueries } from '../queries.ts';
import type { Deps } from '../../sync/accountSession.ts';

const texts = { withMe: 'sharedWithMe', byMe: 'sharedByMe' } as const;

/** The server's lists of what is shared, each answer kept on this device, and what was kept of the last one. */
type Lists = ReturnType<typeof createLists>;

function createLists(api: SharingApi, device: Outbox['preferences'], forget: (folder: Place) => Promise<void>) {
  function keep<T>(key: string, answer: T): T {
    device.set(key, JSON.stringify(answer));
    return answer;
  }
  return {
    /** What is not shared any more leaves this device before the list says so. */
    async withMe() {
      const before = parseStoredShares.withMe(device.get(texts.withMe)) ?? [];
      const now = await api.withMe();
      const gone = before.map(placeOf).filter((place) => !now.some(isAt(place)));
      await Promise.all(gone.map(forget));
      return keep(texts.withMe, now);
    },
    byMe: async () => keep(texts.byMe, await api.byMe()),
    lastWithMe: () => parseStoredShares.withMe(device.get(texts.withMe)),
    lastByMe: () => parseStoredShares.byMe(device.get(texts.byMe)),
  };
}

/** Null on a server that shares nothing, or does not say what. */
export const sharingApiOf = ({ extras, capabilities }: Pick<Deps, 'extras' | 'capabilities'>) =>
  capabilities.share ? (extras?.sharing ?? null) : null;

export function useSharedLists(): Lists | null {
  const deps = useDeps();
  const { forgetFolder } = useSyncEngine();
  const api = sharingApiOf(deps);
  return api === null ? null : createLists(api, deps.outbox.preferences, forgetFolder);
}

const placeOf = ({ owner, folder }: SharedFolder): Place => ({ mailbox: owner.address, id: folder.id });
const isAt = (place: Place) => (shared: SharedFolder) =>
  shared.folder.id === place.id && isSameEmailAddress(shared.owner.address, place.mailbox);

export const sharingQueries = {
  all: ['sharing'] as const,
  /** What others share, as it was last known on this device until the server has answered. */
  withMe: (lists: Lists | null) =>
    queryOptions({
      queryKey: [...sharingQueries.all, 'withMe'] as const,
      queryFn: lists === null ? skipToken : () => lists.withMe(),
      ...initially(() => lists?.lastWithMe()),
    }),
  byMe: (lists: Lists | null) =>
    queryOptions({
      queryKey: [...sharingQueries.all, 'byMe'] as const,
      queryFn: lists === null ? skipToken : () => lists.byMe(),
      ...initially(() => lists?.lastByMe()),
    }),
};

/** An old answer is shown and asked for again, also where changes are told: they are told to one tab of a browser. */
function initially<T>(known: () => T | undefined) {
  return { initialData: known, initialDataUpdatedAt: 0, staleTime: staleTimeMs };
}

/** Whether this server shares folders at all. */
export function useCanShare(): boolean {
  return sharingApiOf(useDeps()) !== null;
}

// ---- What others share ----------------------------------------------------------------------------------------------------

export type SharedWithMe = { folders: readonly SharedFolder[]; isPending: boolean; failure: FailureKind | null };

/** The folders that others share with this account. */
export function useSharedWithMe(): SharedWithMe {
  const lists = useSharedLists();
  const query = useQuery(sharingQueries.withMe(lists));
  return {
    folders: query.data ?? nothing,
    isPending: lists !== null && query.data === undefined && query.isPending,
    failure: queryFailure(query),
  };
}

const nothing: readonly SharedFolder[] = [];

/** Keeps the copies of shared folders up to date, as those of one's own are: to be mounted once. Draws nothing by itself. */
export function useSharedReplicas(): void {
  const { pull } = useSyncEngine();
  const { folders } = useSharedWithMe();
  useQueries({
    queries: folders.map((shared) => ({ ...taskQueries.list(pull, placeOf(shared)), notifyOnChangeProps: [] })),
  });
}

/**
 * What is known of a place in another mailbox. `refused`: the server was asked just now and does not name it; it does not
 * say whether the folder is gone or closed. `unknown`: it could not be asked.
 */
export type Access =
  | { state: 'open'; shared: SharedFolder }
  | { state: 'pending' | 'refused' }
  | { state: 'unknown'; failure: FailureKind; retry: () => void }
  /** A server without a list of what is shared: only opening the folder tells. */
  | { state: 'untold' };

/** Asks again when it is mounted, because a link may be minutes younger than the list. */
export function useAccess(place: Place): Access {
  const lists = useSharedLists();
  const query = useQuery({ ...sharingQueries.withMe(lists), refetchOnMount: 'always' });
  if (lists === null) return { state: 'untold' };
  const shared = query.data?.find(isAt(place));
  if (shared !== undefined) return { state: 'open', shared };
  if (query.isFetchedAfterMount && query.error === null) return { state: 'refused' };
  const failure = query.fetchStatus === 'paused' ? 'offline' : queryFailure(query);
  return failure === null ? { state: 'pending' } : { state: 'unknown', failure, retry: () => void query.refetch() };
}

/** A folder that opens no more: what is shared is asked again, which says whether it still is. */
export function useRefreshWhenMissing(failure: FailureKind | null): void {
  const client = useQueryClient();
  const { queryKey } = sharingQueries.withMe(useSharedLists());
  const ask = useEffectEvent(() => void client.invalidateQueries({ queryKey }));
  useEffect(() => {
    if (failure === 'missing') ask();
  }, [failure]);
}

/** The folder at a place of another mailbox, where it is shared; undefined for one's own. */
export function useSharedFolder(place: Place): SharedFolder | undefined {
  const { folders } = useSharedWithMe();
  return place.mailbox === 'me' ? undefined : folders.find(isAt(place));
}

/** What this account may do at a place. Where the server tells of no roles, it is asked to decide at each change. */
export function useRole(place: Place): Role | 'owner' {
  const shared = useSharedFolder(place);
  return place.mailbox === 'me' ? 'owner' : (shared?.role ?? 'write');
}

// ---- What one shares -------------------------------------------------------------------------------------------------------

/** How many people each of one's own folders is shared with, by folder id. */
export function useSharedByMe(): ReadonlyMap<string, number> {
  const { data } = useQuery({ ...sharingQueries.byMe(useSharedLists()), select: countsOf });
  return data ?? nobody;
}

const nobody: ReadonlyMap<string, number> = new Map();
const countsOf = (folders: readonly { folderId: string; people: number }[]): ReadonlyMap<string, number> =>
  new Map(folders.filter(({ people }) => people > 0).map(({ folderId, people }) => [folderId, people]));
