import { useMutation } from '@tanstack/react-query';
import { useSyncEngine } from '../dataProvider.tsx';

/** Takes a change back, by the id that making it resolved with. Resolves with false when there is no way back any more. */
export function useUndo() {
  const { undo } = useSyncEngine();
  return useMutation({ networkMode: 'always', mutationFn: (changeId: string) => undo(changeId) });
}
