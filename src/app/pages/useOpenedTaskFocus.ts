import { useCallback, useEffect, useRef } from 'react';
import { holdKeys } from '../../ui/keyboard/heldKeys.ts';
import { focusEditor } from '../shell/paneFocus.ts';

/** A task that is being opened by a key. */
type Opening = { key: string; stopHolding: () => void; isCancelled: boolean };

/**
 * Moves the focus into a task that was opened by a key, once it is rendered, and replays the keys pressed meanwhile.
 * They are dropped when it is closed or another one is opened first; Escape closes it. Tasks are identified by stable
 * keys.
 */
export function useOpenedTaskFocus(openKey: string | undefined, close: () => void) {
  const opening = useRef<Opening>(undefined);
  const latest = useRef({ openKey, close });
  const stopWaiting = useCallback(() => {
    opening.current?.stopHolding();
    opening.current = undefined;
  }, []);
  useEffect(() => {
    latest.current = { openKey, close };
  });
  useEffect(() => {
    const { current } = opening;
    if (current === undefined) return;
    if (current.key !== openKey || current.isCancelled) stopWaiting();
    if (current.key === openKey && current.isCancelled) latest.current.close();
  }, [openKey, stopWaiting]);
  useEffect(() => stopWaiting, [stopWaiting]);

  return {
    /** Call it before opening a task by a key. */
    expect: (key: string) => {
      stopWaiting();
      const stopHolding = holdKeys({
        isThere: () => opening.current === undefined,
        onCancel() {
          // The navigation may not be rendered yet: then the task is closed as soon as it is.
          if (latest.current.openKey === key) latest.current.close();
          else if (opening.current !== undefined) opening.current.isCancelled = true;
        },
      });
      opening.current = { key, stopHolding, isCancelled: false };
    },
    /** Call it after each render of the pane that shows the task. */
    takeFocus: () => {
      const { current } = opening;
      if (current === undefined || current.isCancelled || current.key !== openKey) return;
      if (focusEditor()) opening.current = undefined;
    },
    /** Call it when the task is closed, or one is opened by other means. */
    stopWaiting,
  };
}
