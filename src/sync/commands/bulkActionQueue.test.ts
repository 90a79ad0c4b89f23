import { describe, expect, it } from 'vitest';
import { createBulkActionQueue } from './bulkActionQueue.ts';
import type { QueuedAction } from './bulkActionQueue.ts';

describe('taking back the last step', () => {
  const errand = (kind: 'delete' | 'purge'): QueuedAction => ({ kind, mailbox: 'me', tasks: [] });
  function createLog() {
    const undone: string[] = [];
    return { undone, step: (name: string) => ({ undo: () => void undone.push(name) }) };
  }

  it('is what was done last, once', () => {
    const errands = createBulkActionQueue();
    const { undone, step } = createLog();
    errands.pushUndo(step('first'));
    errands.pushUndo(step('second'));
    expect([errands.undoLast(), errands.undoLast()]).toEqual([true, false]);
    expect(undone).toEqual(['second']);
  });

  it('asked for while an errand is still being done, is that errand and not the step before it', () => {
    const errands = createBulkActionQueue();
    const { undone, step } = createLog();
    errands.pushUndo(step('before'));
    const one = errand('delete');
    errands.enqueue(one);
    expect(errands.undoLast()).toBe(true);
    expect(undone).toEqual([]);
    errands.pushUndo(step('the errand'));
    errands.complete(one);
    expect(undone).toEqual(['the errand']);
    expect(errands.undoLast()).toBe(false);
  });

  it('does not wait for what has no way back', () => {
    const errands = createBulkActionQueue();
    const { undone, step } = createLog();
    errands.pushUndo(step('before'));
    errands.enqueue(errand('purge'));
    expect(errands.undoLast()).toBe(true);
    expect(undone).toEqual(['before']);
  });
});
