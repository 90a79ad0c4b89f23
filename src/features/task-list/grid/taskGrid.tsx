import { useEffect, useEffectEvent, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react';
import type { DragEvent, KeyboardEvent, MouseEvent, PointerEvent, ReactNode, Ref, RefObject } from 'react';
import type { SortOrder, PendingState, SectionKey } from '../../../domain/listing/listing.ts';
import type { Mailbox, Task } from '../../../domain/task/task.ts';
import type { Day } from '../../../domain/time/time.ts';
import { createLazyChunk, useLazyChunk } from '../../../ui/loading/lazyChunk.ts';
import { loadTooltipLayer } from '../../../ui/popovers/tooltips.ts';
import { gridCommandOf } from './gridKeys.ts';
import type { TaskCommand } from './gridKeys.ts';
import { rowAfterMove } from './gridNavigation.ts';
import { adjacentControl } from '../row/rowControls.ts';
import { useRowFocus, useTabStop } from './rowFocus.ts';
import { useRowDrops } from './rowFileDrop.ts';
import { useRowTouch } from './rowTouch.ts';
import { useVirtualRows } from './virtualRows.ts';
import { headKey, indexOfKey, rowAt, rowTopInBlock, rowTopOf } from '../row/rowPlan.ts';
import type { SectionBlock, CompletingTask, RowPlan } from '../row/rowPlan.ts';
import type { SelectionAction } from '../selection/useSelection.ts';
import type { RowMetadata } from '../row/rowMetadata.tsx';
import { SectionHeader } from '../row/sectionHeader.tsx';
import { TaskRow } from '../row/taskRow.tsx';
import { rowControlOf, isTouchPress, rowActions, rowElementOf } from '../row/rowActions.ts';
import type { RowAction } from '../row/rowActions.ts';
import styles from './taskGrid.module.css';

/** A task's row, and what has to be known about its place to hold it there. */
export type RowTarget = {
  task: Task;
  element: HTMLElement;
  held: CompletingTask | undefined;
  place: Omit<CompletingTask, 'isCollapsing'>;
};

export type TaskGridHandle = { focus: () => void };

export type TaskGridProps = {
  label: string;
  mailbox: Mailbox;
  plan: RowPlan;
  order: SortOrder;
  held: readonly CompletingTask[];
  pendingIds: ReadonlyMap<string, PendingState>;
  today: Day;
  zone: string;
  locale: string;
  openTaskId: string | undefined;
  /** The lasting name of the task added last: it is brought into view, the focus stays in the field. */
  addedKey: string | undefined;
  /** The lasting name of the row whose menu is open: it keeps its tools. */
  menuKey: string | undefined;
  isSettling: boolean;
  /** Rows are to look at: no ring to press, nothing under a swipe. */
  isReadOnly: boolean;
  scroller: RefObject<HTMLElement | null>;
  /** Height in px of what sticks above the rows, and of what scrolls above them. */
  stick: number;
  margin: number;
  /** The lasting names of the rows that are chosen together. */
  selected: ReadonlySet<string>;
  onSelect: (act: SelectionAction) => void;
  onAct: (act: RowAction, target: RowTarget, control: Element) => void;
  onOpen: (task: Task) => void;
  /** A key that asks something of the row, or of the selection. */
  onCommand: (command: TaskCommand, target: RowTarget) => void;
  /** A row is taken to be put somewhere else; absent where tasks cannot be moved. */
  onDrag: ((event: DragEvent, target: RowTarget) => void) | undefined;
  onDragEnd: () => void;
  onContext: (target: RowTarget, at: { x: number; y: number } | null) => void;
  onToggleSection: (section: SectionKey, isOpen?: boolean) => void;
  onEscape: () => void;
  ref?: Ref<TaskGridHandle>;
};

/** Checklists and numbers of attachments need no place on the first screen. */
const rowExtras = createLazyChunk(() => import('../row/rowMetadata.tsx'));

/** Rows kept free between the focus and the foot of the pane, so that a toast never covers it; px. */
const footRoom = 76;

/**
 * The task list: a grid with one tab stop that draws only the rows near the viewport. It handles all events itself, so that
 * a row is only a drawing (docs/performance.md#the-task-grid).
 */
export function TaskGrid(props: TaskGridProps) {
  const {
    label,
    mailbox,
    plan,
    order,
    held,
    pendingIds,
    today,
    zone,
    locale,
    openTaskId,
    addedKey,
    menuKey,
    isSettling,
    isReadOnly,
  } = props;
  const extras = useLazyChunk(rowExtras, false);
  const [known, setKnown] = useState<RowMetadata | null>(null);
  const {
    scroller,
    stick,
    margin,
    selected,
    onSelect,
    onAct,
    onOpen,
    onCommand,
    onDrag,
    onDragEnd,
    onContext,
    onToggleSection,
    onEscape,
    ref,
  } = props;
  const grid = useRef<HTMLDivElement>(null);
  const [hot, setHot] = useState<string>();
  /** The row with the focus before a press took it. */
  const before = useRef(-1);

  const stop = useTabStop(plan, order, openTaskId === undefined ? undefined : plan.nameOf(openTaskId));
  const added = addedKey === undefined ? -1 : indexOfKey(plan, addedKey);
  const rows = useVirtualRows(plan, scroller, margin, [stop.index, added]);
  const reveal = (index: number) => {
    const element = scroller.current;
    if (element === null) return;
    const head = rowAt(plan, index)?.block.hasHead === true ? plan.sizes.head : 0;
    const top = margin + rowTopOf(plan, index);
    const bottom = top + plan.sizes.row + footRoom;
    if (index <= 1) element.scrollTo({ top: 0 });
    else if (top - head - stick < rows.offset()) element.scrollTo({ top: top - head - stick });
    else if (bottom > rows.offset() + rows.height()) element.scrollTo({ top: bottom - rows.height() });
  };
  // Rows carry their hints as words only: a component for each sign of each row would cost more than the rows.
  useEffect(loadTooltipLayer, []);
  const focus = useRowFocus(grid, plan, stop, reveal);
  const showAdded = useEffectEvent((key: string | undefined) => {
    if (key !== undefined && added >= 0) reveal(added);
  });
  useLayoutEffect(() => showAdded(addedKey), [addedKey]);
  useImperativeHandle(ref, () => ({ focus: () => focus.focus(stop.index) }));

  const targetOf = (from: EventTarget): RowTarget | undefined => {
    const element = rowElementOf(from);
    const row = element === null ? undefined : rowAt(plan, indexOfKey(plan, element.dataset['row'] ?? ''));
    if (element === null || row?.kind !== 'task') return undefined;
    const { task, block, index } = row;
    const place = { task, section: block.key, sectionIndex: plan.blocks.indexOf(block), index };
    return { task, element, place, held: held.find((one) => one.task === task) };
  };

  useRowDrops(grid, { isReadOnly, taskOf: (row) => targetOf(row)?.task, onOpen });
  const isSelecting = selected.size > 0;
  const swiped = useRowTouch(grid, {
    canSwipe: !isReadOnly && !isSelecting,
    onComplete: (row) => {
      const touched = targetOf(row);
      if (touched !== undefined) onAct('toggle', touched, row);
    },
    onLongPress: (row, at) => {
      const touched = targetOf(row);
      if (touched === undefined) return;
      if (isReadOnly) onContext(touched, at);
      else onSelect({ kind: 'toggle', name: plan.nameOf(touched.task.id) });
    },
  });

  const drawn = new Map<SectionBlock, ReactNode[]>();
  for (const index of rows.indexes) {
    const row = rowAt(plan, index);
    if (row?.kind !== 'task') continue;
    const { block, task } = row;
    const key = plan.nameOf(task.id);
    const kept = held.find((one) => one.task === task);
    const peers = drawn.get(block) ?? [];
    drawn.set(block, peers);
    peers.push(
      <TaskRow
        key={key}
        rowKey={key}
        mailbox={mailbox}
        task={task}
        section={block.key}
        number={index + 1}
        top={rowTopInBlock(plan, block, row.index)}
        state={pendingIds.get(task.id)}
        today={today}
        zone={zone}
        locale={locale}
        known={known}
        isActive={index === stop.index}
        isOpen={openTaskId !== undefined && plan.nameOf(openTaskId) === key}
        isNew={key === addedKey}
        hasTools={key === hot || key === menuKey}
        isDraggable={key === hot && onDrag !== undefined}
        isSelecting={isSelecting}
        isSelected={selected.has(key)}
        isReadOnly={isReadOnly}
        isHeld={kept !== undefined}
        isCollapsing={kept?.isCollapsing === true}
        swiped={swiped?.key === key ? swiped.side : undefined}
      />,
    );
  }

  const onClick = (event: MouseEvent) => {
    const head = plan.blocks.find((block) => rowElementOf(event.target)?.dataset['row'] === headKey(block.key));
    if (head !== undefined) {
      onToggleSection(head.key);
      return;
    }
    const target = targetOf(event.target);
    if (target === undefined) return;
    const control = rowControlOf(event.target);
    const act = rowActions.find((one) => one === control?.dataset['act']);
    const isTouch = isTouchPress(event);
    if (
      !isReadOnly &&
      (act === 'select' || (act === undefined && (event.ctrlKey || event.metaKey || (isSelecting && isTouch))))
    ) {
      onSelect({ kind: 'toggle', name: plan.nameOf(target.task.id) });
      return;
    }
    if (!isReadOnly && act === undefined && event.shiftKey) {
      onSelect({ kind: 'extend', from: before.current, to: indexOfKey(plan, plan.nameOf(target.task.id)) });
      return;
    }
    // What a swipe uncovered goes away with the press: a menu then stands at the row.
    const anchor = swiped === undefined ? control : null;
    if (act !== undefined) onAct(act, target, anchor ?? target.element);
    else if (!event.ctrlKey && !event.metaKey && !event.shiftKey) onOpen(target.task);
  };

  /** Shift makes a range, not a selection of text; the focus goes where it was pressed all the same. */
  const onMouseDown = (event: MouseEvent) => {
    const row = rowElementOf(event.target);
    if (event.shiftKey && row !== null) {
      before.current = stop.index;
      event.preventDefault();
      row.focus({ preventScroll: true });
    }
  };

  const onContextMenu = (event: MouseEvent) => {
    const target = targetOf(event.target);
    if (target === undefined) return;
    event.preventDefault();
    // A finger that stays has chosen the row.
    if (isTouchPress(event) && !isReadOnly) return;
    // The menu key has no pointer: the menu then opens at the row.
    const isPointed = event.button === 2 || isTouchPress(event);
    onContext(target, isPointed ? { x: event.clientX, y: event.clientY } : null);
  };

  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const element = rowElementOf(event.target);
    if (element === null) return;
    const command = gridCommandOf(event, getComputedStyle(element).direction === 'rtl');
    if (command === undefined) return;
    const head = plan.blocks.find((block) => headKey(block.key) === element.dataset['row']);
    switch (command.kind) {
      case 'go':
      case 'extend': {
        const page = Math.floor((rows.height() - stick - footRoom) / plan.sizes.row);
        const to = rowAfterMove(plan, stop.index, command.move, page);
        focus.focus(to);
        if (command.kind === 'extend' && !isReadOnly) onSelect({ kind: 'extend', from: stop.index, to });
        break;
      }
      case 'selectAll':
        if (!isReadOnly) onSelect({ kind: 'all' });
        break;
      case 'select': {
        const target = targetOf(element);
        if (target !== undefined && !isReadOnly) onSelect({ kind: 'toggle', name: plan.nameOf(target.task.id) });
        break;
      }
      case 'side':
        if (head === undefined) adjacentControl(element, document.activeElement, command.side).focus();
        else onToggleSection(head.key, command.side === 'next');
        break;
      case 'leave':
        if (event.target !== element) element.focus();
        else if (isSelecting) onSelect({ kind: 'clear' });
        else onEscape();
        break;
      default: {
        // A head and the controls of a row answer these keys themselves.
        const target = event.target === element ? targetOf(element) : undefined;
        if (target === undefined) return;
        // Held down, a key that ends things would run down the list.
        if (!event.repeat) onCommand(command.kind, target);
      }
    }
    event.preventDefault();
  };

  const onPointerOver = (event: PointerEvent) => {
    if (event.pointerType === 'mouse' && !rows.isScrolling()) setHot(rowElementOf(event.target)?.dataset['row']);
  };

  return (
    <div
      ref={grid}
      role="grid"
      aria-label={label}
      aria-rowcount={plan.count}
      aria-multiselectable={!isReadOnly}
      tabIndex={-1}
      className={styles['grid']}
      data-settling={isSettling || undefined}
      onClick={onClick}
      onMouseDown={onMouseDown}
      onContextMenu={onContextMenu}
      onDragStart={(event) => {
        const target = targetOf(event.target);
        if (target !== undefined) onDrag?.(event, target);
      }}
      onDragEnd={onDragEnd}
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
      {extras.state === 'here' && <extras.part.RowMetadataLoader mailbox={mailbox} onKnown={setKnown} />}
      {plan.blocks.map((block) => (
        <div key={block.key} role="rowgroup" className={styles['section']} style={{ blockSize: `${block.height}px` }}>
          {block.hasHead && <SectionHeader block={block} isActive={block.first === stop.index} />}
          {drawn.get(block)}
        </div>
      ))}
    </div>
  );
}
