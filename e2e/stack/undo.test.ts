import { describe, expect } from 'vitest';
import type { Task } from '../../src/domain/task/task.ts';
import { it } from './stackTest.ts';
import type { Device, TestBed } from './testBed.ts';
import { parisDay } from './testSession.ts';
import { present } from '../../src/sync/outbox/present.ts';

/**
 * Every change can be undone: dropped before it is sent, inverted afterwards
 * (docs/architecture.md#deletes-wait-for-undo).
 */

const undo = (tab: Device, changeId: string) => tab.engine.undo(changeId);
const leaves = (tab: Device, request: RegExp) =>
  expect.poll(() => tab.network.requests.some((line) => request.test(line))).toBe(true);
async function sent(testBed: TestBed, tab: Device) {
  await tab.sent();
  testBed.time.advance(8_000);
  await tab.sent();
}
const ofServer = ({
  subject,
  status,
  due,
  completed,
  importance,
  isReminderOn,
  recurrence,
  folderId: folder,
}: Task) => ({
  subject,
  status,
  due,
  completed,
  importance,
  isReminderOn,
  recurrence,
  folder,
});

describe('after the change was sent', () => {
  it('undoing a delete restores the task from the bin under its id', async ({
    testBed,
    tab,
    view,
    folderId,
    commands,
    add,
    stored,
  }) => {
    const task = await add('Milk');
    const changeId = await commands.deleteTask('me', { task });
    await sent(testBed, tab);
    expect(await stored()).toEqual([]);
    expect(await undo(tab, changeId)).toBe(true);
    expect(view.subjects(folderId)).toEqual(['Milk']);
    await sent(testBed, tab);
    expect(await stored()).toMatchObject([{ id: task.id, subject: 'Milk' }]);
    expect(view.tasks(folderId)).toEqual(await stored());
    expect(tab.outbox.ops()).toEqual([]);
  });

  it('undoing a delete in flight restores the task, too', async ({
    testBed,
    tab,
    view,
    folderId,
    commands,
    add,
    stored,
  }) => {
    const task = await add('Milk');
    const changeId = await commands.deleteTask('me', { task });
    const release = tab.network.hold(/DELETE/);
    testBed.time.advance(8_000);
    await leaves(tab, /DELETE/);
    expect(await undo(tab, changeId)).toBe(true);
    release();
    await sent(testBed, tab);
    expect(await stored()).toMatchObject([{ id: task.id }]);
    expect(view.tasks(folderId)).toEqual(await stored());
  });

  it('undoing an edit restores its fields and leaves the others', async ({ tab, commands, add, stored }) => {
    const task = await add('Milk');
    const changeId = await commands.updateTask('me', {
      task,
      patch: { subject: 'Oat milk', due: parisDay('2026-03-20') },
    });
    await tab.sent();
    await tab.api.updateTask({ mailbox: 'me', id: task.id }, { importance: 'high' });
    expect(await undo(tab, changeId)).toBe(true);
    await tab.sent();
    expect((await stored()).map(ofServer)).toEqual([{ ...ofServer(task), importance: 'high' }]);
  });

  it('undoing a completion reopens the task', async ({ tab, commands, add, stored }) => {
    const task = await add('Milk');
    const changeId = await commands.completeTask('me', { task });
    await tab.sent();
    expect(await undo(tab, changeId)).toBe(true);
    await tab.sent();
    expect((await stored()).map(ofServer)).toEqual([ofServer(task)]);
  });

  it('undoing a completed occurrence restores the series and purges the copy', async ({
    tab,
    view,
    folderId,
    commands,
    stored,
  }) => {
    const recurrence = {
      pattern: { type: 'weekly', interval: 1, daysOfWeek: ['wednesday'], firstDayOfWeek: 'monday' },
      range: { type: 'numbered', startDate: '2026-03-18', numberOfOccurrences: 5 },
    } as const;
    const reminder = { local: '2026-03-18T08:00:00.000', zone: 'Europe/Paris' };
    await commands.createTask('me', {
      folderId,
      patch: { subject: 'Water', due: parisDay('2026-03-18'), recurrence, reminder, isReminderOn: true },
    });
    await tab.sent();
    const before = present((await stored())[0]);
    const changeId = await commands.completeTask('me', { task: before });
    await tab.sent();
    expect(await stored()).toHaveLength(2);
    expect(await undo(tab, changeId)).toBe(true);
    expect(view.tasks(folderId).map(ofServer)).toEqual([ofServer(before)]);
    await tab.sent();
    expect(tab.outbox.ops()).toEqual([]);
    const after = await stored();
    expect(after.map(ofServer)).toEqual([ofServer(before)]);
    expect(after[0]?.reminder).toBe(before.reminder);
    expect(view.tasks(folderId)).toEqual(after);
    expect(await tab.deps.extras?.bin.list()).toEqual([]);
  });

  it('undoing a completion in flight reopens the task, too', async ({
    testBed,
    tab,
    view,
    folderId,
    commands,
    stored,
  }) => {
    const recurrence = {
      pattern: { type: 'daily', interval: 1 },
      range: { type: 'noEnd', startDate: '2026-03-18' },
    } as const;
    await commands.createTask('me', { folderId, patch: { subject: 'Water', due: parisDay('2026-03-18'), recurrence } });
    await tab.sent();
    const task = view.task(folderId, 'Water');
    const release = tab.network.hold(/complete/);
    const changeId = await commands.completeTask('me', { task });
    await leaves(tab, /complete/);
    expect(await undo(tab, changeId)).toBe(true);
    release();
    await sent(testBed, tab);
    expect(view.parked()).toEqual([]);
    expect((await stored()).map(ofServer)).toEqual([ofServer(task)]);
  });

  it('moves, renames, and changes of folders and groups are undone', async ({ tab, view, commands, add, stored }) => {
    const task = await add('Milk');
    const other = await commands.createFolder('me', { name: 'Home' });
    await tab.sent();
    const moved = await commands.moveTask('me', { task, toFolderId: other });
    await tab.sent();
    expect(await stored()).toEqual([]);
    expect(view.subjects(tab.outbox.resolve(other))).toEqual(['Milk']);
    expect(await undo(tab, moved)).toBe(true);
    await tab.sent();
    expect(await stored()).toMatchObject([{ id: task.id }]);

    const renamed = await commands.renameFolder('me', { id: tab.outbox.resolve(other), name: 'House' });
    await tab.sent();
    await undo(tab, renamed);
    await tab.sent();
    expect(view.folder('Home')).toBe(tab.outbox.resolve(other));

    const deleted = await commands.deleteFolder('me', { id: tab.outbox.resolve(other) });
    await tab.sent();
    await undo(tab, deleted);
    await tab.sent();
    expect((await tab.api.folders('me')).map(({ name }) => name).toSorted()).toEqual(['Home', 'Tasks']);
    expect(tab.outbox.ops()).toEqual([]);
  });

  it('undoing a create deletes what was created', async ({ testBed, tab, view, folderId, commands, stored }) => {
    const localId = await commands.createTask('me', { folderId, patch: { subject: 'Milk' } });
    await tab.sent();
    expect(await undo(tab, localId)).toBe(true);
    expect(view.subjects(folderId)).toEqual([]);
    await sent(testBed, tab);
    expect(await stored()).toEqual([]);
    expect(await undo(tab, 'nothing')).toBe(false);
  });
});

