import type { Browser, CDPSession, Page } from '@playwright/test';
import { appPageModel } from '../e2e/browser/pages/appPageModel.ts';
import type { BenchEnvironment } from './environment.ts';
import { password } from './environment.ts';
import type { Measurement } from './measurements.ts';
import { atMost, median, untargeted } from './measurements.ts';
import { openBenchWindow } from './browserWindow.ts';
import { recordOf } from '../src/domain/objectKeys.ts';

const tasks = 10_000;
const rounds = 5;
/** Frames of a fling from one end of the list to the other. */
export const flingSteps = 90;

const counters = ['ScriptDuration', 'LayoutDuration', 'RecalcStyleDuration', 'TaskDuration'] as const;
type Counter = (typeof counters)[number];

/** The total work of the main thread so far, in ms. */
async function workOf(devtools: CDPSession): Promise<Record<Counter, number>> {
  const { metrics } = await devtools.send('Performance.getMetrics');
  const ms = (name: Counter) => (metrics.find((one) => one.name === name)?.value ?? Number.NaN) * 1_000;
  return recordOf<Counter, number>(counters, ms);
}

/** One fling there and back: the frame times, and the main thread's work per frame; ms. */
export async function measureFling(page: Page, devtools: CDPSession) {
  const before = await workOf(devtools);
  const frames = await page.evaluate((steps) => probe.fling(steps), flingSteps);
  const after = await workOf(devtools);
  const perFrame = (name: Counter) => (after[name] - before[name]) / frames.length;
  return {
    frames,
    slow: (frames.filter((ms) => ms > 25).length / frames.length) * 100,
    work: recordOf<Counter, number>(counters, perFrame),
  };
}

/** Opens a list with a number of tasks. */
export async function openFlingList(browser: Browser, environment: BenchEnvironment) {
  const address = `fling${Date.now()}@example.com`;
  await environment.addAccount(address);
  await environment.seed(address, tasks, 0);
  const context = await openBenchWindow(browser, environment);
  const page = await context.newPage();
  const app = appPageModel(page);
  await app.signIn({ address, password });
  await app.sidebar.open('Tasks');
  await page.locator('[role="grid"] [data-row]').first().waitFor();
  await page.waitForFunction(() => document.querySelector('header progress') === null, null, { timeout: 180_000 });
  await app.allSent();
  await page.waitForTimeout(3_000);
  const devtools = await context.newCDPSession(page);
  await devtools.send('Performance.enable');
  await page.evaluate((steps) => probe.fling(steps), flingSteps);
  return { context, page, devtools };
}

/** Flings through a long list: `npm run bench -- fling`. */
export async function measureFlings(browser: Browser, environment: BenchEnvironment): Promise<Measurement[]> {
  const { context, page, devtools } = await openFlingList(browser, environment);
  const flings: Awaited<ReturnType<typeof measureFling>>[] = [];
  for (let round = 0; round < rounds; round += 1) flings.push(await measureFling(page, devtools));
  await context.close();
  const label = tasks.toLocaleString('en');
  const words: Record<Counter, string> = {
    ScriptDuration: 'script',
    LayoutDuration: 'layout',
    RecalcStyleDuration: 'style',
    TaskDuration: 'main thread in all',
  };
  return [
    atMost(`${label}: frames over 25 ms in a fling from end to end`, median(flings.map(({ slow }) => slow)), 2, '%'),
    untargeted(`${label}: frame in a fling, median`, median(flings.flatMap(({ frames }) => frames)), 'ms'),
    ...counters.map((name) =>
      untargeted(`${label}: ${words[name]} per frame of a fling`, median(flings.map(({ work }) => work[name])), 'ms'),
    ),
  ];
}
