import { useCurrentBulkAction, useBulkActions } from '../../data/tasks/useBulkActions.ts';
import type { QueuedAction } from '../../data/tasks/useBulkActions.ts';
import { useLazySurface } from '../../ui/overlays/useLazySurface.ts';
import { lazyFeatures } from '../lazyFeatures.ts';

/** Whether the action opens a dialog first. */
const opensDialogFirst = (action: QueuedAction) =>
  action.kind === 'purge' || (action.kind === 'pick' && action.property !== 'attach' && action.property !== 'link');

/** Loads and runs the queued bulk actions, whichever part of the app queued them. */
export function BulkActionHost() {
  const action = useCurrentBulkAction();
  const { complete } = useBulkActions();
  const opensDialog = action !== null && opensDialogFirst(action);
  const cancel = () => {
    if (action === null) return;
    if (action.kind === 'add') action.onNotSaved(action.tasks, true);
    complete(action);
  };
  const loaded = useLazySurface(
    lazyFeatures.bulkActions,
    action !== null,
    cancel,
    opensDialog ? 'takesFocus' : 'leavesFocus',
  );
  return loaded && <loaded.BulkActionRunner />;
}
