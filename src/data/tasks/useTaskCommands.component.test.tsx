import { useEffect } from 'react';
import { expect, test, vi } from 'vitest';
import { page } from 'vitest/browser';
import { StorageError } from '../../sync/storage/accountStore.ts';
import { offlineTask, renderOffline, tasksFolder } from '../../testing/offlineAccount.tsx';
import { useDeps } from '../dataProvider.tsx';
import { useTaskCommands } from './useTaskCommands.ts';
import type { TaskCommands } from './useTaskCommands.ts';
import { useTask } from './useTasks.ts';

type Hands = { commands: TaskCommands; fail: () => { mockRestore: () => void } };

/** Draws one task and hands out what a person does to it. */
function TaskOf({ id, give }: { id: string; give: (hands: Hands) => void }) {
  const { outbox } = useDeps();
  const commands = useTaskCommands();
  const { task } = useTask(id, tasksFolder.id);
  useEffect(() =>
    give({ commands, fail: () => vi.spyOn(outbox, 'add').mockRejectedValue(new StorageError('full', undefined)) }),
  );
  return task === undefined ? null : <output>{`${task.subject} ${task.importance} ${task.status}`}</output>;
}

const oak = offlineTask('oak', { subject: 'Oak' });

async function draw() {
  const given: Hands[] = [];
  const drawn = await renderOffline(<TaskOf id="oak" give={(hands) => void given.push(hands)} />, { tasks: [oak] });
  const shows = (text: string) => expect.element(page.getByText(text)).toBeVisible();
  await shows('Oak normal notStarted');
  const latest = () => {
    const hands = given.at(-1);
    if (hands === undefined) throw new Error('Nothing is drawn');
    return hands;
  };
  const outcomes = () => drawn.results().map(({ command, outcome }) => `${command?.kind} ${outcome}`);
  return { ...drawn, ...latest(), outcomes, shows };
}

test('edits of fields and a completion are undone by key, the newest first', async () => {
  const { commands, changes, outcomes, shows } = await draw();
  await commands.run({ kind: 'updateTask', task: oak, patch: { importance: 'high' } }).saved;
  const flagged = { ...oak, importance: 'high' } as const;
  await commands.save({ kind: 'updateTask', task: flagged, patch: { subject: 'Elm' } });
  const renamed = { ...flagged, subject: 'Elm' };
  await commands.run({ kind: 'completeTask', task: renamed }).saved;
  await shows('Elm high completed');
  expect(commands.undoLast()).toBe(true);
  await shows('Elm high notStarted');
  expect([commands.undoLast(), commands.undoLast()]).toEqual([true, true]);
  await shows('Oak normal notStarted');
  expect(commands.undoLast()).toBe(false);
  await expect
    .poll(outcomes)
    .toEqual(['updateTask done', 'completeTask done', 'completeTask undone', 'updateTask undone', 'updateTask undone']);
  expect(changes()).toMatchObject([{ kind: 'updateTask', patch: { subject: 'Oak', importance: 'normal' } }]);
});

test('what this device does not store is reported once, and there is nothing to undo', async () => {
  const { commands, fail, outcomes, shows } = await draw();
  fail();
  const onUndo = vi.fn();
  expect(await commands.run({ kind: 'completeTask', task: oak }, { onUndo }).saved).toBeNull();
  await expect(commands.save({ kind: 'updateTask', task: oak, patch: { subject: 'Elm' } })).rejects.toThrow(
    StorageError,
  );
  expect(outcomes()).toEqual(['completeTask done', 'completeTask notSaved']);
  expect(commands.undoLast()).toBe(false);
  expect(onUndo).not.toHaveBeenCalled();
  await shows('Oak normal notStarted');
});

test('a command is undone once, by its button or by the key', async () => {
  const { commands, outcomes, shows } = await draw();
  const onUndo = vi.fn();
  const { saved, undo } = commands.run({ kind: 'deleteTask', task: oak }, { onUndo });
  await saved;
  undo();
  expect(commands.undoLast()).toBe(false);
  undo();
  await shows('Oak normal notStarted');
  await expect.poll(outcomes).toEqual(['deleteTask done', 'deleteTask undone']);
  expect(onUndo).toHaveBeenCalledTimes(1);
});

test('an undo that this device does not store is reported, and can be tried again', async () => {
  const { commands, fail, outcomes, shows } = await draw();
  await commands.run({ kind: 'updateTask', task: oak, patch: { importance: 'high' } }).saved;
  await commands.run({ kind: 'updateTask', task: { ...oak, importance: 'high' }, patch: { subject: 'Elm' } }).saved;
  // The first change is part of the second, so that undo adds its inverse.
  const failing = fail();
  commands.undoLast();
  await expect.poll(outcomes).toContain('updateTask notUndone');
  await shows('Elm high notStarted');
  failing.mockRestore();
  expect(commands.undoLast()).toBe(true);
  await shows('Oak high notStarted');
});

test('what goes on after many changes is stopped before they are undone', async () => {
  const { commands, changes, shows } = await draw();
  const waiting: number[] = [];
  await commands.runMany({
    items: [oak],
    commandOf: (task) => ({ kind: 'updateTask', task, patch: { importance: 'high' } }),
    signal: new AbortController().signal,
    onProgress: () => {},
    onUndoProgress: () => {},
    onUndoEnd: () => {},
    beforeUndo: () => Promise.resolve(void waiting.push(changes().length)),
  });
  await shows('Oak high notStarted');
  expect(commands.undoLast()).toBe(true);
  await shows('Oak normal notStarted');
  expect(waiting).toEqual([1]);
  expect(changes()).toEqual([]);
});
