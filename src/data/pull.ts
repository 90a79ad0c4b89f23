import { hashKey } from '@tanstack/react-query';
import type { QueryClient } from '@tanstack/react-query';
import type { TaskApi } from '../api/taskApi.ts';
import type { Place } from '../domain/task.ts';
import type { Clock } from '../domain/time.ts';
import { foldersAfter, groupsAfter, mergeRows, tasksAfter } from '../sync/snapshot.ts';
import type { TaskSnapshot } from '../sync/snapshot.ts';
import type { Journal } from './journal.ts';
import { folderQueries, groupQueries, taskQueries } from './queries.ts';
import type { Pull } from './queries.ts';

/** Reads lists whole, keeps the rows that did not change, and lays our own answers of the meantime over them. */
export function createPull(api: TaskApi, client: () => QueryClient, journal: Journal, clock: Clock): Pull {
  return {
    groups: (mailbox, signal) =>
      journal.during(async (since) => {
        const pulled = await api.groups(mailbox, signal);
        return since().reduce(groupsAfter, pulled);
      }),
    folders: (mailbox, signal) =>
      journal.during(async (since) => {
        const pulled = await api.folders(mailbox, signal);
        return since().reduce(foldersAfter, pulled);
      }),
    tasks: (folder, signal) =>
      journal.during(async (since) => {
        const at = clock.now();
        const pulled = await api.tasks(folder, undefined, signal);
        const known = client().getQueryData<TaskSnapshot>([...taskQueries.all, folder.mailbox, folder.id]);
        const rows = since().reduce<TaskSnapshot['rows']>(
          (so, effect) => tasksAfter(so, effect, folder.id),
          mergeRows(known?.rows, pulled),
        );
        return { rows, at };
      }),
  };
}

/** As many folders at a time: more would hold up what the person opens next. */
const atOnce = 3;

/**
 * Reads groups, folders, and then the tasks of every folder of the own mailbox that is not fresh: first the open ones, then
 * three at a time. One failure ends the round: the others would fail alike.
 */
export async function pullEverything(client: QueryClient, pull: Pull, stopped: AbortSignal): Promise<void> {
  const [folders] = await Promise.all([
    client.fetchQuery(folderQueries.list(pull, 'me')),
    client.fetchQuery(groupQueries.list(pull, 'me')),
  ]);
  const places = folders.map(({ id }): Place => ({ mailbox: 'me', id }));
  const isOpen = (place: Place) => {
    const query = client.getQueryCache().get(hashKey(taskQueries.list(pull, place).queryKey));
    return query !== undefined && query.getObserversCount() > 0;
  };
  const fetch = (place: Place) => client.fetchQuery(taskQueries.list(pull, place));
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
