import type { Browser, BrowserContext } from '@playwright/test';
import type { BenchEnvironment } from './environment.ts';
import { installPaintProbe } from './paintProbe.ts';

/** A fresh browser window, measured from the start. */
export async function openBenchWindow(browser: Browser, environment: BenchEnvironment): Promise<BrowserContext> {
  const context = await browser.newContext({
    baseURL: environment.url,
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'Europe/Paris',
  });
  await context.addInitScript(installPaintProbe);
  return context;
}
