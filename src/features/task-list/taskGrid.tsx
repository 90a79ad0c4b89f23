import { useVirtualizer } from '@tanstack/react-virtual';
import type { Range } from '@tanstack/react-virtual';
import { useCallback, useImperativeHandle, useRef, useState } from 'react';
import type { CSSProperties, KeyboardEvent, MouseEvent, PointerEvent, ReactNode, Ref, RefObject } from 'react';
import type { Order, RowState, SectionKey } from '../../domain/listing.ts';
import type { Task } from '../../domain/task.ts';
import type { Day } from '../../domain/time.ts';
import { moveFrom, moveOf } from './moves.ts';
import { controlBeside } from './rowControls.ts';
import { useRowFocus } from './rowFocus.ts';
import { headKey, indexOfKey, keyOf, rowAt, sizeOf, topInBlock, topOf } from './rows.ts';
import type { Block, HeldTask, RowPlan } from './rows.ts';
import { SectionHead } from './sectionHead.tsx';
import { GridTip } from './gridTip.tsx';
import { TaskRow } from './taskRow.tsx';
import type { RowAct } from './taskRow.tsx';
import styles from './taskGrid.module.css';

/** A task's row, and what has to be known about its place to hold it there. */
export type RowTarget = {
  task: Task;
  element: HTMLElement;
  held: HeldTask | undefined;
  place: Omit<HeldTask, 'isCollapsing'>;
};

export type TaskGridHandle = { focus: () => void };

export type TaskGridProps = {
  label: string;
  plan: RowPlan;
  order: Order;
  held: readonly HeldTask[];
  pendingIds: ReadonlyMap<string, RowState>;
  today: Day;
  zone: string;
  locale: string;
  openTaskId: string | undefined;
  /** The lasting name of the row whose menu is open: it keeps its tools. */
  menuKey: string | undefined;
  isSettling: boolean;
  scroller: RefObject<HTMLElement | null>;
  /** Height in px of what sticks above the rows, and of what scrolls above them. */
  stick: number;
  margin: number;
  onAct: (act: RowAct, target: RowTarget, control: Element) => void;
  onOpen: (task: Task) => void;
  onRemove: (target: RowTarget) => void;
  onCycleImportance: (task: Task) => void;
  onContext: (target: RowTarget, at: { x: number; y: number } | null) => void;
  onToggleSection: (section: SectionKey, isOpen?: boolean) => void;
  onEscape: () => void;
  ref?: Ref<TaskGridHandle>;
};

/** Rows kept free between the focus and the foot of the pane, so that a toast never covers it; px. */
const footRoom = 76;

/**
 * The task list: a grid with one tab stop over rows that are drawn only when near the view (ui-library.md, "How to build it",
 * item 7). All events are handled here for all rows, so a row is nothing but a drawing and 10,000 cost as much as 50.
 */
