import type { Browser, BrowserContext } from '@playwright/test';
import type { BenchEnvironment } from './environment.ts';
import { installPaintProbe } from './paintProbe.ts';

/** A window of a browser that nobody has used yet, measured from its first moment. */
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
