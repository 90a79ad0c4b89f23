import { useSyncExternalStore } from 'react';
import { useEngine } from '../dataProvider.tsx';
import type { AnyErrand, Errands } from '../../sync/commands/bulkActionQueue.ts';

export type {
  AddErrand,
  AnyErrand,
  Carried,
  Errand,
  FolderErrand,
  LastStep,
} from '../../sync/commands/bulkActionQueue.ts';
export type { Made } from '../../sync/commands/bulkCommands.ts';
export type { Step } from '../../sync/commands/changeFactory.ts';

/** What the browser knows a drag of tasks by; the tasks themselves are `carried`. */
export const carriedType = 'application/x-threefold-tasks';

/** To ask for something to be done. */
export function useErrands(): Omit<Errands, 'current' | 'subscribe'> {
  return useEngine().errands;
}

/** For the one place that does them. */
export function useErrand(): AnyErrand | null {
  const { errands } = useEngine();
  return useSyncExternalStore(errands.subscribe, errands.current);
}

/** Long work on many tasks (`Bulk`), and the steps it is made of. */
export function useBulk() {
  const { bulk, actions } = useEngine();
  return { bulk, steps: actions.steps };
}
