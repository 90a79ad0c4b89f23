import { chromium } from '@playwright/test';
import type { Browser, Page } from '@playwright/test';
import { chromiumFlags } from '../e2e/browser/support/chromium.ts';
import { appPageModel } from '../e2e/browser/pages/appPageModel.ts';
import { firstScreen } from '../scripts/size.mjs';
import { editOne, timeFirstPull, timeKeyPress, timeUntilShown } from './appSteps.ts';
import { measureSend } from './sendBench.ts';
import { measureTwoTabs } from './twoTabsBench.ts';
import type { BenchEnvironment } from './environment.ts';
import { password } from './environment.ts';
import type { Measurement } from './measurements.ts';
import { atMost, median, percentile, untargeted } from './measurements.ts';
import { openBenchWindow } from './browserWindow.ts';
import { recordOf } from '../src/domain/objectKeys.ts';

const rounds = 5;
const firstRow = '[role="grid"] [data-row]';

const names = ['warm', 'list', 'sort', 'arrow', 'open', 'complete', 'add', 'edit'] as const;
type Name = (typeof names)[number];
type Figures = Record<Name, number[]> & {
  /** Frame times while scrolling, once sorted lists are ready and everything on this device has been read. */
  frames: number[];
  longTasks: number[];
  heap: number;
  /** The database writes of one complete, one add and one edit together. */
  written: { calls: number; bytes: number };
};
type Pull = Awaited<ReturnType<typeof timeFirstPull>>;

/** Waits until all rows have arrived and background work has ended. */
async function settled(page: Page): Promise<void> {
  await page.locator(firstRow).first().waitFor();
  await page.waitForFunction(() => document.querySelector('[role="grid"] ~ progress, header progress') === null, null, {
    timeout: 120_000,
  });
  await page.waitForTimeout(3_000);
}

/** Milliseconds from the start of the navigation to the paint of the first rows, drawn from this device. */
async function warmStart(page: Page): Promise<number> {
  await page.reload({ waitUntil: 'commit' });
  await page.locator(firstRow).first().waitFor();
  return page.evaluate(() => probe.afterPaint());
}

async function measureSize(browser: Browser, environment: BenchEnvironment, tasks: number, folders: number) {
  const address = `bench${tasks}in${folders}@example.com`;
  await environment.addAccount(address);
  await environment.seed(address, tasks, folders);
  const context = await openBenchWindow(browser, environment);
  const page = await context.newPage();
  const app = appPageModel(page);
  await app.signIn({ address, password });
  const pull = await timeFirstPull(page, app);
  await settled(page);
  const figures: Figures = {
    ...recordOf<Name, number[]>(names, () => []),
    frames: [],
    longTasks: [],
    heap: 0,
    written: { calls: 0, bytes: 0 },
  };
  await page.waitForTimeout(2_500);
  for (let round = 0; round < rounds; round += 1) {
    figures.warm.push(await warmStart(page));
    await settled(page);
  }
  await page.waitForTimeout(tasks / 10);
  await page.evaluate(() => probe.longTasks.splice(0));
  for (let round = 0; round < rounds; round += 1) {
    await app.sidebar.view('Important').click();
    await page.waitForFunction(() => document.querySelector('h1')?.textContent === 'Important');
    const title = `document.querySelector('h1')?.textContent === 'Tasks' && document.querySelector('${firstRow}') !== null`;
    figures.list.push(await timeUntilShown(page, 'click', title, () => app.sidebar.open('Tasks')));
  }
  await page.locator(firstRow).nth(2).focus();
  for (let at = 0; at < 30; at += 1) figures.arrow.push(await timeKeyPress(page, 'ArrowDown', 'true'));
  for (let round = 0; round < rounds; round += 1) {
    const before = await page.locator(firstRow).first().getAttribute('data-row');
    const other = `document.querySelector('${firstRow}')?.getAttribute('data-row') !== ${JSON.stringify(before)}`;
    figures.sort.push(await timeKeyPress(page, 'v', other));
    await page.waitForTimeout(100);
  }
  // Back to the first order.
  for (let back = rounds % 4; back % 4 !== 0; back += 1) await page.keyboard.press('v');
  await page.locator(firstRow).nth(2).focus();
  for (let round = 0; round < rounds; round += 1) {
    const isOpen = `document.querySelector('[data-task-editor]') !== null`;
    figures.open.push(await timeKeyPress(page, 'Enter', isOpen));
    await page.keyboard.press('Escape');
    await page.waitForTimeout(200);
    await page
      .locator(firstRow)
      .nth(3 + round)
      .focus();
  }
  await page.evaluate(() => Object.assign(probe.written, { calls: 0, bytes: 0 }));
  for (let round = 0; round < rounds; round += 1) {
    await page.keyboard.press('ArrowDown');
    const key = await page.evaluate(() => document.activeElement?.closest('[data-row]')?.getAttribute('data-row'));
    const done = `(() => { const row = document.querySelector('[data-row="${key}"]'); return row === null || row.hasAttribute('data-done'); })()`;
    figures.complete.push(await timeKeyPress(page, 'Space', done));
    await page.waitForTimeout(1_200);
  }
  for (let round = 0; round < rounds; round += 1) figures.add.push(await editOne.add(page, app, `Measured ${round}`));
  for (let round = 0; round < rounds; round += 1) figures.edit.push(await editOne.flag(page));
  await app.allSent();
  await page.waitForTimeout(2_500);
  figures.written = await page.evaluate(() => ({ ...probe.written }));
  figures.frames = await page.evaluate(() => probe.scroll(3_000));
  figures.longTasks = await page.evaluate(() => [...probe.longTasks]);
  const devtools = await context.newCDPSession(page);
  await devtools.send('HeapProfiler.collectGarbage');
  figures.heap = (await devtools.send('Runtime.getHeapUsage')).usedSize / 1e6;
  await context.close();
  return { figures, pull };
}

