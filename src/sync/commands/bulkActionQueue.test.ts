import { describe, expect, it } from 'vitest';
import { createBulkActionQueue } from './bulkActionQueue.ts';
import type { QueuedAction } from './bulkActionQueue.ts';

describe('undoing the last action', () => {
  const action = (kind: 'delete' | 'purge'): QueuedAction => ({ kind, mailbox: 'me', tasks: [] });
  function createLog() {
    const undone: string[] = [];
    return { undone, step: (name: string) => ({ undo: () => void undone.push(name) }) };
  }

  it('undoes the last action once', () => {
    const queue = createBulkActionQueue();
    const { undone, step } = createLog();
    queue.pushUndo(step('first'));
    queue.pushUndo(step('second'));
    expect([queue.undoLast(), queue.undoLast()]).toEqual([true, false]);
    expect(undone).toEqual(['second']);
  });

  it('undoes a running action, not the one before it', () => {
    const queue = createBulkActionQueue();
    const { undone, step } = createLog();
    queue.pushUndo(step('before'));
    const one = action('delete');
    queue.enqueue(one);
    expect(queue.undoLast()).toBe(true);
    expect(undone).toEqual([]);
    queue.pushActionUndo(step('the action'));
    queue.complete(one);
    expect(undone).toEqual(['the action']);
    expect(queue.undoLast()).toBe(false);
  });

  it('undoes nothing when the running action changes nothing', () => {
    const actions = createBulkActionQueue();
    const { undone, step } = createLog();
    actions.pushUndo(step('before'));
    const [one, two] = [action('delete'), action('delete')];
    actions.enqueue(one);
    actions.enqueue(two);
    expect(actions.undoLast()).toBe(true);
    actions.pushActionUndo(step('one'));
    actions.complete(one);
    actions.complete(two);
    expect(undone).toEqual([]);
    expect(actions.undoLast()).toBe(true);
    expect(undone).toEqual(['one']);
  });

  it('does not undo an action that was queued later', () => {
    const actions = createBulkActionQueue();
    const { undone, step } = createLog();
    const [one, later] = [action('delete'), action('delete')];
    actions.enqueue(one);
    expect(actions.undoLast()).toBe(true);
    actions.enqueue(later);
    actions.pushActionUndo(step('one'));
    actions.complete(one);
    expect(undone).toEqual(['one']);
    actions.pushActionUndo(step('later'));
    actions.complete(later);
    expect(undone).toEqual(['one']);
  });

  it('undoes no single change that was made after Undo was pressed', () => {
    const actions = createBulkActionQueue();
    const { undone, step } = createLog();
    const [idle, one] = [action('delete'), action('delete')];
    actions.enqueue(idle);
    expect(actions.undoLast()).toBe(true);
    actions.pushUndo(step('single'));
    actions.complete(idle);
    expect(undone).toEqual([]);
    actions.enqueue(one);
    expect(actions.undoLast()).toBe(true);
    actions.pushUndo(step('later'));
    actions.pushActionUndo(step('one'));
    actions.complete(one);
    expect(undone).toEqual(['one']);
    expect(actions.undoLast()).toBe(true);
    expect(undone).toEqual(['one', 'later']);
  });

  it('does not wait for an action that cannot be undone', () => {
    const queue = createBulkActionQueue();
    const { undone, step } = createLog();
    queue.pushUndo(step('before'));
    queue.enqueue(action('purge'));
    expect(queue.undoLast()).toBe(true);
    expect(undone).toEqual(['before']);
  });
});
