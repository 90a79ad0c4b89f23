import { useLingui } from '@lingui/react/macro';
import { useEffect, useEffectEvent, useInsertionEffect } from 'react';
import { useLazyChunk } from '../loading/useLazyChunk.ts';
import type { LazyChunk } from '../../domain/async/lazyChunk.ts';
import { focusArrival, holdKeys } from '../keyboard/heldKeys.ts';
import { toasts } from '../feedback/toast.tsx';

/** A loaded surface that has not taken the focus after this many frames never will. */
const maxFocusFrames = 30;

/** Whether the surface takes the focus; keys pressed before that are queued for it. */
type Focus = 'takesFocus' | 'leavesFocus';

/**
 * The module that draws a menu or dialog; null until it has loaded. A failed load shows a toast and calls `onFail`, as does
 * Escape while loading; the next opening retries.
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
    // The failure was before this opening, and `useLazyChunk` has just retried.
    if (chunk.current().state !== 'failed') return;
    toasts.show({ text: t`This part of Threefold could not be loaded. Try again when you are online.`, kind: 'error' });
    onFail();
  });
  useEffect(() => {
    if (hasFailed) fail();
  }, [hasFailed]);
  const cancel = useEffectEvent(onFail);
  const isWaiting = isOpen && focus === 'takesFocus';
  // An insertion effect runs before anything rendered now can take the focus.
  useInsertionEffect(() => {
    if (!isWaiting) return undefined;
    const hasArrived = focusArrival();
    let frames = 0;
    return holdKeys({
      // Stops waiting for a rendered surface that takes no focus.
      isThere: () => hasArrived() || (chunk.current().state === 'here' && (frames += 1) > maxFocusFrames),
      onCancel: () => cancel(),
    });
  }, [chunk, isWaiting]);
  return loaded.state === 'here' ? loaded.part : null;
}
