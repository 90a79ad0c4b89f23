import type { CDPSession, Page } from '@playwright/test';

/** `SLOW_CPU=6 npm run e2e`: every page as on a machine six times as slow. */
const slowness = Number(process.env['SLOW_CPU'] ?? 1);

const sessions = new WeakMap<Page, Promise<CDPSession>>();

/** As slow as `SLOW_CPU` says; no effect without it. */
export async function slowDown(page: Page): Promise<void> {
  if (slowness > 1) await setRate(page, slowness);
}

/** Full speed for a tool in the page, for which no person waits. */
export async function atFullSpeed<T>(page: Page, work: () => Promise<T>): Promise<T> {
  if (slowness === 1) return work();
  await setRate(page, 1);
  try {
    return await work();
  } finally {
    await setRate(page, slowness);
  }
}

async function setRate(page: Page, rate: number): Promise<void> {
  const session = sessions.get(page) ?? page.context().newCDPSession(page);
  sessions.set(page, session);
  await (await session).send('Emulation.setCPUThrottlingRate', { rate });
}
