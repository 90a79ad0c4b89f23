import { useCurrentBulkAction, useBulkActions } from '../../data/tasks/useBulkActions.ts';
import type { QueuedAction } from '../../data/tasks/useBulkActions.ts';
import { useLazySurface } from '../../ui/overlays/useLazySurface.ts';
import { lazyFeatures } from '../lazyFeatures.ts';

/** Those that open a dialog first. */
const asking: ReadonlySet<QueuedAction['kind']> = new Set(['pickFolder', 'pickDue', 'pickCategories', 'purge']);

/** What is done to tasks, wherever it was asked for: moves, many at once, for good. It comes after the first screen. */
export function BulkActionHost() {
  const errand = useCurrentBulkAction();
  const { complete } = useBulkActions();
  const asks = errand !== null && asking.has(errand.kind);
  const leave = () => {
    if (errand === null) return;
    if (errand.kind === 'add') errand.onNotSaved(errand.patches, true);
    complete(errand);
  };
  const loaded = useLazySurface(lazyFeatures.errands, errand !== null, leave, asks ? 'takesFocus' : 'leavesFocus');
  return loaded && <loaded.BulkActionRunner />;
}
