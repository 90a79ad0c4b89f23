import { expect, test } from 'vitest';
import { ChunkError, createLazyChunk } from './lazyChunk.ts';

/** A chunk whose load the test resolves or rejects. */
function manualChunk() {
  const requests: { resolve: (part: string) => void; reject: (error: Error) => void }[] = [];
  const chunk = createLazyChunk(() => new Promise<string>((resolve, reject) => requests.push({ resolve, reject })));
  return { chunk, requests };
}

test('a chunk is loaded once, and notifies when it has loaded', async () => {
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
  chunk.load();
  expect(chunk.current()).toEqual({ state: 'waiting' });
  requests[1]?.resolve('menu');
  expect(await chunk.get()).toBe('menu');
  expect(chunk.current()).toEqual({ state: 'here', part: 'menu' });
});

test('concurrent callers share one load, and get its error', async () => {
  const { chunk, requests } = manualChunk();
  chunk.load();
  const [first, second] = [chunk.get(), chunk.get()];
  requests[0]?.reject(new Error('offline'));
  await expect(first).rejects.toThrow(ChunkError);
  await expect(second).rejects.toMatchObject({ cause: { message: 'offline' } });
  const third = chunk.get();
  requests[1]?.resolve('menu');
  expect(await third).toBe('menu');
  expect(await chunk.get()).toBe('menu');
  expect(requests).toHaveLength(2);
});

test('a chunk that needs another one fails with its error', async () => {
  const inner = createLazyChunk<string>(() => Promise.reject(new Error('offline')));
  const outer = createLazyChunk(async () => (await inner.get()).length);
  await expect(outer.get()).rejects.toMatchObject({ name: 'ChunkError', cause: { message: 'offline' } });
});
