import type { KeyboardEvent } from 'react';
import { headKey } from '../row/rowPlan.ts';
import { rowElementOf } from '../row/rowActions.ts';
import { adjacentControl } from '../row/rowControls.ts';
import type { RowTarget } from '../row/rowTarget.ts';
import { gridCommandOf } from './gridKeys.ts';
import { rowAfterMove } from './gridNavigation.ts';
import { footRoom } from './rowReveal.ts';
import type { TaskGridProps } from './taskGridProps.ts';
import type { VirtualRows } from './virtualRows.ts';

type Input = Pick<
  TaskGridProps,
  'plan' | 'stick' | 'isReadOnly' | 'onSelect' | 'onCommand' | 'onToggleSection' | 'onEscape'
> & {
  rows: VirtualRows;
  activeIndex: number;
  focusRow: (index: number) => void;
  targetOf: (from: EventTarget) => RowTarget | undefined;
  isSelecting: boolean;
};

/** Runs the command of a key (docs/design.md#keyboard). */
export function handleGridKey(event: KeyboardEvent<HTMLElement>, input: Input): void {
  const { plan, isReadOnly, activeIndex, isSelecting } = input;
  const { rows, stick, focusRow, targetOf, onSelect, onCommand, onToggleSection, onEscape } = input;
  const element = rowElementOf(event.target);
  if (element === null) return;
  const command = gridCommandOf(event, getComputedStyle(element).direction === 'rtl');
  if (command === undefined) return;
  const head = plan.blocks.find((block) => headKey(block.key) === element.dataset['row']);
  switch (command.kind) {
    case 'go':
    case 'extend': {
      const page = Math.floor((rows.height() - stick - footRoom) / plan.sizes.row);
      const to = rowAfterMove(plan, activeIndex, command.move, page);
      focusRow(to);
      if (command.kind === 'extend' && !isReadOnly) onSelect({ kind: 'extend', from: activeIndex, to });
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
      // A section header and the controls of a row handle these keys themselves.
      const target = event.target === element ? targetOf(element) : undefined;
      if (target === undefined) return;
      // A held key must not complete or delete one task after the other.
      if (!event.repeat) onCommand(command.kind, target);
    }
  }
  event.preventDefault();
}
