import { useRef, type KeyboardEvent, type PointerEvent } from 'react';
import { clampPaneWidth, paneLimits, paneWidthAfterKey, type PaneName } from './paneWidths.ts';
import styles from './shell.module.css';

type Props = { pane: PaneName; label: string; width: number; onChange: (width: number, isDone: boolean) => void };

/**
 * The edge between two panes: drag it, move it with arrows, reset it with a double click or Enter
 * (docs/design.md#layout).
 */
export function PaneResizer({ pane, label, width, onChange }: Props) {
  const drag = useRef<{ from: number; width: number } | null>(null);
  const { min, max, initial } = paneLimits[pane];
  /** 1 where moving right widens the pane, else -1. */
  const sign = (element: Element) => {
    const isRtl = getComputedStyle(element).direction === 'rtl';
    return (pane === 'sidebar') === isRtl ? -1 : 1;
  };

  function onPointerDown(event: PointerEvent<HTMLHRElement>) {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    drag.current = { from: event.clientX, width };
  }
  function onPointerMove(event: PointerEvent<HTMLHRElement>) {
    if (drag.current === null) return;
    const moved = (event.clientX - drag.current.from) * sign(event.currentTarget);
    onChange(clampPaneWidth(pane, drag.current.width + moved), false);
  }
  function endDrag() {
    if (drag.current === null) return;
    drag.current = null;
    onChange(width, true);
  }
  function onKeyDown(event: KeyboardEvent<HTMLHRElement>) {
    const grow = sign(event.currentTarget) > 0 ? 'ArrowRight' : 'ArrowLeft';
    const next = paneWidthAfterKey(pane, width, event.key, grow);
    if (next === undefined) return;
    event.preventDefault();
    onChange(next, true);
  }

  // A separator that can be moved is focusable (ARIA Authoring Practices, window splitter).
  const splitter = {
    tabIndex: 0,
    'aria-label': label,
    'aria-valuenow': width,
    'aria-valuemin': min,
    'aria-valuemax': max,
    onPointerDown,
    onPointerMove,
    onPointerUp: endDrag,
    onPointerCancel: endDrag,
    onDoubleClick: () => onChange(initial, true),
    onKeyDown,
  };
  return <hr {...splitter} aria-orientation="vertical" data-pane-edge={pane} className={styles['resizer']} />;
}
