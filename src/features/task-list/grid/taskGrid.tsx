import { useEffect, useEffectEvent, useImperativeHandle, useLayoutEffect, useRef, useState } from 'react';
import { createLazyChunk } from '../../../domain/async/lazyChunk.ts';
import { useLazyChunk } from '../../../ui/loading/useLazyChunk.ts';
import { loadTooltipLayer } from '../../../ui/popovers/tooltips.ts';
import { rowElementOf } from '../row/rowActions.ts';
import type { RowMetadata } from '../row/rowMetadata.tsx';
import { indexOfKey, rowAt } from '../row/rowPlan.ts';
import type { RowTarget } from '../row/rowTarget.ts';
import { SectionHeader } from '../row/sectionHeader.tsx';
import { handleGridKey } from './gridKeyboard.ts';
import { hasOwnKeys, isMove, useKeysFromAnywhere } from './keysFromAnywhere.ts';
import { drawRows, drawnKeys } from './gridRows.tsx';
import { useRowDrops } from './rowFileDrop.ts';
import { useRowFocus, useTabStop } from './rowFocus.ts';
import { revealRow } from './rowReveal.ts';
import { assignSlots, noSlots } from './rowSlots.ts';
import { useRowTouch } from './rowTouch.ts';
import type { TaskGridProps } from './taskGridProps.ts';
import { useGridPointer } from './useGridPointer.ts';
import { useVirtualRows } from './virtualRows.ts';
import styles from './taskGrid.module.css';

/** Checklist progress and attachment counts are not part of the first paint. */
const metadataChunk = createLazyChunk(() => import('../row/rowMetadata.tsx'));

/**
 * The task list: a grid with one tab stop that draws only the rows near the viewport. It handles all events of its rows
 * (docs/performance.md#the-task-grid).
 */
export function TaskGrid(props: TaskGridProps) {
  const { label, mailbox, plan, order, held, openTaskId, addedKey, isCollapsing, isReadOnly, today, locale } = props;
  const { scroller, stick, margin, selected, onSelect, onAction, onOpen, onDrag, onDragEnd, onContext, ref } = props;
  const metadataLoader = useLazyChunk(metadataChunk, false);
  const [metadata, setMetadata] = useState<RowMetadata | null>(null);
  const grid = useRef<HTMLDivElement>(null);
  const [hoveredKey, setHoveredKey] = useState<string>();

  const stop = useTabStop(plan, order, openTaskId === undefined ? undefined : plan.nameOf(openTaskId));
  const added = addedKey === undefined ? -1 : indexOfKey(plan, addedKey);
  const rows = useVirtualRows(plan, scroller, margin, [stop.index, added]);
  const reveal = (index: number) => revealRow({ plan, rows, scroller, stick, margin }, index);
  // Rows carry their tooltips as attributes: a component for each sign of each row would cost more than the rows.
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
      const target = targetOf(row);
      if (target !== undefined) onAction('toggle', target, row);
    },
    onLongPress: (row, at) => {
      const target = targetOf(row);
      if (target === undefined) return;
      if (isReadOnly) onContext(target, at);
      else onSelect({ kind: 'toggle', name: plan.nameOf(target.task.id) });
    },
  });
  const activeIndex = stop.index;
  const pointer = useGridPointer({ ...props, targetOf, activeIndex, isSelecting, hasSwipedRow: swiped !== undefined });
  useKeysFromAnywhere(moveToRow);
  /** A key that was pressed where nothing takes it: the focus goes to the list, and the key acts on its row. */
  function moveToRow(event: KeyboardEvent) {
    const row = grid.current?.querySelector<HTMLElement>('[data-row][tabindex="0"]');
    if (!row || hasOwnKeys(event)) return false;
    row.focus({ preventScroll: true });
    reveal(activeIndex);
    if (!isMove(event.key)) row.dispatchEvent(new KeyboardEvent('keydown', event));
    return true;
  }
  const { indexes } = rows;
  const [drawnSlots, setSlots] = useState(noSlots);
  const slots = assignSlots(drawnSlots, plan, drawnKeys(plan, indexes));
  if (slots !== drawnSlots) setSlots(slots);
  const drawn = drawRows(props, { indexes, activeIndex, metadata, hoveredKey, isSelecting, swiped, slots });

  return (
    <div
      ref={grid}
      role="grid"
      aria-label={label}
      aria-rowcount={plan.count}
      aria-multiselectable={!isReadOnly}
      tabIndex={-1}
      className={styles['grid']}
      data-collapsing-rows={isCollapsing || undefined}
      {...pointer}
      onDragStart={(event) => {
        const target = targetOf(event.target);
        if (target !== undefined) onDrag?.(event, target);
      }}
      onDragEnd={onDragEnd}
      onKeyDown={(event) =>
        handleGridKey(event, { ...props, rows, activeIndex, focusRow: focus.focus, targetOf, isSelecting })
      }
      onPointerOver={(event) => {
        if (event.pointerType !== 'mouse' || rows.isScrolling()) return;
        setHoveredKey(rowElementOf(event.target)?.dataset['row']);
      }}
      onPointerLeave={() => setHoveredKey(undefined)}
      onFocus={(event) => {
        focus.onFocus(event);
        // By keyboard, tools show only while the focus is on them: moving through the list then hides no date.
        const row = rowElementOf(event.target);
        if (event.target.matches(':focus-visible'))
          setHoveredKey(row === event.target ? undefined : row?.dataset['row']);
      }}
      onBlur={focus.onBlur}
    >
      {metadataLoader.state === 'here' && (
        <metadataLoader.part.RowMetadataLoader mailbox={mailbox} onLoad={setMetadata} />
      )}
      {plan.blocks.map((block) => (
        <div key={block.key} role="rowgroup" className={styles['section']} style={{ blockSize: `${block.height}px` }}>
          {block.hasHead && (
            <SectionHeader
              block={block}
              isActive={block.first === activeIndex}
              {...{ today, locale }}
              onReschedule={block.key === 'overdue' ? props.onReschedule : undefined}
            />
          )}
          {drawn.get(block)}
        </div>
      ))}
    </div>
  );
}
