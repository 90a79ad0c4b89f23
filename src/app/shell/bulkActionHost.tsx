import { useErrand, useErrands } from '../../data/tasks/useBulkActions.ts';
import type { AnyErrand } from '../../data/tasks/useBulkActions.ts';
import { useSurface } from '../../ui/overlays/useLazySurface.ts';
import { parts } from '../lazyFeatures.ts';

/** Those that open a dialog first. */
const asking: ReadonlySet<AnyErrand['kind']> = new Set(['pickFolder', 'pickDue', 'pickCategories', 'purge']);

/** What is done to tasks, wherever it was asked for: moves, many at once, for good. It comes after the first screen. */
export function ErrandsHost() {
  const errand = useErrand();
  const { done } = useErrands();
  const asks = errand !== null && asking.has(errand.kind);
  const leave = () => {
    if (errand === null) return;
    if (errand.kind === 'add') errand.onLeft(errand.patches, true);
    done(errand);
  };
  const loaded = useSurface(parts.errands, errand !== null, leave, asks ? 'takesFocus' : 'leavesFocus');
  return loaded && <loaded.Errands />;
}
