import { expect, it } from 'vitest';
import { createUndoStack } from './undoStack.ts';

const turn = () => new Promise((resolve) => setTimeout(resolve, 0));

it('undoes the newest first, each once', async () => {
  const stack = createUndoStack();
  const undone: string[] = [];
  for (const name of ['first', 'second', 'third']) stack.push({ undo: () => void undone.push(name) });
  expect([stack.runLast(), stack.runLast()]).toEqual([true, true]);
  await turn();
  expect(undone).toEqual(['third', 'second']);
  expect([stack.runLast(), stack.runLast()]).toEqual([true, false]);
});

it('begins one undo when the one before it has ended', async () => {
  const stack = createUndoStack();
  const log: string[] = [];
  let end = () => {};
  stack.push({ undo: () => void log.push('older') });
  stack.push({ undo: () => new Promise<void>((resolve) => (end = resolve)).then(() => void log.push('newer')) });
  stack.runLast();
  stack.runLast();
  await turn();
  expect(log).toEqual([]);
  end();
  await turn();
  expect(log).toEqual(['newer', 'older']);
});

it('forgets what was removed, and the oldest of more than twenty', async () => {
  const stack = createUndoStack();
  const undone: number[] = [];
  const entries = Array.from({ length: 22 }, (_, n) => ({ undo: () => void undone.push(n) }));
  for (const entry of entries) stack.push(entry);
  for (const entry of entries.slice(20)) stack.remove(entry);
  while (stack.runLast());
  await turn();
  expect(undone).toEqual(Array.from({ length: 18 }, (_, n) => 19 - n));
});
