import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { appPageModel } from '../pages/appPageModel.ts';

/** Records when the first row is drawn, in the page's own time. */
async function watchFirstRow(page: Page) {
  await page.addInitScript(() => {
    const find = () => {
      if (document.querySelector('[role="grid"] [role="row"][data-row]') === null) return;
      performance.mark('first row');
      rows.disconnect();
    };
    const rows = new MutationObserver(find);
    rows.observe(document, { childList: true, subtree: true });
  });
}

/** Requests of the page from its document on, without sign-in: before the first row, and until now. */
const requestsOf = (page: Page) =>
  page.evaluate(() => {
    const [mark] = performance.getEntriesByName('first row');
    const sent = performance.getEntriesByType('resource').map(({ name, startTime }) => ({ name, startTime }));
    const all = sent.filter(({ name }) => !new URL(name).pathname.startsWith('/oidc/'));
    const before = all.filter(({ startTime }) => mark !== undefined && startTime < mark.startTime);
    return {
      before: [location.href, ...before.map(({ name }) => name)],
      all: [location.href, ...all.map(({ name }) => name)],
    };
  });

test('a cold start asks for little before the first rows, and for little in all', async ({
  browser,
  elsewhere,
  page,
  person,
  service,
  watch,
}) => {
  const other = await elsewhere();
  await other.signIn(person);
  await other.sidebar.open('Tasks');
  await other.list.add('Milk');
  await other.allSent();

  // First start on this device: the rows come from the service, after the redirect from the provider.
  await watchFirstRow(page);
  const app = appPageModel(page);
  await app.signIn(person, '/all');
  await app.list.row('Milk').waitFor();
  await app.allLoaded();
  const first = await requestsOf(page);
  expect(first.before.length, first.before.join('\n')).toBeLessThanOrEqual(20);
  expect(first.all.length, first.all.join('\n')).toBeLessThanOrEqual(40);

  // Later start without cached files: the rows come from the device.
  const storageState = await page.context().storageState({ indexedDB: true });
  const context = await browser.newContext({ baseURL: service.url, storageState });
  watch(context);
  const again = appPageModel(await context.newPage());
  await watchFirstRow(again.page);
  await again.page.goto('/all');
  await again.list.row('Milk').waitFor();
  await again.allLoaded();
  const second = await requestsOf(again.page);
  expect(second.before.length, second.before.join('\n')).toBeLessThanOrEqual(12);
  expect(second.all.length, second.all.join('\n')).toBeLessThanOrEqual(40);
  await context.close();
});
