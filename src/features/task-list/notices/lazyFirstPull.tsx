import { createLazyChunk, useLazyChunk } from '../../../ui/loading/lazyChunk.ts';
import type { FirstPullProps } from './firstPull.tsx';

const chunk = createLazyChunk(() => import('./firstPull.tsx'));

/** Loaded lazily: a folder has one first pull, and that is online. */
export function LazyFirstPull(props: FirstPullProps) {
  const loaded = useLazyChunk(chunk, true);
  return loaded.state === 'here' ? <loaded.part.FirstPull {...props} /> : null;
}
