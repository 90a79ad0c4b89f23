import type { QueryClient } from '@tanstack/react-query';
import type { FailureKind } from '../../domain/failureKind.ts';
import type { TaskFolder } from '../../domain/task/task.ts';
import { createObservable } from '../../sync/platform/observable.ts';
import { placeKey } from '../../sync/replica/folderTable.ts';
import type { ViewFolder } from '../../sync/views/viewFolders.ts';
import { folderQueries } from '../queries.ts';
import { queryFailure } from '../queryFailure.ts';

/** Whether every folder of the own mailbox was pulled, and what prevents it; `isLoaded` once this device was read. */
export type Coverage = { isComplete: boolean; isLoaded: boolean; failure: FailureKind | null };

/** The coverage of `folders`, by `placeKey`, as of the last `update`. */
export function createMailboxCoverage(client: QueryClient, folders: ReadonlyMap<string, ViewFolder>) {
  const { subscribe, current, set } = createObservable<Coverage>({ isComplete: false, isLoaded: false, failure: null });
  return {
    coverage: { subscribe, current },
    isComplete: () => current().isComplete,
    isReading: () => !current().isComplete && current().failure === null,
    markLoaded: () => set({ ...current(), isLoaded: true }),
    /** Compares the folders with the mailbox's folder list. */
    update() {
      const list = client.getQueryState<readonly TaskFolder[]>([...folderQueries.all, 'me']);
      const all = list?.data?.map(({ id }) => folders.get(placeKey({ mailbox: 'me', id })));
      const isComplete = all !== undefined && all.every((folder) => folder?.isLoaded === true);
      const missing = all?.find((folder) => folder !== undefined && !folder.isLoaded && folder.failure !== null);
      const failure = missing?.failure ?? (list === undefined ? null : queryFailure(list));
      const known = current();
      if (known.isComplete !== isComplete || known.failure !== failure) set({ ...known, isComplete, failure });
    },
  };
}
