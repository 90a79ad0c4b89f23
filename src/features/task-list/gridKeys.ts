import { moveOf } from './moves.ts';
import type { Keys, Move } from './moves.ts';

/** What a key asks of the list (design.md §7). `side` goes into the row's controls and back, in reading direction. */
export type GridCommand =
  | { kind: 'move'; move: Move }
  | { kind: 'side'; side: 'next' | 'previous' }
  | { kind: 'leave' }
  | { kind: 'open' | 'toggle' | 'remove' | 'importance' | 'due' | 'link' };

const single: Readonly<Record<string, GridCommand>> = {
  Escape: { kind: 'leave' },
  Enter: { kind: 'open' },
  ' ': { kind: 'toggle' },
  Delete: { kind: 'remove' },
  i: { kind: 'importance' },
  d: { kind: 'due' },
  l: { kind: 'link' },
};

/** The command of a key press; undefined where the key is the browser's, or a control's own. */
export function commandOf(keys: Keys, isRightToLeft: boolean): GridCommand | undefined {
  const move = moveOf(keys);
  if (move !== undefined) return { kind: 'move', move };
  if (keys.altKey || keys.ctrlKey || keys.metaKey || keys.shiftKey) return undefined;
  if (keys.key === 'ArrowRight' || keys.key === 'ArrowLeft') {
    return { kind: 'side', side: (keys.key === 'ArrowRight') === isRightToLeft ? 'previous' : 'next' };
  }
  return single[keys.key];
}
