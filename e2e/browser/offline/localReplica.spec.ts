import type { Route } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { appPageModel } from '../pages/appPageModel.ts';

test('a change made on another device appears in every tab', async ({ app, person, elsewhere }) => {
  await app.sidebar.open('Tasks');
  await app.list.add('From here', 'Second', 'Third');
  await app.allSent();
  const tab = appPageModel(await app.page.context().newPage());
  await tab.page.goto(app.page.url());
  await expect(tab.list.row('From here')).toBeVisible();

  const other = await elsewhere();
  // The first pull has pages of two, and the second page waits: the total is already known.
  let releasePages = () => {};
  const pagesMayCome = new Promise<void>((resolve) => (releasePages = resolve));
  await other.page.route(/\/taskfolders\('[^']*'\)\/tasks\/?(\?|$)/i, async (route) => {
    const headers = await route.request().allHeaders();
    if (/token/i.test(route.request().url())) await pagesMayCome;
    const { prefer } = headers;
    await route.continue(
      prefer === undefined ? {} : { headers: { ...headers, prefer: prefer.replace('=1000', '=2') } },
    );
  });
  await other.signIn(person);
  await other.sidebar.open('Tasks');
  await expect(other.page.getByRole('main')).toContainText('2 of 3 tasks, more are coming');
  releasePages();
  await expect(other.list.row('From here')).toBeVisible();
  await other.list.add('From another desk');
  await expect(app.list.row('From another desk')).toBeVisible();
  await expect(tab.list.row('From another desk')).toBeVisible();

  await tab.list.complete('From here');
  await expect(other.list.row('From here')).toBeHidden();
  await expect(app.list.row('From here')).toBeHidden();
});

test.describe('with an unreachable service', () => {
  // The browser logs every interrupted request.
  test.use({ expectedErrors: [/ERR_FAILED|ERR_INTERNET_DISCONNECTED/] });

  test('two tabs show the same, sent or not, and each change is sent once', async ({ app }) => {
    const tab = appPageModel(await app.page.context().newPage());
    await app.sidebar.open('Tasks');
    await tab.page.goto(app.page.url());
    await tab.allSent();
    let writes = 0;
    for (const { page } of [app, tab])
      page.on('request', (request) => {
        const parts = request.url().endsWith('$batch') ? (request.postData()?.match(/\/tasks"/g)?.length ?? 0) : 0;
        writes += request.method() === 'POST' && request.url().endsWith('/tasks') ? 1 : parts;
      });

    await app.list.add('Milk');
    await expect(tab.list.row('Milk')).toBeVisible();
    await tab.list.add('Bread');
    await expect(app.list.row('Bread')).toBeVisible();
    for (const one of [app, tab]) {
      await one.allSent();
      await one.allLoaded();
    }
    await app.page.context().setOffline(true);
    await app.list.complete('Milk');
    await expect(tab.list.row('Milk')).toBeHidden();
    await tab.list.add('Eggs');
    await expect(app.list.row('Eggs')).toBeVisible();
    for (const one of [app, tab])
      await expect(one.page.getByRole('link', { name: 'Offline · 2 waiting' })).toBeVisible();
    await app.page.context().setOffline(false);
    await Promise.all([app.allSent(), tab.allSent()]);
    expect(writes).toBe(3);
  });

  test('every page opens offline from this device', async ({ app }) => {
    await app.sidebar.open('Tasks');
    await app.list.add('Milk', 'Bread');
    await app.allSent();
    const cutOff = (route: Route) => route.abort();
    for (const part of ['api', 'threefold', 'oidc']) await app.page.route(`**/${part}/**`, cutOff);
    await app.page.reload();
    await expect(app.list.row('Milk')).toBeVisible();
    await expect(app.list.row('Bread')).toBeVisible();
    await app.sidebar.view('All').click();
    await expect(app.list.row('Milk')).toBeVisible();
    await app.list.row('Milk').click();
    await expect(app.editor.subject).toHaveValue('Milk');
    // Changes made meanwhile are sent once the network is back.
    await app.list.complete('Bread');
    await app.page.unrouteAll();
    await app.page.reload();
    await app.allSent();
    await app.sidebar.open('Tasks');
    await app.list.showCompleted();
    await expect(app.list.row('Bread')).toBeVisible();
  });

  test('chunks that fail at the first start are fetched again, and nothing is lost', async ({ app }) => {
    const { page, sidebar, list } = app;
    await sidebar.open('Tasks');
    await app.allSent();
    // As at a first visit: no worker has cached the files.
    await page.evaluate(async () => {
      for (const one of await navigator.serviceWorker.getRegistrations()) await one.unregister();
      for (const key of await caches.keys()) await caches.delete(key);
    });
    const failed: string[] = [];
    await page.route(/\/assets\/connection-[^/]*\.js$/, (route) => (failed.push('connection'), route.abort()), {
      times: 1,
    });
    await page.reload();
    await list.add('Milk');
    await expect(list.row('Milk')).toBeVisible();
    await app.allSent();
    expect(failed).toEqual(['connection']);
  });
});

test('full storage is reported, and the text returns to the field', async ({ app }) => {
  const { page, list, toast } = app;
  await list.add('Milk');
  await app.allSent();
  await page.evaluate(() => {
    const refuse = () => {
      throw new DOMException('There is no room', 'QuotaExceededError');
    };
    Object.assign(IDBObjectStore.prototype, { add: refuse, put: refuse });
  });
  await list.add('Bread');
  await expect(toast).toContainText('Not saved. The storage of this device is full.');
  await expect(list.quickAdd).toHaveValue('Bread');
  await expect(page.getByRole('status').filter({ hasText: 'storage is full' })).toBeVisible();
  await expect(list.row('Bread')).toBeHidden();
});

test.describe('on a phone', () => {
  test.use({
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
    expectedErrors: [/ERR_INTERNET_DISCONNECTED/],
  });

  test('offline is marked on every page, and stated in words on the folders page', async ({ app }) => {
    const { page, list } = app;
    const folders = page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: /^Folders/ });
    await page.goto('/today');
    await list.quickAdd.waitFor();
    await expect(folders).toHaveAccessibleName('Folders');
    await app.allLoaded();
    // Named once the folders are loaded.
    await expect(list.quickAdd).toHaveAccessibleName('Add a task to Tasks');
    await page.context().setOffline(true);
    await expect(folders).toHaveAccessibleName('Folders Offline');
    await list.add('Milk');
    await folders.tap();
    await expect(page.getByRole('link', { name: 'Offline · 1 waiting' })).toBeVisible();
    await page.context().setOffline(false);
    await expect(folders).toHaveAccessibleName('Folders');
  });
});
