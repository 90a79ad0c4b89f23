import type { TaskCommand } from '../commands/taskCommand.ts';
import { taskKeys } from '../../../domain/task/taskKeys.ts';
import { keyComboOf } from '../../../ui/keyboard/keyCombo.ts';
import { gridMoveOf } from './gridNavigation.ts';
import type { GridKeyPress, GridMove } from './gridNavigation.ts';

/** What a key does in the list (docs/design.md#keyboard). `side` moves between the row and its controls. */
export type GridCommand =
  | { kind: 'go'; move: GridMove }
  | { kind: 'side'; side: 'next' | 'previous' }
  | { kind: 'leave' | 'selectAll' | 'select' }
  /** Extends the selection to the row that the focus moves to. */
  | { kind: 'extend'; move: GridMove }
  | { kind: TaskCommand };

const single: Readonly<Record<string, GridCommand>> = {
  Escape: { kind: 'leave' },
  Enter: { kind: 'open' },
  X: { kind: 'select' },
  J: { kind: 'go', move: 'next' },
  K: { kind: 'go', move: 'previous' },
  'Shift+ArrowDown': { kind: 'extend', move: 'next' },
  'Shift+ArrowUp': { kind: 'extend', move: 'previous' },
  'Shift+Home': { kind: 'extend', move: 'first' },
  'Shift+End': { kind: 'extend', move: 'last' },
  'Shift+Space': { kind: 'select' },
};

/** The command of a key press; undefined for keys that the browser or a control handles. */
export function gridCommandOf(keys: GridKeyPress, isRightToLeft: boolean): GridCommand | undefined {
  const move = gridMoveOf(keys);
  if (move !== undefined) return { kind: 'go', move };
  const { key, code = '', ctrlKey, metaKey, altKey, shiftKey } = keys;
  if (!altKey && !shiftKey && ctrlKey !== metaKey && key === 'a') return { kind: 'selectAll' };
  if (altKey || ctrlKey || metaKey) return undefined;
  if (!shiftKey && (key === 'ArrowRight' || key === 'ArrowLeft')) {
    return { kind: 'side', side: (key === 'ArrowRight') === isRightToLeft ? 'previous' : 'next' };
  }
  const combo = keyComboOf({ key, code, ctrlKey, metaKey, altKey, shiftKey }, false) ?? '';
  const command = taskKeys[combo];
  return command === undefined ? single[combo] : { kind: command };
}
