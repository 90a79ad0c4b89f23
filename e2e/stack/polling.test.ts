import { QueryObserver } from '@tanstack/react-query';
import { describe, expect } from 'vitest';
import { taskQueries } from '../../src/data/queries.ts';
import { it } from './stackTest.ts';
import { openTab, viewOf } from './tabView.ts';

describe('a server without change events', () => {
  it('is polled once a minute for the open lists, while the page is visible', async ({ testBed, key, browser }) => {
    const tab = await openTab(testBed, key, browser);
    const { engine } = tab;
    const folderId = viewOf(tab).folder('Tasks');
    const options = { order: 'due', today: engine.today.current(), zone: engine.zone.current() } as const;
    const shown = new QueryObserver(tab.client, taskQueries.list(engine, { mailbox: 'me', id: folderId }, options));
    const leave = shown.subscribe(() => {});
    await (await testBed.device(key)).api.createTask({ mailbox: 'me', id: folderId }, { subject: 'Milk' });
    tab.setVisible(false);
    const requestCount = tab.network.requests.length;
    testBed.time.advance(60_000);
    await engine.broadcastsApplied();
    await tab.sent();
    expect(tab.network.requests).toHaveLength(requestCount);
    tab.setVisible(true);
    await testBed.until(() => {
      testBed.time.advance(10_000);
      return shown.getCurrentResult().data?.listing.byId.size === 1;
    });
    leave();
  });
});
