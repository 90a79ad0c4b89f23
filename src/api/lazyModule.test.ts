import { expect, test } from 'vitest';
import { createLazyChunk } from '../domain/async/lazyChunk.ts';
import { lazyModule } from './lazyModule.ts';

type Shop = {
  isOpen: () => boolean;
  order: (dish: string, count: number) => Promise<string>;
  bar: { drinks: () => Promise<readonly string[]> };
};

const shop: Shop = {
  isOpen: () => true,
  order: (dish, count) => Promise.resolve(`${count} ${dish}`),
  bar: { drinks: () => Promise.resolve(['tea']) },
};

test('methods return as if the module were loaded; the first call loads it', async () => {
  let loads = 0;
  const load = () => {
    loads += 1;
    return Promise.resolve(shop);
  };
  const closed = lazyModule(createLazyChunk(load), { isOpen: () => false });
  expect(closed.isOpen()).toBe(false);
  expect(loads).toBe(0);
  expect(await closed.order('soup', 2)).toBe('2 soup');
  expect(await closed.bar.drinks()).toEqual(['tea']);
  expect(closed.order).toBe(closed.order);
});

test('a failure to load is a failure of the call', async () => {
  const gone = lazyModule(createLazyChunk<Shop>(() => Promise.reject(new Error('no network'))));
  await expect(gone.bar.drinks()).rejects.toMatchObject({ name: 'ApiError', kind: 'offline' });
});

test('it can be passed through a promise', async () => {
  const handed = await Promise.resolve(lazyModule(createLazyChunk(() => Promise.resolve(shop))));
  expect(await handed.order('soup', 1)).toBe('1 soup');
});
