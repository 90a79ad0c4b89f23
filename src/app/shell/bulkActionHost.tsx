import { useErrand, useErrands } from '../../data/tasks/useBulkActions.ts';
import { useSurface } from '../../ui/overlays/useLazySurface.ts';
import { parts } from '../lazyFeatures.ts';

/** What is done to tasks, wherever it was asked for: moves, many at once, for good. It comes after the first screen. */
export function ErrandsHost() {
  const errand = useErrand();
  const { done } = useErrands();
  const loaded = useSurface(parts.errands, errand !== null, () => {
    if (errand === null) return;
    if (errand.kind === 'add') errand.onLeft(errand.patches, true);
    done(errand);
  });
  return loaded && <loaded.Errands />;
}
