import { CancelledError, hashKey } from '@tanstack/react-query';
import type { QueryClient } from '@tanstack/react-query';
import { ApiError, failureKindOf } from '../../api/apiError.ts';
import type { TaskApi } from '../../api/taskApi.ts';
import type { Mailbox, Place, TaskFolder, TaskGroup } from '../../domain/task/task.ts';
import type { Clock } from '../../domain/time/time.ts';
import type { Replica } from '../../sync/replica/replica.ts';
import type { PullFolder } from '../../sync/replica/pullFolder.ts';
import { updateFolders, updateGroups } from '../../sync/storage/placeUpdates.ts';
import type { ConcurrentAnswers } from '../../sync/pull/concurrentAnswers.ts';
import type { PlaceLists } from './placeLists.ts';
import { folderQueries, groupQueries, taskQueries } from '../queries.ts';
import type { Pull } from '../queries.ts';

type Input = {
  api: TaskApi;
  client: QueryClient;
  concurrentAnswers: ConcurrentAnswers;
  clock: Clock;
  replica: Replica;
  lists: PlaceLists;
  pullFolder: PullFolder;
  /** Resolves when no create is in flight: its row would show twice. */
  placesSettled: (mailbox: Mailbox) => Promise<void>;
};

/**
 * Pulls what changed, applies answers received meanwhile, and stores the result. An unchanged list or folder costs one
 * small request where the server tracks changes.
 */
export function createPull({
  api,
  client,
  concurrentAnswers,
  clock,
  replica,
  lists,
  pullFolder,
  placesSettled,
}: Input): Pull {
  let hasDelta = api.can.delta;

  /** Whether a mailbox's folders differ from `cursor`, and the next cursor. */
  async function folderNews(mailbox: Mailbox, cursor: string | null, signal: AbortSignal) {
    if (!hasDelta) return { isNews: true, cursor: null };
    let isNews = cursor === null;
    const read = (from: string | undefined) =>
      api.folderChanges(mailbox, {
        cursor: from,
        signal,
        onPage: ({ entries }) => {
          isNews ||= entries.length > 0;
        },
      });
    try {
      return { cursor: await read(cursor ?? undefined), isNews };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (error.kind === 'stale') return { cursor: await read(undefined), isNews: true };
      if (error.kind !== 'refused' || error.status !== undefined) throw error;
      hasDelta = false;
      return { isNews: true, cursor: null };
    }
  }

  return {
    groups: (mailbox, signal) =>
      concurrentAnswers.recordDuring(async (since) => {
        const pulled = await api.groups(mailbox, signal);
        await placesSettled(mailbox);
        const groups = since().reduce<readonly TaskGroup[]>(updateGroups, pulled);
        await lists.save('groups', mailbox, { items: groups, cursor: null, at: clock.now() });
        return groups;
      }),
    folders: (mailbox, signal) =>
      concurrentAnswers.recordDuring(async (since) => {
        const known = client.getQueryData<readonly TaskFolder[]>([...folderQueries.all, mailbox]);
        const at = clock.now();
        const { isNews, cursor } = await folderNews(
          mailbox,
          known === undefined ? null : lists.cursorOf(mailbox),
          signal,
        );
        // The feed is in order of change; the list has the server's order and is short.
        const now = client.getQueryData<readonly TaskFolder[]>([...folderQueries.all, mailbox]);
        const pulled = isNews || now === undefined ? await api.folders(mailbox, signal) : null;
        await placesSettled(mailbox);
        const folders =
          pulled === null
            ? (client.getQueryData<readonly TaskFolder[]>([...folderQueries.all, mailbox]) ?? [])
            : since().reduce<readonly TaskFolder[]>(updateFolders, pulled);
        await lists.save('folders', mailbox, { items: folders, cursor, at });
        return folders;
      }),
    async tasks(folder, signal) {
      try {
        return await pullFolder(folder, signal);
      } catch (error) {
        // Deleted or no longer shared: its replica is removed at once.
        if (error instanceof ApiError && error.kind === 'missing') await replica.drop(folder);
        throw error;
      }
    },
  };
}

/** Folders pulled at a time: more would delay what the person opens next. */
const atOnce = 3;

/**
 * Pulls groups, folders, and every stale folder of the own mailbox: open ones first, then three at a time. One failure
 * ends the round, except for a folder that was deleted since the list was read.
 */
export async function pullEverything(client: QueryClient, pull: Pull, stopped: AbortSignal): Promise<void> {
  const isOpen = (place: Place) => {
    const query = client.getQueryCache().get(hashKey(taskQueries.list(pull, place).queryKey));
    return query !== undefined && query.getObserversCount() > 0;
  };
  async function fetch(place: Place): Promise<void> {
    try {
      await client.fetchQuery(taskQueries.list(pull, place));
    } catch (error) {
      // A pull of a folder that is removed from this device is cancelled.
      const isDropped = error instanceof CancelledError && !stopped.aborted;
      if (!isDropped && failureKindOf(error) !== 'missing') throw error;
    }
  }
  const [folders] = await Promise.all([
    client.fetchQuery(folderQueries.list(pull, 'me')),
    client.fetchQuery(groupQueries.list(pull, 'me')),
  ]);
  const places = folders.map(({ id }): Place => ({ mailbox: 'me', id }));
  const open = places.filter(isOpen);
  await Promise.all(open.map(fetch));
  const rest = places.filter((place) => !open.includes(place)).values();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const place of rest) {
        if (stopped.aborted) return;
        await fetch(place);
      }
    }),
  );
}
