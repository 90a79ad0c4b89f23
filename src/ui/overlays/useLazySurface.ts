import { useLingui } from '@lingui/react/macro';
import { useEffect, useEffectEvent } from 'react';
import { useChunk } from '../loading/lazyChunk.ts';
import type { Chunk } from '../loading/lazyChunk.ts';
import { toasts } from '../feedback/toast.tsx';

/**
 * The part that draws a menu or dialog, null until it is here. When it cannot be fetched, a toast says so and `onFail`
 * takes the wish back; the next opening asks again.
 */
export function useSurface<T>(chunk: Chunk<T>, isOpen: boolean, onFail: () => void): T | null {
  const { t } = useLingui();
  const loaded = useChunk(chunk, isOpen);
  const hasFailed = isOpen && loaded.state === 'failed';
  const fail = useEffectEvent(() => {
    // A failure from before the opening: `useChunk` has just asked again.
    if (chunk.current().state !== 'failed') return;
    toasts.show({ text: t`This part of Threefold could not be loaded. Try again with a network.`, kind: 'error' });
    onFail();
  });
  useEffect(() => {
    if (hasFailed) fail();
  }, [hasFailed]);
  return loaded.state === 'here' ? loaded.part : null;
}
