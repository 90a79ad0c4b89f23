import { afterEach, expect, test, vi } from 'vitest';
import { createLazyChunk } from './lazyChunk.ts';

/** A chunk whose load the test resolves or rejects. */
function manualChunk() {
  const requests: { resolve: (part: string) => void; reject: (error: Error) => void }[] = [];
  const chunk = createLazyChunk(() => new Promise<string>((resolve, reject) => requests.push({ resolve, reject })));
  return { chunk, requests };
}

test('a chunk is loaded once, and notifies when it is here', async () => {
  const { chunk, requests } = manualChunk();
  const notified = new Promise<void>((resolve) => chunk.subscribe(resolve));
  expect(chunk.current()).toEqual({ state: 'waiting' });
  chunk.load();
  chunk.load();
  requests[0]?.resolve('menu');
  await notified;
  chunk.load();
  expect(chunk.current()).toEqual({ state: 'here', part: 'menu' });
  expect(requests).toHaveLength(1);
});

test('a failed chunk is loaded again', async () => {
  const { chunk, requests } = manualChunk();
  const failed = new Promise<void>((resolve) => chunk.subscribe(resolve));
  chunk.load();
  requests[0]?.reject(new Error('offline'));
  await failed;
  expect(chunk.current()).toEqual({ state: 'failed' });
  const here = new Promise<void>((resolve) => chunk.subscribe(resolve));
  chunk.load();
  expect(chunk.current()).toEqual({ state: 'waiting' });
  requests[1]?.resolve('menu');
  await here;
  expect(chunk.current()).toEqual({ state: 'here', part: 'menu' });
});

/** The module as at the start of the app, with an idle browser. */
async function freshModule() {
  vi.resetModules();
  vi.stubGlobal('window', { requestIdleCallback: (run: () => void) => (run(), 1), cancelIdleCallback: () => {} });
  vi.useFakeTimers();
  return import('./lazyChunk.ts');
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