describe('before the change was sent', () => {
  it('undo reverts one part of a coalesced change and keeps the rest', async ({
    tab,
    view,
    folderId,
    commands,
    add,
    stored,
  }) => {
    const task = await add('Milk');
    tab.setOnline(false);
    const one = await commands.updateTask('me', { task, patch: { subject: 'Oat milk' } });
    await commands.updateTask('me', { task: view.task(folderId, 'Oat milk'), patch: { importance: 'high' } });
    expect(tab.outbox.ops()).toHaveLength(1);
    expect(await undo(tab, one)).toBe(true);
    expect(view.tasks(folderId)).toMatchObject([{ subject: 'Milk', importance: 'high' }]);
    tab.setOnline(true);
    await tab.sent();
    expect(await stored()).toMatchObject([{ subject: 'Milk', importance: 'high' }]);
  });

  it('a task created and deleted before sending is never sent, and can still be restored', async ({
    testBed,
    tab,
    view,
    folderId,
    commands,
    stored,
  }) => {
    tab.setOnline(false);
    await commands.createTask('me', { folderId, patch: { subject: 'Milk' } });
    const deleted = await commands.deleteTask('me', { task: view.task(folderId, 'Milk') });
    tab.setOnline(true);
    await tab.sent();
    expect(await stored()).toEqual([]);
    await sent(testBed, tab);
    expect(tab.outbox.ops()).toEqual([]);
    expect(tab.network.requests.filter((line) => /^(POST|DELETE|PATCH) .api/.test(line))).toEqual([]);
    expect(await undo(tab, deleted)).toBe(true);
    await sent(testBed, tab);
    expect(await stored()).toMatchObject([{ subject: 'Milk' }]);
  });

  it('undoing a refused creation discards it, with what was changed of it', async ({
    testBed,
    tab,
    view,
    folderId,
    commands,
  }) => {
    tab.network.answer(/POST .*tasks/, () => new Response('{}', { status: 403 }));
    const id = await commands.createTask('me', { folderId, patch: { subject: 'Milk' } });
    await sent(testBed, tab);
    expect(view.parked()).toHaveLength(1);
    const [task] = view.tasks(folderId);
    await commands.updateTask('me', { task: present(task), patch: { importance: 'high' } });
    expect(await undo(tab, id)).toBe(true);
    expect(tab.outbox.ops()).toEqual([]);
    expect(view.subjects(folderId)).toEqual([]);
  });

  it('undoing many refused changes discards them', async ({ testBed, tab, view, folderId, add }) => {
    const { bulk, commands } = tab.engine;
    const tasks = [await add('Milk'), await add('Bread')];
    const responses = ['0', '1'].map((id) => ({ id, status: 403, body: {} }));
    tab.network.answer(/\$batch/, () => Response.json({ responses }));
    // What a batch refuses is sent once more alone.
    for (const { id } of tasks)
      tab.network.answer(new RegExp(`DELETE .*${id}`), () => new Response('{}', { status: 403 }));
    const { applied } = await bulk.run(tasks, (task) => commands.changes.deleteTask('me', { task }));
    await sent(testBed, tab);
    expect(view.parked()).toHaveLength(2);
    expect(await bulk.undo(applied)).toBe(0);
    expect(tab.outbox.ops()).toEqual([]);
    expect(view.subjects(folderId).toSorted()).toEqual(['Bread', 'Milk']);
  });

  it('undoing a parked change discards it', async ({ testBed, tab, view, folderId, commands, add }) => {
    const task = await add('Milk');
    tab.network.answer(/DELETE/, () => new Response('{}', { status: 403 }));
    const changeId = await commands.deleteTask('me', { task });
    await sent(testBed, tab);
    expect(view.parked()).toHaveLength(1);
    expect(await undo(tab, changeId)).toBe(true);
    expect(tab.outbox.ops()).toEqual([]);
    expect(view.subjects(folderId)).toEqual(['Milk']);
  });
});
