import { useEffect, useEffectEvent, useRef } from 'react';
import type { FocusEvent, KeyboardEvent } from 'react';

/** Where the band ends, for sheets and dialogs: they begin below it. */
const end = '--reminders-end';

/**
 * The manners of the band: what floats above the page keeps clear of it, Escape goes back to where the focus came from, and
 * the focus that leaves with a card goes to the next one, or back. `timeUntilShown` changes with the cards.
 */
export function useReminderBand(shown: string) {
  const ref = useRef<HTMLElement>(null);
  const cameFrom = useRef<HTMLElement>(null);
  const hadFocus = useRef(false);

  useEffect(() => {
    const band = ref.current;
    const root = document.documentElement.style;
    if (band === null) return undefined;
    const watching = new ResizeObserver(() => {
      const { bottom, height } = band.getBoundingClientRect();
      if (height > 0) root.setProperty(end, `${Math.ceil(bottom)}px`);
      else root.removeProperty(end);
    });
    watching.observe(band);
    return () => {
      watching.disconnect();
      root.removeProperty(end);
    };
  }, []);

  const isInside = (target: EventTarget | null) => target instanceof Node && ref.current?.contains(target) === true;
  function goBack() {
    if (cameFrom.current?.isConnected === true) cameFrom.current.focus();
  }
  const keepFocus = useEffectEvent((isEmpty: boolean) => {
    if (!hadFocus.current || document.activeElement !== document.body) return;
    if (!isEmpty) return ref.current?.querySelector('button')?.focus();
    hadFocus.current = false;
    goBack();
  });
  useEffect(() => keepFocus(shown === ''), [shown]);

  return {
    ref,
    // The menu of a card is drawn elsewhere; its events come here all the same, as React's do.
    onFocus({ relatedTarget }: FocusEvent) {
      if (!hadFocus.current && relatedTarget instanceof HTMLElement && !isInside(relatedTarget))
        cameFrom.current = relatedTarget;
      hadFocus.current = true;
    },
    onBlur({ relatedTarget }: FocusEvent) {
      if (relatedTarget !== null && !isInside(relatedTarget)) hadFocus.current = false;
    },
    onKeyDown(event: KeyboardEvent) {
      if (event.key !== 'Escape' || !isInside(event.target)) return;
      event.stopPropagation();
      goBack();
    },
  };
}
