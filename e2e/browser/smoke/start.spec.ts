import type { Page } from '@playwright/test';
import { expect, test } from '../fixtures.ts';
import { appPageModel } from '../pages/appPageModel.ts';
import { apiClientOf } from '../support/apiClient.ts';

/** A part of the page that moved by itself, and how much of the page that is. */
type Shift = { at: number; value: number; moved: readonly string[] };
declare global {
  var shifts: Shift[];
}

/** Records in the page's own time when the first row is drawn, and everything that moves without an input. */
async function watchFirstRow(page: Page) {
  await page.addInitScript(() => {
    // With permission still to be asked for, there is more to show beside a reminder.
    Object.defineProperty(Notification, 'permission', { get: () => 'default' });
    globalThis.shifts = [];
    // The types of the DOM do not have this entry yet.
    type LayoutShift = { value: number; hadRecentInput: boolean; sources: readonly { node: Node | null }[] };
    const isShift = (entry: PerformanceEntry): entry is PerformanceEntry & LayoutShift =>
      entry.entryType === 'layout-shift';
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries().filter(isShift)) {
        if (entry.hadRecentInput) continue;
        const moved = entry.sources.map(({ node }) => (node instanceof Element ? node.outerHTML.slice(0, 120) : ''));
        shifts.push({ at: entry.startTime, value: entry.value, moved });
      }
    }).observe({ type: 'layout-shift', buffered: true });
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

/** The layout shift after the first row, and what moved. */
const shiftOf = async (page: Page) => {
  const shifts = await page.evaluate(() => {
    const [mark] = performance.getEntriesByName('first row');
    return globalThis.shifts.filter(({ at }) => mark !== undefined && at > mark.startTime);
  });
  return { sum: shifts.reduce((sum, { value }) => sum + value, 0), what: JSON.stringify(shifts, null, 2) };
};

test('a cold start asks for little before the first rows, for little in all, and then moves nothing', async ({
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
  // A reminder that is due arrives after the first rows.
  const api = await apiClientOf(other.page);
  const due = { DateTime: new Date(Date.now() - 3_600_000).toISOString().slice(0, -1), TimeZone: 'UTC' };
  await api.make({ Subject: 'Call Bo', IsReminderOn: true, ReminderDateTime: due });

  // First start on this device: the rows come from the service, after the redirect from the provider.
  await watchFirstRow(page);
  const app = appPageModel(page);
  await app.signIn(person, '/all');
  await app.list.row('Milk').waitFor();
  await app.allLoaded();
  await page.getByRole('article', { name: 'Call Bo' }).waitFor();
  const moved = await shiftOf(page);
  expect(moved.sum, moved.what).toBeLessThanOrEqual(0.02);
  const first = await requestsOf(page);
  expect(first.before.length, first.before.join('\n')).toBeLessThanOrEqual(12);
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
  await again.page.getByRole('article', { name: 'Call Bo' }).waitFor();
  const movedAgain = await shiftOf(again.page);
  expect(movedAgain.sum, movedAgain.what).toBeLessThanOrEqual(0.02);
  const second = await requestsOf(again.page);
  expect(second.before.length, second.before.join('\n')).toBeLessThanOrEqual(12);
  expect(second.all.length, second.all.join('\n')).toBeLessThanOrEqual(40);
  await context.close();
});
