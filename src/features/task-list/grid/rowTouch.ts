import { useEffect, useEffectEvent, useState } from 'react';
import type { RefObject } from 'react';
import { swipeIntentOf, swipeActionsWidth, swipeOutcomeOf, swipeTravelOf } from '../row/swipeGesture.ts';
import type { SwipeSide } from '../row/swipeGesture.ts';

const longPressMs = 500;

export type SwipedRow = { key: string; side: SwipeSide };

export type RowTouchOptions = {
  canSwipe: boolean;
  onComplete: (row: HTMLElement) => void;
  onLongPress: (row: HTMLElement, at: { x: number; y: number }) => void;
};

type Finger = {
  id: number;
  row: HTMLElement;
  x: number;
  y: number;
  sign: 1 | -1;
  isSwiping: boolean;
  timer: number;
  dx: number;
};

/**
 * Touch on rows: swiping right completes, swiping left uncovers Date and Delete, a long press selects. The row follows the
 * finger through a custom property, without a render.
 */
export function useRowTouch(grid: RefObject<HTMLElement | null>, options: RowTouchOptions): SwipedRow | undefined {
  const [swiped, setSwiped] = useState<SwipedRow>();
  const complete = useEffectEvent(options.onComplete);
  const longPress = useEffectEvent(options.onLongPress);
  const canSwipe = useEffectEvent(() => options.canSwipe);

  useEffect(() => {
    const element = grid.current;
    if (element === null) return undefined;
    let finger: Finger | undefined;
    let open: HTMLElement | undefined;
    /** The press was handled: the click that follows is ignored. */
    let isHandled = false;

    const place = (row: HTMLElement, travel: number, sign: number) => {
      row.style.setProperty('--swipe', `${Math.abs(travel)}px`);
      row.style.setProperty('--shift', `${travel * sign}px`);
    };
    const close = (row: HTMLElement | undefined) => {
      row?.style.removeProperty('--swipe');
      row?.style.removeProperty('--shift');
      row?.removeAttribute('data-swiping');
      setSwiped(undefined);
    };
    const drop = () => {
      if (finger !== undefined) window.clearTimeout(finger.timer);
      finger = undefined;
    };

    const onDown = (event: PointerEvent) => {
      isHandled = false;
      const target = event.target instanceof Element ? event.target : null;
      const row = target?.closest<HTMLElement>('[role="row"][data-row]') ?? null;
      if (open !== undefined && target?.closest('[data-act="due"], [data-act="delete"]') === null) {
        // A press elsewhere only hides the buttons.
        isHandled = element.contains(target);
        close(open);
        open = undefined;
        return;
      }
      if (event.pointerType !== 'touch' || row === null || !event.isPrimary) return;
      const { clientX: x, clientY: y } = event;
      const timer = window.setTimeout(() => {
        isHandled = true;
        drop();
        longPress(row, { x, y });
      }, longPressMs);
      const sign = getComputedStyle(row).direction === 'rtl' ? -1 : 1;
      finger = { id: event.pointerId, row, x, y, sign, isSwiping: false, timer, dx: 0 };
    };

    const onMove = (event: PointerEvent) => {
      if (finger === undefined || event.pointerId !== finger.id) return;
      const dx = (event.clientX - finger.x) * finger.sign;
      if (!finger.isSwiping) {
        const intent = swipeIntentOf(dx, event.clientY - finger.y);
        if (intent === 'unknown') return;
        window.clearTimeout(finger.timer);
        if (intent === 'scroll' || !canSwipe()) return drop();
        finger.isSwiping = true;
        finger.row.setPointerCapture(event.pointerId);
        finger.row.dataset['swiping'] = '';
      }
      const side: SwipeSide = dx > 0 ? 'done' : 'more';
      if (Math.sign(dx) !== Math.sign(finger.dx)) setSwiped({ key: finger.row.dataset['row'] ?? '', side });
      finger.dx = dx;
      place(finger.row, swipeTravelOf(dx), finger.sign);
    };

    const onUp = (event: PointerEvent) => {
      if (finger === undefined || event.pointerId !== finger.id) return;
      const { row, dx, sign, isSwiping } = finger;
      drop();
      if (!isSwiping) return;
      isHandled = true;
      row.removeAttribute('data-swiping');
      const outcome = event.type === 'pointercancel' ? 'nothing' : swipeOutcomeOf(dx, row.offsetWidth);
      if (outcome === 'open') {
        open = row;
        place(row, -swipeActionsWidth, sign);
        return;
      }
      close(row);
      if (outcome === 'complete') complete(row);
    };

    const onClick = (event: MouseEvent) => {
      if (isHandled) {
        event.stopPropagation();
        event.preventDefault();
      }
      isHandled = false;
    };

    // Runs after React's handler: a click on the buttons hides them.
    const onClicked = () => {
      if (open !== undefined) close(open);
      open = undefined;
    };

    document.addEventListener('pointerdown', onDown);
    element.addEventListener('pointermove', onMove);
    element.addEventListener('pointerup', onUp);
    element.addEventListener('pointercancel', onUp);
    // Before React's own listener at the root.
    element.addEventListener('click', onClick, { capture: true });
    document.addEventListener('click', onClicked);
    return () => {
      drop();
      document.removeEventListener('pointerdown', onDown);
      element.removeEventListener('pointermove', onMove);
      element.removeEventListener('pointerup', onUp);
      element.removeEventListener('pointercancel', onUp);
      element.removeEventListener('click', onClick, { capture: true });
      document.removeEventListener('click', onClicked);
    };
  }, [grid]);

  return swiped;
}
