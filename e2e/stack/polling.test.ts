import { QueryObserver } from '@tanstack/react-query';
import { describe, expect } from 'vitest';
import { taskQueries } from '../../src/data/queries.ts';
import { it } from './stackTest.ts';
import { openTab, viewOf } from './tabView.ts';

describe('a server without change events', () => {
  it('is polled once a minute for the open lists, while the page is visible', async ({ testBed, key, browser }) => {
    const tab = await openTab(testBed, key, browser);
    const folderId = viewOf(tab).folder('Tasks');
    const shown = new QueryObserver(
      tab.engine.client,
      taskQueries.list(tab.engine.pull, { mailbox: 'me', id: folderId }),
    );
    const leave = shown.subscribe(() => {});
    await (await testBed.device(key)).api.createTask({ mailbox: 'me', id: folderId }, { subject: 'Milk' });
    tab.setVisible(false);
    const requestCount = tab.network.requests.length;
    testBed.time.advance(60_000);
    await tab.engine.broadcastsApplied();
    await tab.sent();
    expect(tab.network.requests).toHaveLength(requestCount);
    tab.setVisible(true);
    await testBed.until(() => {
      testBed.time.advance(10_000);
      return viewOf(tab).subjects(folderId).length === 1;
    });
    leave();
  });

  it('gets no second request for a list that is being pulled', async ({ testBed, key, browser }) => {
    const tab = await openTab(testBed, key, browser);
    const signals: AbortSignal[] = [];
    const slow = new QueryObserver(tab.engine.client, {
      queryKey: [...taskQueries.all, 'me', 'large'],
      queryFn: ({ signal }) => new Promise<never>(() => signals.push(signal)),
      initialData: { kind: 'whole', at: testBed.time.now() },
      initialDataUpdatedAt: 1,
    });
    const leave = slow.subscribe(() => {});
    expect(signals).toHaveLength(1);
    testBed.time.advance(60_000);
    await tab.engine.broadcastsApplied();
    await tab.sent();
    expect(signals.map(({ aborted }) => aborted)).toEqual([false]);
    leave();
  });
});