export function TaskGrid(props: TaskGridProps) {
  // The virtualiser is one object that changes inside: what the compiler would keep is stale.
  'use no memo';
  const { plan, scroller, stick, margin, openTaskId } = props;
  const grid = useRef<HTMLDivElement>(null);
  const [hot, setHot] = useState<string>();

  const reveal = (index: number) => {
    const element = scroller.current;
    if (element === null) return;
    const head = rowAt(plan, index)?.block.hasHead === true ? plan.sizes.head : 0;
    const top = margin + topOf(plan, index);
    const bottom = top + plan.sizes.row + footRoom;
    const { scrollOffset, scrollRect } = virtualizer;
    const offset = scrollOffset ?? 0;
    if (index <= 1) element.scrollTop = 0;
    else if (top - head - stick < offset) element.scrollTop = top - head - stick;
    else if (scrollRect !== null && bottom > offset + scrollRect.height) element.scrollTop = bottom - scrollRect.height;
  };
  const focus = useRowFocus(
    plan,
    props.order,
    grid,
    reveal,
    openTaskId === undefined ? undefined : plan.nameOf(openTaskId),
  );

  const virtualizer = useVirtualizer({
    count: plan.count,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => sizeOf(plan, index),
    getItemKey: useCallback(
      (index: number) => {
        const row = rowAt(plan, index);
        return row === undefined ? index : keyOf(plan, row);
      },
      [plan],
    ),
    rangeExtractor: (range) => withActive(range, focus.index),
    scrollMargin: margin,
    overscan: 6,
    initialRect: { width: 0, height: window.innerHeight },
  });
  useImperativeHandle(props.ref, () => ({ focus: () => focus.focus(focus.index) }));

  const drawn = new Map<Block, ReactNode[]>();
  for (const { index } of virtualizer.getVirtualItems()) {
    const row = rowAt(plan, index);
    if (row?.kind !== 'task') continue;
    const { block, task } = row;
    const key = plan.nameOf(task.id);
    const held = props.held.find((one) => one.task === task);
    const rows = drawn.get(block) ?? [];
    drawn.set(block, rows);
    rows.push(
      <TaskRow
        key={key}
        rowKey={key}
        task={task}
        section={block.key}
        number={index + 1}
        top={topInBlock(plan, block, row.index)}
        state={props.pendingIds.get(task.id)}
        today={props.today}
        zone={props.zone}
        locale={props.locale}
        isActive={index === focus.index}
        isOpen={openTaskId !== undefined && plan.nameOf(openTaskId) === key}
        hasTools={key === hot || key === props.menuKey}
        isHeld={held !== undefined}
        isCollapsing={held?.isCollapsing === true}
      />,
    );
  }

  const targetOf = (from: EventTarget): RowTarget | undefined => {
    const element = rowElementOf(from);
    const row = element === null ? undefined : rowAt(plan, indexOfKey(plan, element.dataset['row'] ?? ''));
    if (element === null || row?.kind !== 'task') return undefined;
    const { task, block, index } = row;
    const place = { task, section: block.key, sectionIndex: plan.blocks.indexOf(block), index };
    return { task, element, place, held: props.held.find((one) => one.task === task) };
  };

  const onClick = (event: MouseEvent) => {
    const head = plan.blocks.find((block) => rowElementOf(event.target)?.dataset['row'] === headKey(block.key));
    if (head !== undefined) {
      props.onToggleSection(head.key);
      return;
    }
    const target = targetOf(event.target);
    if (target === undefined) return;
    const act = actOf(event.target);
    const control = event.target instanceof Element ? event.target.closest('[data-act]') : null;
    if (act !== undefined) props.onAct(act, target, control ?? target.element);
    else if (!event.ctrlKey && !event.metaKey && !event.shiftKey) props.onOpen(target.task);
  };

  const onContextMenu = (event: MouseEvent) => {
    const target = targetOf(event.target);
    if (target === undefined) return;
    event.preventDefault();
    // The menu key has no pointer: the menu then opens at the row.
    props.onContext(target, event.button === 2 || event.detail > 0 ? { x: event.clientX, y: event.clientY } : null);
  };

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const element = rowElementOf(event.target);
    if (element === null) return;
    const move = moveOf(event);
    if (move !== undefined) {
      event.preventDefault();
      const page = Math.floor(((virtualizer.scrollRect?.height ?? 0) - stick - footRoom) / plan.sizes.row);
      focus.focus(moveFrom(plan, focus.index, move, page));
      return;
    }
    const isPlain = !event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey;
    if (!isPlain) return;
    const head = plan.blocks.find((block) => headKey(block.key) === element.dataset['row']);
    const side = sideOf(event.key, element);
    if (side !== undefined) {
      event.preventDefault();
      if (head === undefined) controlBeside(element, document.activeElement, side).focus();
      else props.onToggleSection(head.key, side === 'next');
      return;
    }
    const isOnRow = event.target === element && head === undefined;
    if (event.key === 'Escape') {
      if (event.target === element) props.onEscape();
      else element.focus();
      return;
    }
    const target = targetOf(element);
    if (!isOnRow || target === undefined) return;
    const keys: Readonly<Record<string, () => void>> = {
      Enter: () => props.onOpen(target.task),
      ' ': () => props.onAct('toggle', target, target.element),
      Delete: () => props.onRemove(target),
      i: () => props.onCycleImportance(target.task),
    };
    const act = keys[event.key];
    if (act === undefined) return;
    event.preventDefault();
    // Held down, a key that ends things would run down the list.
    if (!event.repeat) act();
  };

  const onPointerOver = (event: PointerEvent) => {
    if (event.pointerType === 'mouse' && !virtualizer.isScrolling) setHot(rowElementOf(event.target)?.dataset['row']);
  };

  return (
    <div
      ref={grid}
      role="grid"
      aria-label={props.label}
      aria-rowcount={plan.count}
      className={styles['grid']}
      data-settling={props.isSettling || undefined}
      style={{ '--stick': `${stick}px` } as CSSProperties}
      onClick={onClick}
      onContextMenu={onContextMenu}
      onKeyDown={onKeyDown}
      onPointerOver={onPointerOver}
      onPointerLeave={() => setHot(undefined)}
      onFocus={(event) => {
        focus.onFocus(event);
        // By keyboard the tools come on the way into the row, so that arrowing through the list hides no date.
        const row = rowElementOf(event.target);
        if (event.target.matches(':focus-visible')) setHot(row === event.target ? undefined : row?.dataset['row']);
      }}
      onBlur={focus.onBlur}
    >
      {plan.blocks.map((block) => (
        <div key={block.key} role="rowgroup" className={styles['section']} style={{ blockSize: `${block.height}px` }}>
          {block.hasHead && <SectionHead block={block} isActive={block.first === focus.index} />}
          {drawn.get(block)}
        </div>
      ))}
      <GridTip grid={grid} />
    </div>
  );
}

function withActive(range: Range, active: number): number[] {
  const first = Math.max(0, range.startIndex - range.overscan);
  const last = Math.min(range.count - 1, range.endIndex + range.overscan);
  const indexes = Array.from({ length: last - first + 1 }, (_, at) => first + at);
  // The row with the focus is always drawn: a focused element that leaves the page loses the keyboard.
  if (active >= 0 && active < first) indexes.unshift(active);
  if (active > last && active < range.count) indexes.push(active);
  return indexes;
}

function rowElementOf(target: EventTarget): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>('[data-row]') : null;
}

function actOf(target: EventTarget): RowAct | undefined {
  const control = target instanceof Element ? target.closest<HTMLElement>('[data-act]') : null;
  return control?.dataset['act'] as RowAct | undefined;
}

/** The side an arrow key points to, in reading direction. */
function sideOf(key: string, element: Element): 'next' | 'previous' | undefined {
  if (key !== 'ArrowRight' && key !== 'ArrowLeft') return undefined;
  const isForward = (key === 'ArrowRight') === (getComputedStyle(element).direction !== 'rtl');
  return isForward ? 'next' : 'previous';
}
