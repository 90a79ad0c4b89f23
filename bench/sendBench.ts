import type { Browser } from '@playwright/test';
import { appOn } from '../e2e/browser/pages/appPageModel.ts';
import type { House } from './environment.ts';
import { password } from './environment.ts';
import type { Row } from './measurements.ts';
import { atMost, plain } from './measurements.ts';
import { window } from './browserWindow.ts';

/** So many tasks are made without a network; then it is back. Milliseconds for each of them, and the longest task meanwhile. */
async function drainOf(browser: Browser, house: House, changes: number) {
  const address = `drain${changes}@example.com`;
  await house.addAccount(address);
  const context = await window(browser, house);
  const page = await context.newPage();
  const app = appOn(page);
  await app.signIn({ address, password });
  await app.sidebar.open('Tasks');
  await app.allLoaded();
  await app.allSent();
  await context.setOffline(true);
  await app.list.quickAdd.fill(Array.from({ length: changes }, (_, at) => `Waiting ${at + 1}`).join('\n'));
  const number = String(changes).replace(/(?=\d{3}$)/, ',?');
  await page.getByRole('button', { name: new RegExp(`^Add ${number} tasks`) }).click();
  await page.getByRole('link', { name: new RegExp(`${number} waiting`) }).waitFor({ timeout: 60_000 });
  await page.evaluate(() => probe.longTasks.splice(0));
  await context.setOffline(false);
  const from = performance.now();
  await page.getByRole('link', { name: /^Everything is saved/ }).waitFor({ timeout: 300_000 });
  const each = (performance.now() - from) / changes;
  const longest = Math.max(0, ...(await page.evaluate(() => probe.longTasks)));
  await context.close();
  return { each, longest };
}

/** What was done on a long way without a network waits, and is sent when it is back. */
export async function measureDrain(browser: Browser, house: House): Promise<Row[]> {
  const few = await drainOf(browser, house, 100);
  const many = await drainOf(browser, house, 1_000);
  return [
    plain('drain of 1,000 waiting changes, for each', many.each, 'ms'),
    atMost('  times that of 100', many.each / few.each, 1.5, ''),
    atMost('  longest task meanwhile', many.longest, 50, 'ms'),
  ];
}
