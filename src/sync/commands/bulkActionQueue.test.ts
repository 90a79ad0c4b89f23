import { describe, expect, it } from 'vitest';
import { createBulkActionQueue } from './bulkActionQueue.ts';
import type { QueuedAction } from './bulkActionQueue.ts';

describe('undoing the last command', () => {
  const action = (kind: 'delete' | 'purge'): QueuedAction => ({ kind, mailbox: 'me', tasks: [] });
  function createLog() {
    const undone: string[] = [];
    return { undone, entry: (name: string) => ({ undo: () => void undone.push(name) }) };
  }
  /** Undo runs after what is being undone, a turn later at the earliest. */
  const turn = () => new Promise((resolve) => setTimeout(resolve, 0));

  it('undoes a running action, then the command before it', async () => {
    const queue = createBulkActionQueue();
    const { undone, entry } = createLog();
    queue.undoStack.push(entry('before'));
    const one = action('delete');
    queue.enqueue(one);
    expect(queue.undoLast()).toBe(true);
    await turn();
    expect(undone).toEqual([]);
    queue.setActionUndo(entry('the action'));
    queue.complete(one);
    await turn();
    expect(undone).toEqual(['the action']);
    expect([queue.undoLast(), queue.undoLast()]).toEqual([true, false]);
    await turn();
    expect(undone).toEqual(['the action', 'before']);
  });

  it('undoes nothing when the running action changes nothing', async () => {
    const queue = createBulkActionQueue();
    const { undone, entry } = createLog();
    queue.undoStack.push(entry('before'));
    const [one, two] = [action('delete'), action('delete')];
    queue.enqueue(one);
    queue.enqueue(two);
    expect(queue.undoLast()).toBe(true);
    queue.setActionUndo(entry('one'));
    queue.complete(one);
    queue.complete(two);
    await turn();
    expect(undone).toEqual([]);
    expect(queue.undoLast()).toBe(true);
    await turn();
    expect(undone).toEqual(['one']);
  });

  it('does not undo an action that was queued later', async () => {
    const queue = createBulkActionQueue();
    const { undone, entry } = createLog();
    const [one, later] = [action('delete'), action('delete')];
    queue.enqueue(one);
    expect(queue.undoLast()).toBe(true);
    queue.enqueue(later);
    queue.setActionUndo(entry('one'));
    queue.complete(one);
    queue.setActionUndo(entry('later'));
    queue.complete(later);
    await turn();
    expect(undone).toEqual(['one']);
  });

  it('undoes no single command that was run after Undo was pressed', async () => {
    const queue = createBulkActionQueue();
    const { undone, entry } = createLog();
    const idle = action('delete');
    queue.enqueue(idle);
    expect(queue.undoLast()).toBe(true);
    queue.undoStack.push(entry('single'));
    queue.complete(idle);
    await turn();
    expect(undone).toEqual([]);
  });

  it('undoes by its button what the running action has done, once', async () => {
    const queue = createBulkActionQueue();
    const { undone, entry } = createLog();
    const one = action('delete');
    queue.enqueue(one);
    const done = entry('one');
    queue.setActionUndo(done);
    queue.undo(done);
    queue.complete(one);
    await turn();
    expect(undone).toEqual(['one']);
    expect(queue.undoLast()).toBe(false);
  });

  it('does not wait for an action that cannot be undone', async () => {
    const queue = createBulkActionQueue();
    const { undone, entry } = createLog();
    queue.undoStack.push(entry('before'));
    queue.enqueue(action('purge'));
    expect(queue.undoLast()).toBe(true);
    await turn();
    expect(undone).toEqual(['before']);
  });

  it('undoes at once an action whose changes are made and which goes on, then the command before it', async () => {
    const queue = createBulkActionQueue();
    const { undone, entry } = createLog();
    queue.undoStack.push(entry('before'));
    const one = action('delete');
    queue.enqueue(one);
    queue.setActionUndo(entry('one'));
    expect(queue.undoLast()).toBe(true);
    await turn();
    expect(undone).toEqual(['one']);
    expect(queue.undoLast()).toBe(true);
    await turn();
    expect(undone).toEqual(['one', 'before']);
    queue.complete(one);
    await turn();
    expect(queue.undoLast()).toBe(false);
  });

  it('undoes an action when its changes are made, where Undo was pressed before that', async () => {
    const queue = createBulkActionQueue();
    const { undone, entry } = createLog();
    const one = action('delete');
    queue.enqueue(one);
    expect(queue.undoLast()).toBe(true);
    queue.setActionUndo(entry('one'));
    await turn();
    expect(undone).toEqual(['one']);
    queue.complete(one);
    await turn();
    expect(undone).toEqual(['one']);
  });
});
