import { createLazyChunk, useLazyChunk } from '../../../ui/loading/lazyChunk.ts';
import type { FirstPullProps } from './firstPull.tsx';

const chunk = createLazyChunk(() => import('./firstPull.tsx'));

/** Needed once in the life of a folder, and then there is a network. */
export function LazyFirstPull(props: FirstPullProps) {
  const loaded = useLazyChunk(chunk, true);
  return loaded.state === 'here' ? <loaded.part.FirstPull {...props} /> : null;
}
