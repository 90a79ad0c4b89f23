import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';
import { createPortal } from 'react-dom';
import styles from './gridTip.module.css';

const delayMs = 600;
/** Room kept to the anchor and to the edges of the window; px. */
const gap = 6;

type Tip = { label: string; anchor: DOMRect };

/**
 * One tooltip for every `data-tip` inside the grid: a tooltip for each sign of each row would cost more than the rows. Shown
 * after a pause under the pointer, at once on keyboard focus; any key, press or scrolling takes it away. What it says is
 * also part of a name, so it is not read out.
 */
export function GridTip({ grid }: { grid: RefObject<HTMLElement | null> }) {
  const [tip, setTip] = useState<Tip>();

  useEffect(() => {
    const element = grid.current;
    if (element === null) return undefined;
    let timer = 0;
    let anchor: HTMLElement | null = null;
    const hide = () => {
      window.clearTimeout(timer);
      anchor = null;
      setTip(undefined);
    };
    const show = (tipped: HTMLElement) => {
      anchor = tipped;
      setTip({ label: tipped.dataset['tip'] ?? '', anchor: tipped.getBoundingClientRect() });
    };
    const over = (event: PointerEvent) => {
      const tipped = tippedOf(event.target);
      if (tipped !== null && tipped === anchor) return;
      hide();
      anchor = tipped;
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

  return tip === undefined ? null : createPortal(<Shown tip={tip} />, document.body);
}

/** Below its anchor, above it at the foot of the window, and never past an edge. */
function Shown({ tip }: { tip: Tip }) {
  const box = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    const { anchor } = tip;
    const { offsetWidth, offsetHeight } = element;
    const left = anchor.left + anchor.width / 2 - offsetWidth / 2;
    const below = anchor.bottom + gap;
    const top = below + offsetHeight + gap > window.innerHeight ? anchor.top - gap - offsetHeight : below;
    element.style.left = `${Math.max(gap, Math.min(left, window.innerWidth - offsetWidth - gap))}px`;
    element.style.top = `${top}px`;
  }, [tip]);
  return (
    <div ref={box} className={styles['tip']} aria-hidden>
      {tip.label}
    </div>
  );
}

function tippedOf(target: EventTarget | null): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>('[data-tip]') : null;
}
