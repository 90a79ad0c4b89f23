import { useErrand, useErrands } from '../data/errands.ts';
import { useSurface } from '../ui/surface.ts';
import { parts } from './parts.ts';

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
