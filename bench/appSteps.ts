import type { Page } from '@playwright/test';
import type { appPageModel } from '../e2e/browser/pages/appPageModel.ts';

type App = ReturnType<typeof appPageModel>;

const firstRow = '[role="grid"] [data-row]';
const rowCount = `Number(document.querySelector('[role="grid"]')?.getAttribute('aria-rowcount') ?? 0)`;

/**
 * `isShown` is source text: the page's policy forbids creating functions from strings, but the debugging protocol may.
 */
export async function timeUntilShown(
  page: Page,
  event: string,
  isShown: string,
  act: () => Promise<void>,
): Promise<number> {
  // Two calls, because the listener must be attached before the event.
  await page.evaluate(`probe.measured = probe.fromEvent('${event}', () => ${isShown}); undefined`);
  await act();
  return page.evaluate(() => probe.measured);
}

export const timeKeyPress = (page: Page, key: string, isShown: string) =>
  timeUntilShown(page, 'keydown', isShown, () => page.keyboard.press(key));

export const editOne = {
  async add(page: Page, app: App, subject: string): Promise<number> {
    await app.list.quickAdd.fill(subject);
    const before = await page.evaluate(rowCount);
    return timeKeyPress(page, 'Enter', `${rowCount} > ${String(before)}`);
  },
  /** Toggles the importance of the first task: an edit of one field. */
  async flag(page: Page): Promise<number> {
    await page.locator(firstRow).first().focus();
    const key = await page.evaluate(() => document.activeElement?.closest('[data-row]')?.getAttribute('data-row'));
    const rowContent = `document.querySelector('[data-row="${key}"]')?.textContent + document.querySelector('[data-row="${key}"]')?.innerHTML.length`;
    const before = await page.evaluate(rowContent);
    return timeKeyPress(page, 'i', `(${rowContent}) !== ${JSON.stringify(before)}`);
  },
};

/**
 * Measures the first sign-in on a new device: the times of the first page and of all rows, and of adding and completing
 * a task meanwhile. Milliseconds.
 */
export async function timeFirstPull(page: Page, app: App) {
  const during: (readonly [string, number])[] = [];
  await app.sidebar.open('Tasks');
  await page.locator(firstRow).first().waitFor();
  const firstPage = await page.evaluate(() => probe.afterPaint());
  const isRunning = () => page.evaluate(() => document.querySelector('header progress') !== null);
  for (let round = 0; round < 3 && (await isRunning()); round += 1) {
    during.push(['add', await editOne.add(page, app, `Early ${round}`)]);
    await page.locator(firstRow).nth(3).focus();
    const key = await page.evaluate(() => document.activeElement?.closest('[data-row]')?.getAttribute('data-row'));
    const done = `document.querySelector('[data-row="${key}"]')?.hasAttribute('data-done') !== false`;
    during.push(['complete', await timeKeyPress(page, 'Space', done)]);
  }
  await page.waitForFunction(() => document.querySelector('header progress') === null, null, { timeout: 180_000 });
  return { firstPage, whole: await page.evaluate(() => performance.now()), during };
}
