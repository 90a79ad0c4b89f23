import { useEffect, useEffectEvent } from 'react';
import { queryOptions, skipToken, useMutation, useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import type { QueryClient } from '@tanstack/react-query';
import { failureOf } from '../api/errors.ts';
import { kept, type SharingApi } from '../api/sharingApi.ts';
import type { FailureKind } from '../domain/errors.ts';
import { isSameAddress, type Authors, type Permission, type Role, type SharedFolder } from '../domain/sharing.ts';
import type { Place, Task } from '../domain/task.ts';
import type { Outbox } from '../sync/outbox.ts';
import { freshMs } from './client.ts';
import { useDeps, useEngine } from './deps.tsx';
import { failureIn } from './failure.ts';
import { taskQueries } from './queries.ts';
import type { Deps } from './session.ts';

const texts = { withMe: 'sharedWithMe', byMe: 'sharedByMe' } as const;

/** The server's lists of what is shared, each answer kept on this device, and what was kept of the last one. */
type Lists = ReturnType<typeof createLists>;

function createLists(api: SharingApi, device: Outbox['texts'], forget: (folder: Place) => Promise<void>) {
  function keep<T>(key: string, answer: T): T {
    device.set(key, JSON.stringify(answer));
    return answer;
  }
  return {
    /** What is not shared any more leaves this device before the list says so. */
    async withMe() {
      const before = kept.withMe(device.get(texts.withMe)) ?? [];
      const now = await api.withMe();
      const gone = before.map(placeOf).filter((place) => !now.some(isAt(place)));
      await Promise.all(gone.map(forget));
      return keep(texts.withMe, now);
    },
    byMe: async () => keep(texts.byMe, await api.byMe()),
    lastWithMe: () => kept.withMe(device.get(texts.withMe)),
    lastByMe: () => kept.byMe(device.get(texts.byMe)),
  };
}

/** Null on a server that shares nothing, or does not say what. */
const apiOf = ({ extras, can }: Pick<Deps, 'extras' | 'can'>) => (can.share ? (extras?.sharing ?? null) : null);

function useLists(): Lists | null {
  const deps = useDeps();
  const { forget } = useEngine();
  const api = apiOf(deps);
  return api === null ? null : createLists(api, deps.outbox.texts, forget);
}

const placeOf = ({ owner, folder }: SharedFolder): Place => ({ mailbox: owner.address, id: folder.id });
const isAt = (place: Place) => (shared: SharedFolder) =>
  shared.folder.id === place.id && isSameAddress(shared.owner.address, place.mailbox);

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
  people: (api: SharingApi | null, folderId: string) =>
    queryOptions({
      queryKey: [...sharingQueries.all, 'people', folderId] as const,
      queryFn: api === null ? skipToken : () => api.people(folderId),
      // Who may see what is not guessed from an old answer.
      staleTime: 0,
    }),
  /** `changeKey` names the state of the task: another state may have other authors. */
  authors: (api: SharingApi | null, { mailbox, id }: Place, changeKey: string) =>
    queryOptions({
      queryKey: [...sharingQueries.all, 'authors', mailbox, id, changeKey] as const,
      queryFn: api === null ? skipToken : () => api.authors({ mailbox, id }),
      gcTime: 60_000,
    }),
};

/** An old answer is shown and asked for again, also where changes are told: they are told to one tab of a browser. */
function initially<T>(known: () => T | undefined) {
  return { initialData: known, initialDataUpdatedAt: 0, staleTime: freshMs };
}

/** Whether this server shares folders at all. */
export function useCanShare(): boolean {
  return apiOf(useDeps()) !== null;
}

// ---- What others share ----------------------------------------------------------------------------------------------------

export type SharedWithMe = { folders: readonly SharedFolder[]; isPending: boolean; failure: FailureKind | null };

/** The folders that others share with this account. */
export function useSharedWithMe(): SharedWithMe {
  const lists = useLists();
  const query = useQuery(sharingQueries.withMe(lists));
  return {
    folders: query.data ?? nothing,
    isPending: lists !== null && query.data === undefined && query.isPending,
    failure: failureIn(query),
  };
}

const nothing: readonly SharedFolder[] = [];

/** Keeps the copies of shared folders up to date, as those of one's own are: to be mounted once. Draws nothing by itself. */
export function useSharedCopies(): void {
  const { pull } = useEngine();
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
  const lists = useLists();
  const query = useQuery({ ...sharingQueries.withMe(lists), refetchOnMount: 'always' });
  if (lists === null) return { state: 'untold' };
  const shared = query.data?.find(isAt(place));
  if (shared !== undefined) return { state: 'open', shared };
  if (query.isFetchedAfterMount && query.error === null) return { state: 'refused' };
  const failure = query.fetchStatus === 'paused' ? 'offline' : failureIn(query);
  return failure === null ? { state: 'pending' } : { state: 'unknown', failure, retry: () => void query.refetch() };
}

