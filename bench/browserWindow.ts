import type { Browser, BrowserContext } from '@playwright/test';
import type { House } from './environment.ts';
import { installProbe } from './paintProbe.ts';

/** A window of a browser that nobody has used yet, measured from its first moment. */
export async function window(browser: Browser, house: House): Promise<BrowserContext> {
  const context = await browser.newContext({
    baseURL: house.url,
    viewport: { width: 1440, height: 900 },
    locale: 'en-GB',
    timezoneId: 'Europe/Paris',
  });
  await context.addInitScript(installProbe);
  return context;
}
