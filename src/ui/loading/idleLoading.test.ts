import { afterEach, expect, test, vi } from 'vitest';

/** The module as at the start of the app, with an idle browser. */
async function freshModule() {
  vi.resetModules();
  vi.stubGlobal('window', { requestIdleCallback: (run: () => void) => (run(), 1), cancelIdleCallback: () => {} });
  vi.useFakeTimers();
  return import('./idleLoading.ts');
}
afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

test('what is not needed yet loads once the first rows are drawn', async () => {
  const { allowIdleLoading, runWhenIdle } = await freshModule();
  const ran: string[] = [];
  runWhenIdle(() => ran.push('menu'));
  const cancel = runWhenIdle(() => ran.push('cancelled'));
  cancel();
  expect(ran).toEqual([]);
  allowIdleLoading();
  expect(ran).toEqual(['menu']);
  runWhenIdle(() => ran.push('later'));
  expect(ran).toEqual(['menu', 'later']);
  vi.advanceTimersByTime(20_000);
  expect(ran).toEqual(['menu', 'later']);
});

test('on a page without rows it loads after ten seconds', async () => {
  const { allowIdleLoading, runWhenIdle } = await freshModule();
  const ran: string[] = [];
  runWhenIdle(() => ran.push('menu'));
  vi.advanceTimersByTime(9_999);
  expect(ran).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(ran).toEqual(['menu']);
  allowIdleLoading();
  expect(ran).toEqual(['menu']);
});
