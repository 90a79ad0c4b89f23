import { useLingui } from '@lingui/react/macro';
import AlertIcon from 'lucide-react/icons/triangle-alert';
import XIcon from 'lucide-react/icons/x';
import { useEffect, useLayoutEffect, useRef, useSyncExternalStore } from 'react';
import { Shortcut } from '../keyboard/shortcut.tsx';
import { ariaKeyShortcuts } from '../keyboard/keyLabels.ts';
import { createToastQueue } from './toastQueue.ts';
import type { ShownToast, ToastAction } from './toastQueue.ts';
import styles from './toast.module.css';

/** The app's toasts. `toasts.show({ text: 'Moved to Garden', action: { label: 'Undo', keys: 'Mod+Z', onAction } })`. */
export const toasts = createToastQueue({
  now: () => performance.now(),
  start: (run, ms) => window.setTimeout(run, ms),
  stop: (id) => window.clearTimeout(id),
});

/**
 * Shows the toasts; mount it once, last in the app. `--toast-start`, `--toast-end` and `--toast-foot` on an ancestor
 * position it. It stays usable above dialogs, and pressing it does not close them.
 */
export function ToastRegion() {
  const { t } = useLingui();
  const toast = useSyncExternalStore(toasts.subscribe, toasts.current);

  useEffect(() => {
    let isHeld = false;
    function onVisibilityChange() {
      if (document.hidden === isHeld) return;
      isHeld = document.hidden;
      if (isHeld) toasts.hold();
      else toasts.release();
    }
    onVisibilityChange();
    document.addEventListener('visibilitychange', onVisibilityChange);
    return () => {
      document.removeEventListener('visibilitychange', onVisibilityChange);
      if (isHeld) toasts.release();
    };
  }, []);

  const isError = toast?.kind === 'error';
  return (
    <section className={styles['region']} aria-label={t`Messages`} data-react-aria-top-layer="true">
      <output>{toast && !isError && <ToastBox key={toast.id} toast={toast} />}</output>
      <div role="alert">{toast && isError && <ToastBox key={toast.id} toast={toast} />}</div>
    </section>
  );
}

function ToastBox({ toast }: { toast: ShownToast }) {
  const { t } = useLingui();
  const box = useRef<HTMLDivElement>(null);
  const previousFocus = useRef<HTMLElement | null>(null);
  const { action } = toast;

  // The timer stops while the toast is hovered or focused, and the focus is restored when it closes. A layout effect,
  // because its clean-up runs while the toast is still in the page.
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return undefined;
    const reasons = new Set<string>();
    function hold(reason: string) {
      if (reasons.size === 0) toasts.hold();
      reasons.add(reason);
    }
    function release(reason: string) {
      if (reasons.delete(reason) && reasons.size === 0) toasts.release();
    }
    const on = {
      pointerenter: () => hold('pointer'),
      pointerleave: () => release('pointer'),
      focusin: (event: FocusEvent) => {
        if (event.relatedTarget instanceof HTMLElement && !element.contains(event.relatedTarget)) {
          previousFocus.current = event.relatedTarget;
        }
        hold('focus');
      },
      focusout: () => release('focus'),
    };
    element.addEventListener('pointerenter', on.pointerenter);
    element.addEventListener('pointerleave', on.pointerleave);
    element.addEventListener('focusin', on.focusin);
    element.addEventListener('focusout', on.focusout);
    return () => {
      if (element.contains(document.activeElement) && previousFocus.current?.isConnected) previousFocus.current.focus();
      element.removeEventListener('pointerenter', on.pointerenter);
      element.removeEventListener('pointerleave', on.pointerleave);
      element.removeEventListener('focusin', on.focusin);
      element.removeEventListener('focusout', on.focusout);
      if (reasons.size > 0) toasts.release();
    };
  }, []);

  return (
    <div ref={box} className={styles['toast']}>
      {toast.kind === 'error' && <AlertIcon className={styles['warning']} aria-hidden />}
      <span className={styles['text']}>{toast.text}</span>
      {toast.more && <ActionButton toast={toast} action={toast.more} />}
      {action && <ActionButton toast={toast} action={action} />}
      {action?.keys !== undefined && <Shortcut keys={action.keys} isInverted />}
      <button type="button" className={styles['close']} aria-label={t`Close`} onClick={() => toasts.close(toast.id)}>
        <XIcon aria-hidden />
      </button>
    </div>
  );
}

function ActionButton({ toast, action }: { toast: ShownToast; action: ToastAction }) {
  return (
    <button
      type="button"
      className={styles['action']}
      aria-keyshortcuts={action.keys === undefined ? undefined : ariaKeyShortcuts(action.keys)}
      onClick={() => {
        toasts.close(toast.id);
        action.onAction();
      }}
    >
      {action.label}
    </button>
  );
}
