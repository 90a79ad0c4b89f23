import { useEffect, useEffectEvent } from 'react';
import { queryOptions, skipToken, useQuery } from '@tanstack/react-query';
import { failureKindOf } from '../../api/apiError.ts';
import type { SharingApi } from '../../api/extras/sharingApi.ts';
import { parseStoredShares } from '../../api/extras/storedShares.ts';
import type { FailureKind } from '../../domain/failureKind.ts';
import { isSameEmailAddress, type Role, type SharedFolder } from '../../domain/task/folderSharing.ts';
import type { Place } from '../../domain/task/task.ts';
import type { Outbox } from '../../sync/outbox/outbox.ts';
import type { SyncEngine } from '../../sync/engine/syncEngine.ts';
import { tasksTarget } from '../../sync/pull/pullTarget.ts';
import { sharingKey } from '../queries.ts';
import { staleTimeMs } from '../queryDefaults.ts';
import { useDeps, useSyncEngine } from '../dataProvider.tsx';
import { queryFailure } from '../queryFailure.ts';
import type { Deps } from '../../sync/accountSession.ts';

const texts = { withMe: 'sharedWithMe', byMe: 'sharedByMe' } as const;

/** The server's lists of shared folders, each answer stored on this device for use offline. */
type Lists = ReturnType<typeof createLists>;

function createLists(
  api: SharingApi,
  device: Outbox['preferences'],
  { forgetFolder, firstRows }: Pick<SyncEngine, 'forgetFolder' | 'firstRows'>,
) {
  function keep<T>(key: string, answer: T): T {
    device.set(key, JSON.stringify(answer));
    return answer;
  }
  return {
    /** Folders no longer shared are removed from this device before the list shows it. */
    async withMe() {
      await firstRows();
      const before = parseStoredShares.withMe(device.get(texts.withMe)) ?? [];
      const now = await api.withMe();
      const gone = before.map(placeOf).filter((place) => !now.some(isAt(place)));
      await Promise.all(gone.map(forgetFolder));
      return keep(texts.withMe, now);
    },
    async byMe() {
      await firstRows();
      return keep(texts.byMe, await api.byMe());
    },
    lastWithMe: () => parseStoredShares.withMe(device.get(texts.withMe)),
    lastByMe: () => parseStoredShares.byMe(device.get(texts.byMe)),
  };
}

/** Null on a server without sharing or without a list of it. */
export const sharingApiOf = ({ extras, capabilities }: Pick<Deps, 'extras' | 'capabilities'>) =>
  capabilities.share ? (extras?.sharing ?? null) : null;

export function useSharedLists(): Lists | null {
  const deps = useDeps();
  const engine = useSyncEngine();
  const api = sharingApiOf(deps);
  return api === null ? null : createLists(api, deps.outbox.preferences, engine);
}

const placeOf = ({ owner, folder }: SharedFolder): Place => ({ mailbox: owner.address, id: folder.id });
const isAt = (place: Place) => (shared: SharedFolder) =>
  shared.folder.id === place.id && isSameEmailAddress(shared.owner.address, place.mailbox);

export const sharingQueries = {
  all: sharingKey,
  /** Folders shared by others, as last stored until the server has answered. */
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

/** A stale answer is shown and read again, also with change events, which only one tab of a browser receives. */
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

/** Keeps the replicas of shared folders up to date; mount once. Renders nothing. */
export function useSharedReplicas(): void {
  const { watch } = useSyncEngine();
  const { folders } = useSharedWithMe();
  useEffect(() => {
    const stops = folders.map((shared) => watch(tasksTarget(placeOf(shared))));
    return () => stops.forEach((stop) => stop());
  }, [watch, folders]);
}

/**
 * A place in another mailbox. `refused`: the server does not list it, because it is deleted or not shared. `unknown`:
 * the server could not be reached.
 */
export type Access =
  | { state: 'open'; shared: SharedFolder }
  | { state: 'pending' | 'refused' }
  | { state: 'unknown'; failure: FailureKind; retry: () => void }
  /** Without a list of shared folders, only opening the folder shows whether it exists. */
  | { state: 'untold' };

/** Reads again on mount, as a link may be newer than the list. */
export function useAccess(place: Place): Access {
  const lists = useSharedLists();
  const query = useQuery({ ...sharingQueries.withMe(lists), refetchOnMount: 'always' });
  if (lists === null) return { state: 'untold' };
  const shared = query.data?.find(isAt(place));
  if (shared !== undefined) return { state: 'open', shared };
  if (query.isFetchedAfterMount && query.error === null) return { state: 'refused' };
  if (query.error === null) return { state: 'pending' };
  return { state: 'unknown', failure: failureKindOf(query.error), retry: () => void query.refetch() };
}

/** For a folder that cannot be opened: reads the list again, which shows whether it is still shared. */
export function useRefreshWhenMissing(failure: FailureKind | null): void {
  const { refetch } = useQuery(sharingQueries.withMe(useSharedLists()));
  const ask = useEffectEvent(() => void refetch());
  useEffect(() => {
    if (failure === 'missing') ask();
  }, [failure]);
}

/** The folder at a place of another mailbox, where it is shared; undefined for one's own. */
export function useSharedFolder(place: Place): SharedFolder | undefined {
  const { folders } = useSharedWithMe();
  return place.mailbox === 'me' ? undefined : folders.find(isAt(place));
}

/** What this account may do at a place. Where the server reports no roles, it decides at each change. */
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
