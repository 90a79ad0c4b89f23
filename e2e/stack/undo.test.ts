import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Task } from '../../src/domain/task/task.ts';
import { createTestSession, parisDay } from './testSession.ts';
import type { TestSession } from './testSession.ts';

/**
 * Every change can be undone: dropped before it is sent, inverted afterwards
 * (docs/architecture.md#deletes-wait-for-undo).
 */

let house: TestSession['house'];
let tab: TestSession['tab'];
let screen: TestSession['screen'];
let folderId: TestSession['folderId'];
let actions: TestSession['actions'];
let add: TestSession['add'];
let stored: TestSession['stored'];
beforeEach(async () => {
  ({ house, tab, screen, folderId, actions, add, stored } = await createTestSession());
});
afterEach(() => house.close());

const undo = (changeId: string) => tab.engine.undo(changeId);
const leaves = (request: RegExp) =>
  expect.poll(() => tab.network.requests.some((line) => request.test(line))).toBe(true);
async function sent() {
  await tab.sent();
  house.time.advance(8_000);
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

describe('after it was sent', () => {
  it('a delete comes back out of the bin, under its id', async () => {
    const task = await add('Milk');
    const changeId = await actions.deleteTask('me', { task });
    await sent();
    expect(await stored()).toEqual([]);
    expect(await undo(changeId)).toBe(true);
    expect(screen.subjects(folderId)).toEqual(['Milk']);
    await sent();
    expect(await stored()).toMatchObject([{ id: task.id, subject: 'Milk' }]);
    expect(screen.tasks(folderId)).toEqual(await stored());
    expect(tab.outbox.ops()).toEqual([]);
  });

  it('also when the delete is just on its way', async () => {
    const task = await add('Milk');
    const changeId = await actions.deleteTask('me', { task });
    const release = tab.network.hold(/DELETE/);
    house.time.advance(8_000);
    await leaves(/DELETE/);
    expect(await undo(changeId)).toBe(true);
    release();
    await sent();
    expect(await stored()).toMatchObject([{ id: task.id }]);
    expect(screen.tasks(folderId)).toEqual(await stored());
  });

  it('an edit goes back to what the fields were, and leaves the others', async () => {
    const task = await add('Milk');
    const changeId = await actions.updateTask('me', {
      task,
      patch: { subject: 'Oat milk', due: parisDay('2026-03-20') },
    });
    await tab.sent();
    await tab.api.updateTask({ mailbox: 'me', id: task.id }, { importance: 'high' });
    expect(await undo(changeId)).toBe(true);
    await tab.sent();
    expect((await stored()).map(ofServer)).toEqual([{ ...ofServer(task), importance: 'high' }]);
  });

  it('a completed task is open again', async () => {
    const task = await add('Milk');
    const changeId = await actions.completeTask('me', { task });
    await tab.sent();
    expect(await undo(changeId)).toBe(true);
    await tab.sent();
    expect((await stored()).map(ofServer)).toEqual([ofServer(task)]);
  });

  it('a series is on its instance again, exactly, and the copy is gone for good', async () => {
    const recurrence = {
      pattern: { type: 'weekly', interval: 1, daysOfWeek: ['wednesday'], firstDayOfWeek: 'monday' },
      range: { type: 'numbered', startDate: '2026-03-18', numberOfOccurrences: 5 },
    } as const;
    const reminder = { local: '2026-03-18T08:00:00.000', zone: 'Europe/Paris' };
    await actions.createTask('me', {
      folderId,
      patch: { subject: 'Water', due: parisDay('2026-03-18'), recurrence, reminder, isReminderOn: true },
    });
    await tab.sent();
    const [before] = (await stored()) as [Task];
    const changeId = await actions.completeTask('me', { task: before });
    await tab.sent();
    expect(await stored()).toHaveLength(2);
    expect(await undo(changeId)).toBe(true);
    expect(screen.tasks(folderId).map(ofServer)).toEqual([ofServer(before)]);
    await tab.sent();
    expect(tab.outbox.ops()).toEqual([]);
    const after = await stored();
    expect(after.map(ofServer)).toEqual([ofServer(before)]);
    expect(after[0]?.reminder).toBe(before.reminder);
    expect(screen.tasks(folderId)).toEqual(after);
    expect(await tab.deps.extras?.bin.list()).toEqual([]);
  });

  it('a completion that is just on its way is taken back too', async () => {
    const recurrence = {
      pattern: { type: 'daily', interval: 1 },
      range: { type: 'noEnd', startDate: '2026-03-18' },
    } as const;
    await actions.createTask('me', { folderId, patch: { subject: 'Water', due: parisDay('2026-03-18'), recurrence } });
    await tab.sent();
    const task = screen.task(folderId, 'Water');
    const release = tab.network.hold(/complete/);
    const changeId = await actions.completeTask('me', { task });
    await leaves(/complete/);
    expect(await undo(changeId)).toBe(true);
    release();
    await sent();
    expect(screen.parked()).toEqual([]);
    expect((await stored()).map(ofServer)).toEqual([ofServer(task)]);
  });

  it('a move goes back, and names, folders and groups too', async () => {
    const task = await add('Milk');
    const other = await actions.createFolder('me', { name: 'Home' });
    await tab.sent();
    const moved = await actions.moveTask('me', { task, toFolderId: other });
    await tab.sent();
    expect(await stored()).toEqual([]);
    expect(screen.subjects(tab.outbox.resolve(other))).toEqual(['Milk']);
    expect(await undo(moved)).toBe(true);
    await tab.sent();
    expect(await stored()).toMatchObject([{ id: task.id }]);

    const renamed = await actions.renameFolder('me', { id: tab.outbox.resolve(other), name: 'House' });
    await tab.sent();
    await undo(renamed);
    await tab.sent();
    expect(screen.folder('Home')).toBe(tab.outbox.resolve(other));

    const deleted = await actions.deleteFolder('me', { id: tab.outbox.resolve(other) });
    await tab.sent();
    await undo(deleted);
    await tab.sent();
    expect((await tab.api.folders('me')).map(({ name }) => name).toSorted()).toEqual(['Home', 'Tasks']);
    expect(tab.outbox.ops()).toEqual([]);
  });

  it('what was made goes again', async () => {
    const localId = await actions.createTask('me', { folderId, patch: { subject: 'Milk' } });
    await tab.sent();
    expect(await undo(localId)).toBe(true);
    expect(screen.subjects(folderId)).toEqual([]);
    await sent();
    expect(await stored()).toEqual([]);
    expect(await undo('nothing')).toBe(false);
  });
});

describe('before it was sent', () => {
  it('a part of a joined change is taken back, and the rest stays', async () => {
    const task = await add('Milk');
    tab.setOnline(false);
    const one = await actions.updateTask('me', { task, patch: { subject: 'Oat milk' } });
    await actions.updateTask('me', { task: screen.task(folderId, 'Oat milk'), patch: { importance: 'high' } });
    expect(tab.outbox.ops()).toHaveLength(1);
    expect(await undo(one)).toBe(true);
    expect(screen.tasks(folderId)).toMatchObject([{ subject: 'Milk', importance: 'high' }]);
    tab.setOnline(true);
    await tab.sent();
    expect(await stored()).toMatchObject([{ subject: 'Milk', importance: 'high' }]);
  });

  it('what was made and deleted again leaves no trace at the service, and can still be had back', async () => {
    tab.setOnline(false);
    await actions.createTask('me', { folderId, patch: { subject: 'Milk' } });
    const deleted = await actions.deleteTask('me', { task: screen.task(folderId, 'Milk') });
    tab.setOnline(true);
    await tab.sent();
    expect(await stored()).toEqual([]);
    await sent();
    expect(tab.outbox.ops()).toEqual([]);
    expect(tab.network.requests.filter((line) => /^(POST|DELETE|PATCH) .api/.test(line))).toEqual([]);
    expect(await undo(deleted)).toBe(true);
    await sent();
    expect(await stored()).toMatchObject([{ subject: 'Milk' }]);
  });

  it('a refused change is just dropped', async () => {
    const task = await add('Milk');
    tab.network.answer(/DELETE/, () => new Response('{}', { status: 403 }));
    const changeId = await actions.deleteTask('me', { task });
    await sent();
    expect(screen.parked()).toHaveLength(1);
    expect(await undo(changeId)).toBe(true);
    expect(tab.outbox.ops()).toEqual([]);
    expect(screen.subjects(folderId)).toEqual(['Milk']);
  });
});
