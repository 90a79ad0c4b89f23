import { describe, expect } from 'vitest';
import { it } from './stackTest.ts';
import { parisDay } from './testSession.ts';

describe('a task', () => {
  it('shows at once, then is saved under the server’s id without disappearing in between', async ({
    tab,
    view,
    folderId,
    stored,
  }) => {
    const source = tab.engine.views.listing(
      { mailbox: 'me', id: folderId },
      { order: 'due', today: tab.engine.today.current(), zone: tab.engine.zone.current() },
    );
    const seen: number[] = [];
    source.subscribe(() => queueMicrotask(() => seen.push(view.tasks(folderId).length)));
    const saved = tab.engine.commands.createTask('me', {
      folderId,
      patch: { subject: 'Milk', due: parisDay('2026-03-18') },
    });
    expect(view.subjects(folderId)).toEqual(['Milk']);
    const localId = await saved;
    expect(view.listing(folderId).pendingIds.get(localId)).toBeDefined();
    await tab.sent();
    const [task] = await stored();
    expect(task).toMatchObject({ subject: 'Milk', due: '2026-03-17T23:00:00.000Z' });
    expect(tab.outbox.resolve(localId)).toBe(task?.id);
    expect(tab.outbox.originOf(task?.id ?? '')).toBe(localId);
    expect(view.tasks(folderId)).toEqual([task]);
    expect(view.listing(folderId).pendingIds.size).toBe(0);
    expect(new Set(seen)).toEqual(new Set([1]));
  });

  it('is counted in the folder without a pull', async ({ tab, folderId, add }) => {
    expect(await tab.api.count({ mailbox: 'me', id: folderId })).toBe(0);
    for (const subject of ['Milk', 'Bread']) await add(subject);
    const requestCount = tab.network.requests.length;
    expect(await tab.api.count({ mailbox: 'me', id: folderId })).toBe(2);
    expect(tab.network.requests.slice(requestCount)).toHaveLength(1);
    tab.network.answer(/count/, () => Response.json({ value: [] }));
    expect(await tab.api.count({ mailbox: 'me', id: folderId })).toBeNull();
  });

  it('is edited, completed on the local day, and reopened', async ({ tab, view, folderId, commands, add, stored }) => {
    await commands.updateTask('me', { task: await add('Milk'), patch: { subject: 'Oat milk', importance: 'high' } });
    expect(view.subjects(folderId)).toEqual(['Oat milk']);
    await commands.completeTask('me', { task: view.task(folderId, 'Oat milk') });
    expect(view.listing(folderId)).toMatchObject({ open: 0, sections: [{ key: 'completed' }] });
    await tab.sent();
    expect(await stored()).toMatchObject([
      { subject: 'Oat milk', importance: 'high', status: 'completed', completed: '2026-03-17T23:00:00.000Z' },
    ]);
    await commands.reopenTask('me', { task: view.task(folderId, 'Oat milk') });
    await tab.sent();
    expect(await stored()).toMatchObject([{ status: 'notStarted', completed: null }]);
    expect(view.tasks(folderId)).toEqual(await stored());
  });

  it('is completed from the editor with the same request', async ({ tab, commands, add, stored }) => {
    const task = await add('Milk');
    await commands.updateTask('me', { task, patch: { status: 'completed', subject: 'Milk, two' } });
    await tab.sent();
    expect(await stored()).toMatchObject([{ status: 'completed', subject: 'Milk, two' }]);
    expect(tab.network.requests.filter((line) => line.includes('/complete'))).toHaveLength(1);
  });

  it('keeps the order of many quick edits', async ({ tab, view, folderId, commands, add, stored }) => {
    const task = await add('Milk');
    await commands.updateTask('me', { task, patch: { subject: 'Milk 1' } });
    await commands.updateTask('me', { task: view.task(folderId, 'Milk 1'), patch: { subject: 'Milk 2' } });
    await commands.updateTask('me', { task: view.task(folderId, 'Milk 2'), patch: { subject: 'Milk 3' } });
    await tab.sent();
    expect(await stored()).toMatchObject([{ subject: 'Milk 3' }]);
    expect(tab.outbox.ops()).toEqual([]);
  });

  it('moves to its next occurrence when it repeats, and leaves a completed copy', async ({
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
    tab.network.loseAnswer(/complete/);
    await commands.completeTask('me', { task: view.task(folderId, 'Water') });
    expect(view.listing(folderId)).toMatchObject({ open: 1 });
    await tab.sent();
    testBed.time.advance(60_000);
    await tab.sent();
    const rows = await stored();
    expect(rows.map(({ status, due }) => `${status} ${due}`).toSorted()).toEqual([
      'completed 2026-03-17T23:00:00.000Z',
      'notStarted 2026-03-18T23:00:00.000Z',
    ]);
    expect(new Set(view.tasks(folderId))).toEqual(new Set(rows));
  });
});

describe('deleting', () => {
  it('hides the task at once and deletes it on the service after eight seconds', async ({
    testBed,
    tab,
    view,
    folderId,
    commands,
    add,
    stored,
  }) => {
    await commands.deleteTask('me', { task: await add('Milk') });
    expect(view.subjects(folderId)).toEqual([]);
    await tab.sent();
    expect(await stored()).toHaveLength(1);
    testBed.time.advance(7_999);
    await tab.sent();
    expect(await stored()).toHaveLength(1);
    testBed.time.advance(1);
    await tab.sent();
    expect(await stored()).toHaveLength(0);
    expect(tab.outbox.ops()).toEqual([]);
  });

  it('can be undone within eight seconds, and not afterwards', async ({
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
    expect(await tab.outbox.undo(changeId)).toBe(true);
    expect(view.subjects(folderId)).toEqual(['Milk']);
    testBed.time.advance(60_000);
    await tab.sent();
    expect(await stored()).toHaveLength(1);
    const second = await commands.deleteTask('me', { task });
    testBed.time.advance(8_000);
    await tab.sent();
    expect(await tab.outbox.undo(second)).toBe(false);
  });

  it('waits in wall-clock time, also while the tab is closed', async ({
    testBed,
    openTab,
    tab,
    folderId,
    commands,
    add,
  }) => {
    await commands.deleteTask('me', { task: await add('Milk') });
    tab.close();
    testBed.time.advance(20_000);
    const again = await openTab(tab.browser);
    expect(await again.api.tasks({ mailbox: 'me', id: folderId })).toHaveLength(0);
  });

  it('blocks no other change', async ({ view, folderId, commands, add, stored }) => {
    await commands.deleteTask('me', { task: await add('Milk') });
    await add('Bread');
    expect((await stored()).map(({ subject }) => subject).toSorted()).toEqual(['Bread', 'Milk']);
    expect(view.subjects(folderId)).toEqual(['Bread']);
  });

  it('settles when the task is already deleted', async ({ testBed, tab, commands, add }) => {
    const task = await add('Milk');
    await commands.deleteTask('me', { task });
    await tab.api.deleteTask({ mailbox: 'me', id: task.id });
    testBed.time.advance(8_000);
    await tab.sent();
    expect(tab.outbox.ops()).toEqual([]);
  });
});

describe('with another client', () => {
  it('edits of different fields are merged without a question', async ({
    tab,
    view,
    folderId,
    commands,
    add,
    stored,
  }) => {
    const task = await add('Milk');
    await tab.api.updateTask({ mailbox: 'me', id: task.id }, { importance: 'high' });
    await commands.updateTask('me', { task, patch: { subject: 'Oat milk' } });
    await tab.sent();
    expect(await stored()).toMatchObject([{ subject: 'Oat milk', importance: 'high' }]);
    expect(view.tasks(folderId)).toEqual(await stored());
  });

  it('edits of the same field are parked with both versions, and nothing is lost', async ({
    tab,
    view,
    folderId,
    commands,
    add,
  }) => {
    const task = await add('Milk');
    await tab.api.updateTask({ mailbox: 'me', id: task.id }, { subject: 'Cow milk' });
    const changeId = await commands.updateTask('me', { task, patch: { subject: 'Oat milk' } });
    await tab.sent();
    const [op] = view.parked();
    expect(op?.parked).toMatchObject({ kind: 'changed', theirs: { subject: 'Cow milk' } });
    expect(op?.change).toMatchObject({ patch: { subject: 'Oat milk' }, base: { values: { subject: 'Milk' } } });
    expect(view.listing(folderId).pendingIds.get(task.id)).toBe('parked');
    expect(view.subjects(folderId)).toEqual(['Oat milk']);
    // What is parked blocks its own task only.
    await add('Bread');
    await tab.outbox.discard(changeId);
    await tab.engine.pullAnew();
    expect(view.subjects(folderId).toSorted()).toEqual(['Bread', 'Cow milk']);
  });

  it('a pull before sending does not overwrite edits of others', async ({
    testBed,
    key,
    tab,
    view,
    commands,
    add,
    stored,
  }) => {
    const task = await add('Milk');
    tab.setOnline(false);
    await commands.updateTask('me', { task, patch: { subject: 'Oat milk' } });
    const other = await testBed.device(key);
    await other.api.updateTask({ mailbox: 'me', id: task.id }, { subject: 'Cow milk' });
    // The network is back, and nothing has told the sender yet.
    tab.network.isOnline = true;
    await tab.engine.pullAnew();
    expect(tab.outbox.ops()).toHaveLength(1);
    tab.setOnline(true);
    await tab.sent();
    expect(view.parked()).toHaveLength(1);
    expect(await stored()).toMatchObject([{ subject: 'Cow milk' }]);
  });

  it('two completions of one task settle as one', async ({ tab, commands, add, stored }) => {
    const task = await add('Milk');
    await tab.api.completeTask({ mailbox: 'me', id: task.id }, { zone: 'Europe/Paris' });
    await commands.completeTask('me', { task });
    await tab.sent();
    expect(tab.outbox.ops()).toEqual([]);
    expect(await stored()).toMatchObject([{ status: 'completed' }]);
  });

  it('a completion made offline keeps its day', async ({ testBed, tab, commands, add, stored }) => {
    const task = await add('Milk');
    tab.setOnline(false);
    await commands.completeTask('me', { task });
    testBed.time.advance(26 * 3_600_000);
    tab.setOnline(true);
    await tab.sent();
    expect(await stored()).toMatchObject([{ status: 'completed', completed: '2026-03-17T23:00:00.000Z' }]);
  });

  it('an edit of a deleted task is parked, and can be retried or discarded', async ({ tab, view, commands, add }) => {
    const task = await add('Milk');
    await tab.api.deleteTask({ mailbox: 'me', id: task.id });
    const changeId = await commands.updateTask('me', { task, patch: { subject: 'Oat milk' } });
    await tab.sent();
    expect(view.parked()).toMatchObject([{ parked: { kind: 'missing', code: 'ErrorItemNotFound' } }]);
    expect(tab.engine.status.current()).toMatchObject({ parked: 1, waiting: 0 });
    await tab.outbox.retry(changeId);
    await tab.sent();
    expect(view.parked()).toHaveLength(1);
    await tab.outbox.discard(changeId);
    expect(tab.outbox.ops()).toEqual([]);
  });
});
