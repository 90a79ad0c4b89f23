import { useRef } from 'react';
import type { MouseEvent } from 'react';
import { headKey, indexOfKey } from '../row/rowPlan.ts';
import { isTouchPress, rowActions, rowControlOf, rowElementOf } from '../row/rowActions.ts';
import type { RowTarget } from '../row/rowTarget.ts';
import type { TaskGridProps } from './taskGridProps.ts';

type Input = Pick<
  TaskGridProps,
  'plan' | 'isReadOnly' | 'onSelect' | 'onAction' | 'onOpen' | 'onContext' | 'onToggleSection'
> & {
  targetOf: (from: EventTarget) => RowTarget | undefined;
  activeIndex: number;
  isSelecting: boolean;
  hasSwipedRow: boolean;
};

/** Presses on rows: they open, select, act through a control, or open the context menu. */
export function useGridPointer(input: Input) {
  const { plan, isReadOnly, onSelect, onAction, onOpen, onContext, onToggleSection } = input;
  const { targetOf, activeIndex, isSelecting, hasSwipedRow } = input;
  /** The row with the focus before a press moved it. */
  const rangeStart = useRef(-1);

  const onClick = (event: MouseEvent) => {
    const head = plan.blocks.find((block) => rowElementOf(event.target)?.dataset['row'] === headKey(block.key));
    if (head !== undefined) {
      onToggleSection(head.key);
      return;
    }
    const target = targetOf(event.target);
    if (target === undefined) return;
    const control = rowControlOf(event.target);
    const action = rowActions.find((one) => one === control?.dataset['act']);
    const isTouch = isTouchPress(event);
    if (
      !isReadOnly &&
      (action === 'select' || (action === undefined && (event.ctrlKey || event.metaKey || (isSelecting && isTouch))))
    ) {
      onSelect({ kind: 'toggle', name: plan.nameOf(target.task.id) });
      return;
    }
    if (!isReadOnly && action === undefined && event.shiftKey) {
      onSelect({ kind: 'extend', from: rangeStart.current, to: indexOfKey(plan, plan.nameOf(target.task.id)) });
      return;
    }
    // A control that a swipe uncovered disappears with the press, so a menu opens at the row.
    const anchor = hasSwipedRow ? null : control;
    if (action !== undefined) onAction(action, target, anchor ?? target.element);
    else if (!event.ctrlKey && !event.metaKey && !event.shiftKey) onOpen(target.task);
  };

  /** Shift extends the selection of rows, not of text; the pressed row takes the focus as usual. */
  const onMouseDown = (event: MouseEvent) => {
    const row = rowElementOf(event.target);
    if (event.shiftKey && row !== null) {
      rangeStart.current = activeIndex;
      event.preventDefault();
      row.focus({ preventScroll: true });
    }
  };

  const onContextMenu = (event: MouseEvent) => {
    const target = targetOf(event.target);
    if (target === undefined) return;
    event.preventDefault();
    // A long press selects the row.
    if (isTouchPress(event) && !isReadOnly) return;
    // The menu key has no pointer position: the menu opens at the row.
    const hasPoint = event.button === 2 || isTouchPress(event);
    onContext(target, hasPoint ? { x: event.clientX, y: event.clientY } : null);
  };

  return { onClick, onMouseDown, onContextMenu };
}
