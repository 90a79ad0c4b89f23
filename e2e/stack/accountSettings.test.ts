import { describe, expect } from 'vitest';
import { it } from './stackTest.ts';
import { viewOf } from './tabView.ts';
import type { TestBed } from './testBed.ts';

describe('the zone', () => {
  it('is taken from the browser once, then is the same on every device', async ({ testBed, key, tab }) => {
    expect(tab.engine.zone.current()).toBe('Europe/Paris');
    expect(await tab.deps.extras?.settings()).toEqual({ timeZone: 'Europe/Paris' });
    await tab.engine.zone.set('America/New_York');
    const other = await testBed.device(key);
    other.start();
    await other.engine.pullAll();
    expect(other.engine.zone.current()).toBe('America/New_York');
  });

  it('keeps its value when the service rejects the new one', async ({ tab }) => {
    await expect(tab.engine.zone.set('Mars/Olympus')).rejects.toMatchObject({ kind: 'refused' });
    expect(tab.engine.zone.current()).toBe('Europe/Paris');
  });

  it('blocks nothing when it cannot be read, and is requested again', async ({ testBed }) => {
    const other = await testBed.device(await testBed.account());
    for (let n = 0; n < 2; n += 1) other.network.answer(/settings/, () => new Response(null, { status: 404 }));
    other.start();
    await other.engine.pullAll();
    expect(other.engine.views.coverage.current()).toMatchObject({ isComplete: true, failure: null });
    await other.engine.pullAll();
    await other.engine.pullAll();
    expect(await other.deps.extras?.settings()).toEqual({ timeZone: 'Europe/Paris' });
  });

  it('determines the current day, which changes at midnight', async ({ testBed, tab }) => {
    expect(tab.engine.today.current()).toBe('2026-03-18');
    await tab.engine.zone.set('Pacific/Kiritimati');
    expect(tab.engine.today.current()).toBe('2026-03-18');
    testBed.time.advance(60 * 60_000);
    expect(tab.engine.today.current()).toBe('2026-03-18');
    for (let quarter = 0; quarter < 4; quarter += 1) {
      testBed.time.advance(15 * 60_000);
      await Promise.resolve();
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(tab.engine.today.current()).toBe('2026-03-19');
  });
});

it('personal access tokens are listed', async ({ tab }) => {
  expect(await tab.deps.extras?.tokens()).toEqual([]);
  await expect(tab.deps.extras?.revokeToken('00000000-0000-0000-0000-000000000000')).rejects.toMatchObject({
    kind: 'missing',
  });
});

describe('counts and smart views', () => {
  it('include tasks of every folder', async ({ tab }) => {
    const screen = viewOf(tab);
    const { commands } = tab.engine;
    const garden = await commands.createFolder('me', { name: 'Garden' });
    const tasks = screen.folder('Tasks');
    await commands.createTask('me', { folderId: tasks, patch: { subject: 'Late', due: at('2026-03-10') } });
    await commands.createTask('me', { folderId: garden, patch: { subject: 'Now', due: at('2026-03-18') } });
    await commands.createTask('me', {
      folderId: garden,
      patch: { subject: 'Soon', due: at('2026-03-20'), importance: 'high' },
    });
    const expected = { today: 2, upcoming: 1, overdue: 1, important: 1, all: 3, completed: 0 };
    expect(screen.counts().views).toEqual(expected);
    await tab.sent();
    expect(screen.counts()).toMatchObject({ views: expected, isComplete: true });
    expect(screen.counts().folders.get(tasks)).toEqual({ open: 1, overdue: 1 });
    expect(screen.view('all')).toEqual(['Late', 'Now', 'Soon']);
    expect(screen.view('today')).toEqual(['Late', 'Now']);
    await commands.completeTask('me', { task: screen.task(tasks, 'Late') });
    expect(screen.counts().views).toMatchObject({ overdue: 0, all: 2, completed: 1 });
    await tab.sent();
    expect(screen.counts().views).toMatchObject({ overdue: 0, all: 2, completed: 1 });
  });

  it('report that they are incomplete, and the reason', async ({ testBed, key }) => {
    const other = await testBed.device(key);
    other.network.answer(/taskfolders\('/, () => new Response(null, { status: 500 }));
    other.network.answer(/taskfolders\('/, () => new Response(null, { status: 500 }));
    other.network.answer(/taskfolders\('/, () => new Response(null, { status: 500 }));
    other.network.answer(/taskfolders\('/, () => new Response(null, { status: 500 }));
    other.start();
    const pulled = other.engine.pullAll();
    await passing(testBed, pulled);
    expect(other.engine.views.coverage.current()).toMatchObject({ isComplete: false, failure: 'broken' });
    await other.engine.pullAll();
    expect(other.engine.views.coverage.current()).toMatchObject({ isComplete: true, failure: null });
  });
});

it('a draft is still there after the tab is closed', async ({ testBed, key, tab }) => {
  tab.outbox.preferences.set('draft:subject:1', 'Half a th');
  tab.outbox.preferences.set('draft:subject:1', 'Half a thought');
  await tab.outbox.preferences.flushed();
  tab.close();
  const again = await testBed.device(key, { browser: tab.browser });
  expect(again.outbox.preferences.get('draft:subject:1')).toBe('Half a thought');
});

const at = (day: string) => ({ local: `${day}T00:00:00.000`, zone: 'Europe/Paris' });

const tick = () => new Promise<'tick'>((resolve) => setImmediate(() => resolve('tick')));

/** Advances time, so that retries run, until the promise settles. */
async function passing(testBed: TestBed, promise: Promise<unknown>) {
  const done = promise.then(() => 'done' as const);
  while ((await Promise.race([done, tick()])) === 'tick') testBed.time.advance(10_000);
}
