import { afterEach, beforeEach, expect, it } from 'vitest';
import { createHouse } from './house.ts';
import type { House } from './house.ts';

let house: House;
beforeEach(async () => {
  house = await createHouse();
});
afterEach(() => house.close());

it('boots', async () => {
  const tab = await house.device(await house.account());
  tab.start();
  await tab.engine.pullAll();
  expect(tab.engine.client.getQueryData(['folders', 'me'])).toMatchObject([{ name: 'Tasks' }]);
  expect(tab.engine.screen.coverage.current()).toEqual({ isComplete: true, failure: null });
});