const slow = (frames: readonly number[]) => (frames.filter((ms) => ms > 25).length / frames.length) * 100;
const words: Record<Name, string> = {
  warm: 'warm start to first rows',
  list: 'folder on screen',
  sort: 'another order',
  arrow: 'arrow key',
  open: 'task opened',
  complete: 'complete',
  add: 'add',
  edit: 'edit',
};

function rowsOf(label: string, { figures, pull }: { figures: Figures; pull: Pull }, base: Figures): Measurement[] {
  const each = names.flatMap((name) => {
    const [now, then] = [median(figures[name]), median(base[name])];
    const row = untargeted(`${label}: ${words[name]}`, now, 'ms');
    return base === figures ? [row] : [row, atMost(`  times that with 100 tasks`, now / then, 1.5, '')];
  });
  return [
    ...each,
    untargeted(`${label}: first pull, first page on screen`, pull.firstPage, 'ms'),
    untargeted(`${label}: first pull, all of it`, pull.whole, 'ms'),
    ...pull.during.map(([name, ms]) => atMost(`${label}: ${name} while the first pull runs`, ms, 50, 'ms')),
    atMost(`${label}: longest task while working and scrolling`, Math.max(0, ...figures.longTasks), 50, 'ms'),
    atMost(`${label}: frames over 25 ms while scrolling`, slow(figures.frames), 2, '%'),
    untargeted(`${label}: database writes for ${rounds * 3} changes`, figures.written.calls, ''),
    untargeted(`${label}: written for ${rounds * 3} changes`, figures.written.bytes / 1_000, 'kB'),
    untargeted(`${label}: arrow key, p95`, percentile(figures.arrow, 95), 'ms'),
    untargeted(`${label}: heap after collection`, figures.heap, 'MB'),
  ];
}

/** Measures the built app in Chromium against the real service: mailboxes of four sizes, in one folder and in fifty. */
export function measureApp(environment: BenchEnvironment): Promise<Measurement[]> {
  return inBrowser(async (browser) => {
    const kB = firstScreen().reduce((sum, [, bytes]) => sum + bytes, 0) / 1_000;
    const rows = [atMost('JavaScript of the first screen, gzip, without MSAL', kB, 200, 'kB')];
    const small = await measureSize(browser, environment, 100, 0);
    rows.push(...rowsOf('100', small, small.figures));
    rows.push(...(await measureTwoTabs(browser, environment)));
    rows.push(...(await measureSend(browser, environment)));
    for (const [label, tasks, folders] of [
      ['1,000', 1_000, 0],
      ['10,000', 10_000, 0],
      ['50,000', 50_000, 0],
      ['50,000 in 50', 50_000, 50],
    ] as const) {
      if (process.argv[3] !== undefined && !process.argv.slice(3).includes(String(tasks))) continue;
      rows.push(...rowsOf(label, await measureSize(browser, environment, tasks, folders), small.figures));
    }
    return rows;
  });
}

/** Runs `work` with an open browser. */
export async function inBrowser<T>(work: (browser: Browser) => Promise<T>): Promise<T> {
  const browser = await chromium.launch(chromiumFlags());
  try {
    return await work(browser);
  } finally {
    await browser.close();
  }
}
