import { useEffect, useEffectEvent, useRef } from 'react';
import type { FocusEvent, KeyboardEvent } from 'react';

/** The height of the banner: toasts, sheets and dialogs end above it. */
const heightProperty = '--reminders-height';

/**
 * Position and focus of the banner: Escape returns the focus to where it came from, and the focus of a removed card moves to
 * the next card, or back. `shown` changes with the cards.
 */
export function useReminderBanner(shown: string) {
  const ref = useRef<HTMLElement>(null);
  const previousFocus = useRef<HTMLElement>(null);
  const hadFocus = useRef(false);

  useEffect(() => {
    const banner = ref.current;
    const root = document.documentElement.style;
    if (banner === null) return undefined;
    const observer = new ResizeObserver(() => {
      const { height } = banner.getBoundingClientRect();
      if (height > 0) root.setProperty(heightProperty, `${Math.ceil(height)}px`);
      else root.removeProperty(heightProperty);
    });
    observer.observe(banner);
    return () => {
      observer.disconnect();
      root.removeProperty(heightProperty);
    };
  }, []);

  const isInside = (target: EventTarget | null) => target instanceof Node && ref.current?.contains(target) === true;
  function restoreFocus() {
    if (previousFocus.current?.isConnected === true) previousFocus.current.focus();
  }
  const keepFocus = useEffectEvent((isEmpty: boolean) => {
    if (!hadFocus.current || document.activeElement !== document.body) return;
    if (!isEmpty) return ref.current?.querySelector('button')?.focus();
    hadFocus.current = false;
    restoreFocus();
  });
  useEffect(() => keepFocus(shown === ''), [shown]);

  return {
    ref,
    // A card's menu is a portal: React delivers its events here as well.
    onFocus({ relatedTarget }: FocusEvent) {
      if (!hadFocus.current && relatedTarget instanceof HTMLElement && !isInside(relatedTarget))
        previousFocus.current = relatedTarget;
      hadFocus.current = true;
    },
    onBlur({ relatedTarget }: FocusEvent) {
      if (relatedTarget !== null && !isInside(relatedTarget)) hadFocus.current = false;
    },
    onKeyDown(event: KeyboardEvent) {
      if (event.key !== 'Escape' || !isInside(event.target)) return;
      event.stopPropagation();
      restoreFocus();
    },
  };
}
