import { useCurrentBulkAction, useBulkActions } from '../../data/tasks/useBulkActions.ts';
import type { QueuedAction } from '../../data/tasks/useBulkActions.ts';
import { useLazySurface } from '../../ui/overlays/useLazySurface.ts';
import { lazyFeatures } from '../lazyFeatures.ts';

/** Actions that open a dialog first. */
const withDialog: ReadonlySet<QueuedAction['kind']> = new Set(['pickFolder', 'pickDue', 'pickCategories', 'purge']);

/** Loads and runs the queued bulk actions, whichever part of the app queued them. */
export function BulkActionHost() {
  const action = useCurrentBulkAction();
  const { complete } = useBulkActions();
  const opensDialog = action !== null && withDialog.has(action.kind);
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
