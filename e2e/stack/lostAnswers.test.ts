import { describe, expect } from 'vitest';
import type { Place } from '../../src/domain/task/task.ts';
import { it } from './stackTest.ts';
import { parisDay } from './testSession.ts';

/** A change whose response was lost is not made twice (docs/architecture.md#outbox-rules). */

const at = (id: string): Place => ({ mailbox: 'me', id });

describe('lost answers', () => {
  it('a create is repeated after its task was deleted elsewhere: the task stays deleted', async ({
    testBed,
    tab,
    view,
    folderId,
    commands,
    stored,
  }) => {
    tab.network.loseAnswer(/POST.*tasks$/);
    await commands.createTask('me', { folderId, patch: { subject: 'Milk' } });
    await tab.sent();
    const [made] = await stored();
    await tab.api.deleteTask(at(made?.id ?? ''));
    testBed.time.advance(60_000);
    await tab.sent();
    expect(tab.outbox.ops()).toEqual([]);
    expect(view.subjects(folderId)).toEqual([]);
    expect(await tab.deps.extras?.bin.list()).toMatchObject([{ name: 'Milk' }]);
  });

  it('edits of a task that was deleted elsewhere are parked, not dropped', async ({
    testBed,
    tab,
    view,
    folderId,
    commands,
    stored,
  }) => {
    tab.network.loseAnswer(/POST.*tasks$/);
    await commands.createTask('me', { folderId, patch: { subject: 'Milk' } });
    await tab.sent();
    await commands.updateTask('me', { task: view.task(folderId, 'Milk'), patch: { subject: 'Oat milk' } });
    const [made] = await stored();
    await tab.api.deleteTask(at(made?.id ?? ''));
    testBed.time.advance(60_000);
    await tab.sent();
    expect(view.parked()).toMatchObject([{ change: { patch: { subject: 'Oat milk' } }, parked: { kind: 'missing' } }]);
  });

  it('a completion is interrupted before its day is corrected: the day is corrected later', async ({
    testBed,
    key,
    openTab,
    tab,
    folderId,
    commands,
    add,
  }) => {
    const task = await add('Milk');
    tab.setOnline(false);
    await commands.completeTask('me', { task });
    testBed.time.advance(26 * 3_600_000);
    tab.network.answer(/PATCH/, () => {
      throw new TypeError('Failed to fetch');
    });
    tab.setOnline(true);
    await tab.sent();
    tab.close();
    const again = await openTab(tab.browser);
    await again.engine.pullAll();
    await again.sent();
    const other = await testBed.device(key);
    expect(await other.api.tasks(at(folderId))).toMatchObject([{ completed: '2026-03-17T23:00:00.000Z' }]);
    expect(again.outbox.ops()).toEqual([]);
  });

  it('a series is completed once on a server without idempotency keys', async ({
    testBed,
    tab,
    view,
    folderId,
    commands,
    stored,
  }) => {
    tab.network.hidesKeys = true;
    const recurrence = {
      pattern: { type: 'daily', interval: 1 },
      range: { type: 'noEnd', startDate: '2026-03-18' },
    } as const;
    await commands.createTask('me', { folderId, patch: { subject: 'Water', due: parisDay('2026-03-18'), recurrence } });
    await tab.sent();
    tab.setOnline(false);
    await commands.completeTask('me', { task: view.task(folderId, 'Water') });
    testBed.time.advance(26 * 3_600_000);
    tab.network.loseAnswer(/complete/);
    tab.setOnline(true);
    await tab.sent();
    testBed.time.advance(60_000);
    await tab.sent();
    expect(tab.outbox.ops()).toEqual([]);
    const rows = (await stored()).map(({ status, due, completed }) => `${status} ${due} ${completed}`).toSorted();
    expect(rows).toEqual([
      'completed 2026-03-17T23:00:00.000Z 2026-03-17T23:00:00.000Z',
      'notStarted 2026-03-18T23:00:00.000Z null',
    ]);
  });
});
