import type { FailureKind } from '../../domain/failureKind.ts';
import { createObservable } from '../../domain/async/observable.ts';
import type { PullLedger } from '../pull/pullLedger.ts';
import { placeKey } from '../replica/folderTable.ts';
import type { PlaceLists } from '../replica/placeLists.ts';
import { shownFailure } from './shownFailure.ts';
import type { ViewFolder } from './viewFolders.ts';

/** Whether every folder of the own mailbox was pulled, and what prevents it; `isLoaded` once this device was read. */
export type Coverage = { isComplete: boolean; isLoaded: boolean; failure: FailureKind | null };

type Input = {
  /** By `placeKey`. */
  folders: ReadonlyMap<string, ViewFolder>;
  lists: Pick<PlaceLists, 'folders'>;
  pulls: Pick<PullLedger, 'outcomeOf'>;
};

/** The coverage of `folders` as of the last `update`. */
export function createMailboxCoverage({ folders, lists, pulls }: Input) {
  const { subscribe, current, set } = createObservable<Coverage>({ isComplete: false, isLoaded: false, failure: null });
  return {
    coverage: { subscribe, current },
    isComplete: () => current().isComplete,
    isReading: () => !current().isComplete && current().failure === null,
    markLoaded: () => set({ ...current(), isLoaded: true }),
    /** Compares the folders with the mailbox's folder list. */
    update() {
      const list = lists.folders('me');
      const all = list?.map(({ id }) => folders.get(placeKey({ mailbox: 'me', id })));
      const isComplete = all !== undefined && all.every((folder) => folder?.isLoaded === true);
      const missing = all?.find((folder) => folder !== undefined && !folder.isLoaded && folder.failure !== null);
      const outcome = pulls.outcomeOf({ kind: 'folders', mailbox: 'me' });
      const failure = missing?.failure ?? shownFailure(outcome, list !== undefined);
      const known = current();
      if (known.isComplete !== isComplete || known.failure !== failure) set({ ...known, isComplete, failure });
    },
  };
}
