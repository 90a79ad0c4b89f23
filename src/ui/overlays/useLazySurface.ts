import { useLingui } from '@lingui/react/macro';
import { useEffect, useEffectEvent, useInsertionEffect } from 'react';
import { useLazyChunk } from '../loading/lazyChunk.ts';
import type { LazyChunk } from '../loading/lazyChunk.ts';
import { focusArrival, holdKeys } from '../keyboard/heldKeys.ts';
import { toasts } from '../feedback/toast.tsx';

/** Frames between what draws a surface and the focus in it: those of what the surface itself still has to fetch are its own. */
const patience = 30;

/** Whether what opens takes the focus: the keys pressed before it has it are then meant for it. */
type Focus = 'takesFocus' | 'leavesFocus';

/**
 * The part that draws a menu or dialog, null until it is here. When it cannot be fetched, a toast says so and `onFail`
 * takes the wish back, as Escape does meanwhile; the next opening asks again.
 */
export function useLazySurface<T>(
  chunk: LazyChunk<T>,
  isOpen: boolean,
  onFail: () => void,
  focus: Focus = 'takesFocus',
): T | null {
  const { t } = useLingui();
  const loaded = useLazyChunk(chunk, isOpen);
  const hasFailed = isOpen && loaded.state === 'failed';
  const fail = useEffectEvent(() => {
    // A failure from before the opening: `useLazyChunk` has just asked again.
    if (chunk.current().state !== 'failed') return;
    toasts.show({ text: t`This part of Threefold could not be loaded. Try again with a network.`, kind: 'error' });
    onFail();
  });
  useEffect(() => {
    if (hasFailed) fail();
  }, [hasFailed]);
  const cancel = useEffectEvent(onFail);
  const isWaiting = isOpen && focus === 'takesFocus';
  // Before anything that is drawn now can take the focus.
  useInsertionEffect(() => {
    if (!isWaiting) return undefined;
    const hasArrived = focusArrival();
    let frames = 0;
    return holdKeys({
      // A surface that is drawn and takes no focus is waited for no longer.
      isThere: () => hasArrived() || (chunk.current().state === 'here' && (frames += 1) > patience),
      onCancel: () => cancel(),
    });
  }, [chunk, isWaiting]);
  return loaded.state === 'here' ? loaded.part : null;
}
