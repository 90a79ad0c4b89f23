import { QueryObserver } from '@tanstack/react-query';
import { describe, expect } from 'vitest';
import { taskQueries } from '../../src/data/queries.ts';
import { it } from './stackTest.ts';
import { openTab, viewOf } from './tabView.ts';
import type { Service } from './testBed.ts';

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

describe('a folder that the service refuses', () => {
  it.for([
    ['with a long Retry-After', 429, { 'Retry-After': '600' }],
    ['with a short Retry-After', 503, { 'Retry-After': '2' }],
    ['without one', 503, {}],
  ] as const)('%s holds up no other list', async ([, status, headers], { testBed, key, browser }) => {
    const elsewhere = (await testBed.device(key)).api;
    const busy = await elsewhere.createFolder('me', null, { name: 'Busy' });
    const folderId = (await elsewhere.folders('me')).find(({ isDefault }) => isDefault)?.id ?? '';
    await elsewhere.createTask({ mailbox: 'me', id: folderId }, { subject: 'Salt' });
    let isRefused = true;
    let asked = 0;
    const service: Service = {
      request(input, init) {
        if (!isRefused || init.method !== 'GET' || !input.includes(busy.id)) return testBed.app.request(input, init);
        asked += 1;
        return new Response('{}', { status, headers });
      },
    };
    const tab = await testBed.device(key, { browser, hearsEvents: true, service });
    tab.start();
    await testBed.until(() => viewOf(tab).folders().length === 2 && tab.engine.isLive.current());
    await testBed.until(() => asked > 0);
    for (const subject of ['Milk', 'Bread']) {
      await elsewhere.createTask({ mailbox: 'me', id: folderId }, { subject });
      await testBed.until(() => viewOf(tab).subjects(folderId).includes(subject));
    }
    await elsewhere.createTask({ mailbox: 'me', id: busy.id }, { subject: 'Later' });
    isRefused = false;
    const before = asked;
    await testBed.until(() => {
      testBed.time.advance(10_000);
      return viewOf(tab).subjects(busy.id).length === 1;
    });
    expect(asked).toBe(before);
    await testBed.until(() => tab.outbox.preferences.get('events') !== undefined);
  });
});
