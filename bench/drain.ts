import type { Browser } from '@playwright/test';
import { apiOf } from '../e2e/browser/pages/api.ts';
import { appOn } from '../e2e/browser/pages/app.ts';
import type { House } from './house.ts';
import { password } from './house.ts';
import type { Row } from './measure.ts';
import { atMost, median, plain } from './measure.ts';
import { window } from './window.ts';

const changes = 1_000;

/** What was done on a long way without a network: a thousand changes wait, and are sent when it is back. */
export async function measureDrain(browser: Browser, house: House): Promise<Row[]> {
  const address = 'drain@example.com';
  await house.addAccount(address);
  const context = await window(browser, house);
  const page = await context.newPage();
  const app = appOn(page);
  await app.signIn({ address, password });
  await app.sidebar.open('Tasks');
  await app.allLoaded();
  const api = await apiOf(page);
  const single: number[] = [];
  for (let at = 0; at < 50; at += 1) {
    const from = performance.now();
    await api.make({ Subject: `One by one ${at}` });
    single.push(performance.now() - from);
  }
  await app.list.row('One by one 49').waitFor();
  await context.setOffline(true);
  const lines = Array.from({ length: changes }, (_, at) => `Waiting ${at + 1}`);
  await app.list.quickAdd.fill(lines.join('\n'));
  await page.getByRole('button', { name: /^Add 1,?000 tasks/ }).click();
  await page.getByRole('link', { name: /1,?000 waiting/ }).waitFor({ timeout: 60_000 });
  await page.evaluate(() => probe.longTasks.splice(0));
  await context.setOffline(false);
  const from = performance.now();
  await page.getByRole('link', { name: /^Everything is saved/ }).waitFor({ timeout: 300_000 });
  const whole = performance.now() - from;
  const longest = Math.max(0, ...(await page.evaluate(() => probe.longTasks)));
  await context.close();
  return [
    plain('drain of 1,000 waiting changes', whole, 'ms'),
    atMost('  times 1,000 single requests, one after the other', whole / (median(single) * changes), 1.5, ''),
    atMost('  longest task meanwhile', longest, 50, 'ms'),
  ];
}
