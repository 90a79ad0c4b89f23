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
  /** Resolves when no answer about new places is on its way: they would show twice. */
  placesSettled: (mailbox: Mailbox) => Promise<void>;
};

/**
 * Reads from the server what changed, lays our own answers of the meantime over it, and keeps it on this device. An unchanged
 * list of folders, or folder, is one small request where the server keeps track of changes.
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

  /** Whether the folders of a mailbox are other than at `cursor`, and the cursor for the next time. */
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
        // The feed tells them in the order of change; the list has the server's own order, and is short.
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
        // Deleted, or not shared any more: what this device kept of it goes at once.
        if (error instanceof ApiError && error.kind === 'missing') await replica.drop(folder);
        throw error;
      }
    },
  };
}

/** As many folders at a time: more would hold up what the person opens next. */
const atOnce = 3;

/**
 * Reads groups, folders, and then the tasks of every folder of the own mailbox that is not fresh: first the open ones, then
 * three at a time. One failure ends the round: the others would fail alike. A folder that is gone since the list was read is
 * none: the list says so next time.
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
      // What is dropped from this device while it is read is cancelled with it.
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
