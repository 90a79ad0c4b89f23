import { useEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';
import { Tooltip } from 'react-aria-components/Tooltip';
import styles from './gridTip.module.css';

const delayMs = 600;

/**
 * One tooltip for every `data-tip` inside the grid: a tooltip for each sign of each row would cost more than the rows. Shown
 * after a pause under the pointer, at once on keyboard focus; any key, press or scrolling takes it away.
 */
export function GridTip({ grid }: { grid: RefObject<HTMLElement | null> }) {
  const anchor = useRef<Element | null>(null);
  const [label, setLabel] = useState<string>();

  useEffect(() => {
    const element = grid.current;
    if (element === null) return undefined;
    let timer = 0;
    const hide = () => {
      window.clearTimeout(timer);
      anchor.current = null;
      setLabel(undefined);
    };
    const show = (tipped: HTMLElement) => {
      anchor.current = tipped;
      setLabel(tipped.dataset['tip']);
    };
    const over = (event: PointerEvent) => {
      const tipped = tippedOf(event.target);
      if (tipped === anchor.current && tipped !== null) return;
      hide();
      if (tipped !== null && event.pointerType === 'mouse') timer = window.setTimeout(() => show(tipped), delayMs);
    };
    const focus = (event: FocusEvent) => {
      const tipped = tippedOf(event.target);
      hide();
      if (tipped?.matches(':focus-visible') === true) show(tipped);
    };
    const away = ['pointerleave', 'pointerdown', 'keydown', 'focusout', 'wheel', 'touchmove'] as const;
    element.addEventListener('pointerover', over);
    element.addEventListener('focusin', focus);
    for (const name of away) element.addEventListener(name, hide, { passive: true });
    return () => {
      window.clearTimeout(timer);
      element.removeEventListener('pointerover', over);
      element.removeEventListener('focusin', focus);
      for (const name of away) element.removeEventListener(name, hide);
    };
  }, [grid]);

  return (
    <Tooltip
      triggerRef={anchor}
      isOpen={label !== undefined}
      placement="bottom"
      offset={4}
      className={styles['tip'] ?? ''}
    >
      {label}
    </Tooltip>
  );
}

function tippedOf(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>('[data-tip]') : null;
}
