import type { Browser } from '@playwright/test';
import { appPageModel } from '../e2e/browser/pages/appPageModel.ts';
import { openBenchWindow } from './browserWindow.ts';
import type { BenchEnvironment } from './environment.ts';
import { password } from './environment.ts';
import type { Measurement } from './measurements.ts';
import { atMost, median } from './measurements.ts';

const rounds = 5;

/** The time from Enter in one tab until another tab of the browser shows the task, sent or not. */
export async function measureTwoTabs(browser: Browser, environment: BenchEnvironment): Promise<Measurement[]> {
  const address = 'tabs@example.com';
  await environment.addAccount(address);
  const context = await openBenchWindow(browser, environment);
  const app = appPageModel(await context.newPage());
  await app.signIn({ address, password });
  await app.sidebar.open('Tasks');
  const other = appPageModel(await context.newPage());
  await other.page.goto(app.page.url());
  await other.allSent();
  const rowOf = async (label: string, subject: string) => {
    const figures: number[] = [];
    for (let round = 0; round < rounds; round += 1) {
      const from = performance.now();
      await app.list.add(`${subject} ${round}`);
      await other.list.row(`${subject} ${round}`).waitFor();
      figures.push(performance.now() - from);
    }
    return atMost(label, median(figures), 1_000, 'ms');
  };
  const online = await rowOf('a new task shown in another tab', 'Seen');
  await context.setOffline(true);
  const offline = await rowOf('  without a network', 'Seen offline');
  await context.close();
  return [online, offline];
}
