import type { TaskCommand } from '../commands/taskCommand.ts';
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
  ' ': { kind: 'toggle' },
  Delete: { kind: 'remove' },
  i: { kind: 'importance' },
  d: { kind: 'due' },
  l: { kind: 'link' },
  m: { kind: 'move' },
  c: { kind: 'categories' },
  x: { kind: 'select' },
};

/** With Shift. */
const shifted: Readonly<Record<string, GridCommand>> = {
  ArrowDown: { kind: 'extend', move: 'next' },
  ArrowUp: { kind: 'extend', move: 'previous' },
  Home: { kind: 'extend', move: 'first' },
  End: { kind: 'extend', move: 'last' },
  ' ': { kind: 'select' },
  Delete: { kind: 'purge' },
};

/** The command of a key press; undefined for keys that the browser or a control handles. */
export function gridCommandOf(keys: GridKeyPress, isRightToLeft: boolean): GridCommand | undefined {
  const move = gridMoveOf(keys);
  if (move !== undefined) return { kind: 'go', move };
  const isAlone = !keys.altKey && !keys.ctrlKey && !keys.metaKey;
  if (keys.shiftKey) return isAlone ? shifted[keys.key] : undefined;
  if (!keys.altKey && keys.ctrlKey !== keys.metaKey && keys.key === 'a') return { kind: 'selectAll' };
  if (!isAlone) return undefined;
  if (keys.key === 'ArrowRight' || keys.key === 'ArrowLeft') {
    return { kind: 'side', side: (keys.key === 'ArrowRight') === isRightToLeft ? 'previous' : 'next' };
  }
  return single[keys.key];
}