/** A folder that opens no more: what is shared is asked again, which says whether it still is. */
export function useRefreshWhenMissing(failure: FailureKind | null): void {
  const client = useQueryClient();
  const { queryKey } = sharingQueries.withMe(useLists());
  const ask = useEffectEvent(() => void client.invalidateQueries({ queryKey }));
  useEffect(() => {
    if (failure === 'missing') ask();
  }, [failure]);
}

/** The folder at a place of another mailbox, where it is shared; undefined for one's own. */
export function useShared(place: Place): SharedFolder | undefined {
  const { folders } = useSharedWithMe();
  return place.mailbox === 'me' ? undefined : folders.find(isAt(place));
}

/** What this account may do at a place. Where the server tells of no roles, it is asked to decide at each change. */
export function useRole(place: Place): Role | 'owner' {
  const shared = useShared(place);
  return place.mailbox === 'me' ? 'owner' : (shared?.role ?? 'write');
}

/** Gives a shared folder back: it leaves this account everywhere. */
export function useLeaveShare() {
  const deps = useDeps();
  const client = useQueryClient();
  const { queryKey } = sharingQueries.withMe(useLists());
  return useMutation({
    networkMode: 'always',
    mutationFn: async ({ folder }: SharedFolder) => apiOf(deps)?.leave(folder.id),
    onSuccess: (_, left) =>
      client.setQueryData(queryKey, (folders) => folders?.filter(({ folder }) => folder.id !== left.folder.id)),
    onSettled: () => client.invalidateQueries({ queryKey }),
  });
}

// ---- What one shares -------------------------------------------------------------------------------------------------------

/** How many people each of one's own folders is shared with, by folder id. */
export function useSharedByMe(): ReadonlyMap<string, number> {
  const { data } = useQuery({ ...sharingQueries.byMe(useLists()), select: countsOf });
  return data ?? nobody;
}

const nobody: ReadonlyMap<string, number> = new Map();
const countsOf = (folders: readonly { folderId: string; people: number }[]): ReadonlyMap<string, number> =>
  new Map(folders.filter(({ people }) => people > 0).map(({ folderId, people }) => [folderId, people]));

export type People = {
  people: readonly Permission[];
  isPending: boolean;
  failure: FailureKind | null;
  retry: () => void;
};

/** The people a folder of one's own is shared with. */
export function usePeople(folderId: string): People {
  const query = useQuery(sharingQueries.people(apiOf(useDeps()), folderId));
  return {
    people: query.data ?? [],
    isPending: query.isPending,
    failure: failureIn(query),
    retry: () => void query.refetch(),
  };
}

/**
 * Inviting, changing roles and removing. Sent at once, not through the outbox, network or not: access that waits is neither
 * given nor taken. The list shows a change at once and goes back when it is refused.
 */
export function usePeopleChanges(folderId: string) {
  const deps = useDeps();
  const api = apiOf(deps);
  const client = useQueryClient();
  const { queryKey } = sharingQueries.people(api, folderId);

  function set(change: (people: readonly Permission[]) => readonly Permission[]) {
    client.setQueryData(queryKey, (people) => people && [...change(people)]);
  }
  /** Shows the change now; answers what takes it back. */
  async function foresee(change: (people: readonly Permission[]) => readonly Permission[]) {
    await client.cancelQueries({ queryKey });
    const before = client.getQueryData(queryKey);
    set(change);
    return () => client.setQueryData(queryKey, before);
  }
  const shared = {
    onError: (_error: Error, _given: unknown, takeBack: (() => void) | undefined) => takeBack?.(),
    onSettled: () => refresh(client),
  };

  return {
    /** Why one of these was not done. */
    failureOf,
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
      onMutate: ({ id, role }) => foresee((people) => people.map((one) => (one.id === id ? { ...one, role } : one))),
      ...shared,
    }),
    remove: useMutation({
      networkMode: 'always',
      mutationFn: ({ id }: { id: string }) => reach(api).remove(folderId, id),
      onMutate: ({ id }) => foresee((people) => people.filter((one) => one.id !== id)),
      ...shared,
    }),
  };
}

const refresh = (client: QueryClient) => client.invalidateQueries({ queryKey: sharingQueries.all });

function reach(api: SharingApi | null): SharingApi {
  if (api === null) throw new Error('This server shares nothing: the dialog is not offered there');
  return api;
}

// ---- Who changed what --------------------------------------------------------------------------------------------------------

/** Who made a task and who changed it last; asked only where somebody else could have. */
export function useAuthors(mailbox: Place['mailbox'], task: Task): Authors | undefined {
  const isOut = useSharedByMe().has(task.folderId);
  const api = apiOf(useDeps());
  const isAsked = mailbox === 'me' ? isOut : true;
  return useQuery({
    ...sharingQueries.authors(api, { mailbox, id: task.id }, task.changeKey),
    enabled: isAsked && task.changeKey !== '',
  }).data;
}
