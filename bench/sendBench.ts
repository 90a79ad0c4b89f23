import type { Browser, Page } from '@playwright/test';
import { appPageModel } from '../e2e/browser/pages/appPageModel.ts';
import type { AppPageModel } from '../e2e/browser/pages/appPageModel.ts';
import type { BenchEnvironment } from './environment.ts';
import { password } from './environment.ts';
import type { Measurement } from './measurements.ts';
import { atMost, untargeted } from './measurements.ts';
import { openBenchWindow } from './browserWindow.ts';

const kinds = ['creates', 'deletes', 'completes'] as const;
type Kind = (typeof kinds)[number];

/**
 * The figures of one drain of the outbox. `bytes` are those of bodies and headers in both directions, as reported by
 * the browser.
 */
type Figures = { each: number; longest: number; requests: number; bytes: number };

/** Slightly longer than a delete waits for Undo. Milliseconds. */
const undoMs = 8_500;

/** Counts the page's requests to the service from now on. */
async function countTraffic(page: Page) {
  const traffic = { requests: 0, bytes: 0 };
  const devtools = await page.context().newCDPSession(page);
  devtools.on('Network.requestWillBeSent', ({ request }) => {
    traffic.requests += 1;
    traffic.bytes += JSON.stringify(request.headers).length;
    for (const { bytes = '' } of request.postDataEntries ?? []) traffic.bytes += Buffer.byteLength(bytes, 'base64');
  });
  devtools.on('Network.loadingFinished', ({ encodedDataLength }) => (traffic.bytes += encodedDataLength));
  await devtools.send('Network.enable', { maxPostDataSize: 1_000_000 });
  return traffic;
}

async function makeOffline({ page, list }: AppPageModel, kind: Kind, changes: number): Promise<void> {
  const number = String(changes).replace(/(?=\d{3}$)/, ',?');
  if (kind === 'creates') {
    await list.quickAdd.fill(Array.from({ length: changes }, (_, at) => `Waiting ${at + 1}`).join('\n'));
    await page.getByRole('button', { name: new RegExp(`^Add ${number} tasks`) }).click();
  } else {
    await page.locator('[role="grid"] [data-row]').first().focus();
    await page.keyboard.press('Control+a');
    await page.keyboard.press(kind === 'deletes' ? 'Delete' : 'Space');
  }
  await page.getByRole('link', { name: new RegExp(`${number} waiting`) }).waitFor({ timeout: 60_000 });
  if (kind === 'deletes') await page.waitForTimeout(undoMs);
}

/** Makes a number of changes offline, then goes online. */
async function drainOf(app: AppPageModel, kind: Kind, changes: number): Promise<Figures> {
  const { page } = app;
  const context = page.context();
  await context.setOffline(true);
  await makeOffline(app, kind, changes);
  await page.evaluate(() => probe.longTasks.splice(0));
  const traffic = await countTraffic(page);
  await context.setOffline(false);
  const from = performance.now();
  await page.getByRole('link', { name: /^Everything is saved/ }).waitFor({ timeout: 300_000 });
  const each = (performance.now() - from) / changes;
  const longest = Math.max(0, ...(await page.evaluate(() => probe.longTasks)));
  return { each, longest, ...traffic };
}

async function drainsOf(
  browser: Browser,
  environment: BenchEnvironment,
  changes: number,
): Promise<Record<Kind, Figures>> {
  const address = `drain${changes}@example.com`;
  await environment.addAccount(address);
  const context = await openBenchWindow(browser, environment);
  const page = await context.newPage();
  const app = appPageModel(page);
  await app.signIn({ address, password });
  await app.sidebar.open('Tasks');
  await app.allLoaded();
  await app.allSent();
  const creates = await drainOf(app, 'creates', changes);
  const deletes = await drainOf(app, 'deletes', changes);
  await drainOf(app, 'creates', changes);
  const completes = await drainOf(app, 'completes', changes);
  await context.close();
  return { creates, deletes, completes };
}

/** Measures how changes made offline are sent when the network is back. */
export async function measureSend(browser: Browser, environment: BenchEnvironment): Promise<Measurement[]> {
  const few = await drainsOf(browser, environment, 100);
  const some = await drainsOf(browser, environment, 500);
  const many = await drainsOf(browser, environment, 1_000);
  const rowsOf = (kind: Kind, label: string, { [kind]: figures }: Record<Kind, Figures>): Measurement[] => [
    untargeted(`drain of ${label} ${kind}, for each`, figures.each, 'ms'),
    untargeted('  requests', figures.requests, ''),
    untargeted('  sent and received', figures.bytes / 1_000, 'kB'),
    atMost('  longest task meanwhile', figures.longest, 50, 'ms'),
  ];
  return kinds.flatMap((kind) => [
    ...rowsOf(kind, '100', few),
    ...rowsOf(kind, '500', some),
    atMost('  all of them', (some[kind].each * 500) / 1_000, 5, 's'),
    ...rowsOf(kind, '1,000', many),
    atMost('  times that of 500', (many[kind].each * 1_000) / (some[kind].each * 500), 2.1, ''),
  ]);
}
