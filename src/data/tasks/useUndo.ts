import { useMutation } from '@tanstack/react-query';
import { useSyncEngine } from '../dataProvider.tsx';

/** Undoes a change by its id. Resolves with false when it can no longer be undone. */
export function useUndo() {
  const { undo } = useSyncEngine();
  return useMutation({ networkMode: 'always', mutationFn: (changeId: string) => undo(changeId) });
}
