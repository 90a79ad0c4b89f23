import { expect, test } from 'vitest';
import { createLazyChunk } from './lazyChunk.ts';

/** A file that arrives, or fails, when told to. */
function slowFile() {
  const asked: { resolve: (part: string) => void; reject: (error: Error) => void }[] = [];
  const chunk = createLazyChunk(() => new Promise<string>((resolve, reject) => asked.push({ resolve, reject })));
  return { chunk, asked };
}

test('a chunk is asked for once, and tells when it is here', async () => {
  const { chunk, asked } = slowFile();
  const heard = new Promise<void>((resolve) => chunk.subscribe(resolve));
  expect(chunk.current()).toEqual({ state: 'waiting' });
  chunk.load();
  chunk.load();
  asked[0]?.resolve('menu');
  await heard;
  chunk.load();
  expect(chunk.current()).toEqual({ state: 'here', part: 'menu' });
  expect(asked).toHaveLength(1);
});

test('one that failed is asked for again', async () => {
  const { chunk, asked } = slowFile();
  const failed = new Promise<void>((resolve) => chunk.subscribe(resolve));
  chunk.load();
  asked[0]?.reject(new Error('offline'));
  await failed;
  expect(chunk.current()).toEqual({ state: 'failed' });
  const here = new Promise<void>((resolve) => chunk.subscribe(resolve));
  chunk.load();
  expect(chunk.current()).toEqual({ state: 'waiting' });
  asked[1]?.resolve('menu');
  await here;
  expect(chunk.current()).toEqual({ state: 'here', part: 'menu' });
});
