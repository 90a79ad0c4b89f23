import { createChunk, useChunk } from '../../../ui/loading/lazyChunk.ts';
import type { FirstPullProps } from './firstPull.tsx';

const chunk = createChunk(() => import('./firstPull.tsx'));

/** Needed once in the life of a folder, and then there is a network. */
export function FirstPullNotice(props: FirstPullProps) {
  const loaded = useChunk(chunk, true);
  return loaded.state === 'here' ? <loaded.part.FirstPull {...props} /> : null;
}
