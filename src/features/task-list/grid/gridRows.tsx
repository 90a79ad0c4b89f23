import type { ReactNode } from 'react';
import { rowAt, rowTopInBlock } from '../row/rowPlan.ts';
import type { RowPlan, SectionBlock } from '../row/rowPlan.ts';
import type { RowMetadata } from '../row/rowMetadata.tsx';
import { TaskRow } from '../row/taskRow.tsx';
import type { RowSlots } from './rowSlots.ts';
import type { TaskGridProps } from './taskGridProps.ts';
import type { SwipedRow } from './rowTouch.ts';

type RowState = {
  indexes: readonly number[];
  activeIndex: number;
  metadata: RowMetadata | null;
  /** The stable key of the row under the pointer, or with the focus on its tools. */
  hoveredKey: string | undefined;
  isSelecting: boolean;
  swiped: SwipedRow | undefined;
  slots: RowSlots;
};

/** The keys of the tasks to draw. */
export function drawnKeys(plan: RowPlan, indexes: readonly number[]): string[] {
  return indexes.flatMap((index) => {
    const row = rowAt(plan, index);
    return row?.kind === 'task' ? [plan.nameOf(row.task.id)] : [];
  });
}

/** The rows to draw, by section. */
export function drawRows(props: TaskGridProps, state: RowState): ReadonlyMap<SectionBlock, readonly ReactNode[]> {
  const { plan, held, openTaskId, addedKey, menuKey, isReadOnly, onDrag, selected, pendingIds } = props;
  const { mailbox, folderNames, today, zone, locale } = props;
  const { hoveredKey, isSelecting, swiped } = state;
  const drawn = new Map<SectionBlock, ReactNode[]>();
  for (const index of state.indexes) {
    const row = rowAt(plan, index);
    if (row?.kind !== 'task') continue;
    const { block, task } = row;
    const key = plan.nameOf(task.id);
    const completing = held.find((one) => one.task === task);
    const rows = drawn.get(block) ?? [];
    drawn.set(block, rows);
    rows.push(
      <TaskRow
        key={state.slots.slots.get(key)}
        rowKey={key}
        mailbox={mailbox}
        task={task}
        section={block.key}
        folderName={folderNames?.get(task.folderId)}
        number={index + 1}
        top={rowTopInBlock(plan, block, row.index)}
        state={pendingIds.get(task.id)}
        today={today}
        zone={zone}
        locale={locale}
        metadata={state.metadata}
        isActive={index === state.activeIndex}
        isOpen={openTaskId !== undefined && plan.nameOf(openTaskId) === key}
        isNew={key === addedKey}
        hasTools={key === hoveredKey || key === menuKey}
        isDraggable={key === hoveredKey && onDrag !== undefined}
        isSelecting={isSelecting}
        isSelected={selected.has(key)}
        isReadOnly={isReadOnly}
        isHeld={completing !== undefined}
        isCollapsing={completing?.isCollapsing === true}
        swiped={swiped?.key === key ? swiped.side : undefined}
      />,
    );
  }
  return drawn;
}
