import { expect, test } from 'vitest';
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
