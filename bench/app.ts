import { chromium } from '@playwright/test';
import type { Browser, Page } from '@playwright/test';
import { chromiumFlags } from '../e2e/browser/chromium.ts';
import { appOn } from '../e2e/browser/pages/app.ts';
import { firstScreen } from '../scripts/size.mjs';
import type { House } from './house.ts';
import { password } from './house.ts';
import type { Row } from './measure.ts';
import { atMost, median, percentile, plain } from './measure.ts';
import { installProbe } from './probe.ts';

const rounds = 7;
const firstRow = '[role="grid"] [data-row]';

type Figures = {
  load: number[];
  list: number[];
  arrow: number[];
  complete: number[];
  add: number[];
  frames: number[];
  heap: number;
};

/** Signed in, standing in the folder that holds all the tasks, with every row known to the page. */
async function enter(browser: Browser, house: House, address: string, tasks: number): Promise<Page> {
  const context = await browser.newContext({
    baseURL: house.url,
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'Europe/Paris',
  });
  const page = await context.newPage();
  await page.addInitScript(installProbe);
  const app = appOn(page);
  await app.signIn({ address, password });
  await app.sidebar.open('Tasks');
  await settled(page, tasks);
  return page;
}

/** All rows have arrived: the last section's rows are counted by the grid. */
async function settled(page: Page, tasks: number): Promise<void> {
  await page.locator(firstRow).first().waitFor();
  // Completed is closed at first, so the grid counts about four fifths of the rows.
  await page.waitForFunction(
    (least) => Number(document.querySelector('[role="grid"]')?.getAttribute('aria-rowcount')) > least,
    tasks * 0.75,
    {
      timeout: 60_000,
    },
  );
}

/** From the start of the navigation to the paint of the first rows, with nothing but the HTTP cache to help. */
async function coldLoad(page: Page): Promise<number> {
  await page.reload({ waitUntil: 'commit' });
  await page.locator(firstRow).first().waitFor();
  return page.evaluate(() => probe.afterPaint());
}

/** `isShown` is source text: the page's policy forbids making functions from strings, the debugger's protocol does not. */
async function shown(page: Page, event: string, isShown: string, act: () => Promise<void>): Promise<number> {
  // Two calls: the ear must be open before the event comes.
  await page.evaluate(`probe.measured = probe.fromEvent('${event}', () => ${isShown}); undefined`);
  await act();
  return page.evaluate(() => probe.measured);
}

async function measureSize(browser: Browser, house: House, tasks: number): Promise<Figures> {
  const address = `bench${tasks}@example.com`;
  await house.addAccount(address);
  await house.seed(address, tasks, 0);
  const page = await enter(browser, house, address, tasks);
  const app = appOn(page);
  const figures: Figures = { load: [], list: [], arrow: [], complete: [], add: [], frames: [], heap: 0 };
  for (let round = 0; round < rounds; round += 1) figures.load.push(await coldLoad(page));
  await settled(page, tasks);
  for (let round = 0; round < rounds; round += 1) {
    await app.sidebar.view('Important').click();
    await page.waitForFunction(() => document.querySelector('h1')?.textContent === 'Important');
    const title = `document.querySelector('h1')?.textContent === 'Tasks' && document.querySelector('${firstRow}') !== null`;
    figures.list.push(await shown(page, 'click', title, () => app.sidebar.open('Tasks')));
  }
  await page.locator(firstRow).nth(2).focus();
  for (let press = 0; press < 60; press += 1) {
    figures.arrow.push(await shown(page, 'keydown', 'true', () => page.keyboard.press('ArrowDown')));
  }
  for (let round = 0; round < rounds; round += 1) {
    await page.keyboard.press('ArrowDown');
    const key = await page.evaluate(() => document.activeElement?.closest('[data-row]')?.getAttribute('data-row'));
    const done = `(() => { const row = document.querySelector('[data-row="${key}"]'); return row === null || row.hasAttribute('data-done'); })()`;
    figures.complete.push(await shown(page, 'keydown', done, () => page.keyboard.press('Space')));
    await page.waitForTimeout(1_200);
  }
  for (let round = 0; round < rounds; round += 1) {
    await app.list.quickAdd.fill(`Measured ${round}`);
    const before = await app.list.grid.getAttribute('aria-rowcount');
    const more = `Number(document.querySelector('[role="grid"]').getAttribute('aria-rowcount')) > ${before}`;
    figures.add.push(await shown(page, 'keydown', more, () => page.keyboard.press('Enter')));
  }
  await app.allSent();
  figures.frames = await page.evaluate(() => probe.scroll(4_000));
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('HeapProfiler.collectGarbage');
  figures.heap = (await devtools.send('Runtime.getHeapUsage')).usedSize / 1e6;
  await page.context().close();
  return figures;
}

const slow = (frames: readonly number[]) => (frames.filter((ms) => ms > 25).length / frames.length) * 100;

/** The built app in Chromium against the real service, with 1,000 and with 10,000 tasks in one folder. */
export async function measureApp(house: House): Promise<Row[]> {
  const browser = await chromium.launch(chromiumFlags());
  try {
    const small = await measureSize(browser, house, 1_000);
    const large = await measureSize(browser, house, 10_000);
    const kB = firstScreen().reduce((sum, [, bytes]) => sum + bytes, 0) / 1_000;
    return [
      atMost('JavaScript of the first screen, gzip, without MSAL', kB, 200, 'kB'),
      plain('cold load to first rows, 1,000 tasks', median(small.load), 'ms'),
      plain('cold load to first rows, 10,000 tasks', median(large.load), 'ms'),
      plain('  ratio', median(large.load) / median(small.load), ''),
      plain('folder on screen, 1,000 tasks', median(small.list), 'ms'),
      plain('folder on screen, 10,000 tasks', median(large.list), 'ms'),
      atMost('  ratio', median(large.list) / median(small.list), 1.5, ''),
      plain('arrow key to paint, 10,000 tasks, median', median(large.arrow), 'ms'),
      atMost('arrow key to paint, 10,000 tasks, p95', percentile(large.arrow, 95), 35, 'ms'),
      atMost('complete to paint, 1,000 tasks', median(small.complete), 50, 'ms'),
      atMost('complete to paint, 10,000 tasks', median(large.complete), 50, 'ms'),
      atMost('add to paint, 1,000 tasks', median(small.add), 50, 'ms'),
      atMost('add to paint, 10,000 tasks', median(large.add), 50, 'ms'),
      atMost('frames over 25 ms while scrolling 10,000', slow(large.frames), 2, '%'),
      plain('heap after collection, 1,000 tasks', small.heap, 'MB'),
      atMost('heap after collection, 10,000 tasks', large.heap, 40, 'MB'),
    ];
  } finally {
    await browser.close();
  }
}
