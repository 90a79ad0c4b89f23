import { expect, test } from 'vitest';
import { createFairShare } from './fairShare.ts';
import { Overload } from './parties.ts';
import { createWorkQueue } from './workQueue.ts';

const clock = {
  now: () => '2026-03-25T12:00:00.000Z',
  today: () => {
    throw new Error('Only instants are asked for.');
  },
};

test('one piece of work at a time, and parties take turns', async () => {
  const share = createFairShare({ limitSeconds: 0, windowSeconds: 1, requestSeconds: 0 }, { clock, cpuMs: () => 0 });
  const queue = createWorkQueue({ atOnce: 1, mostWaiting: 10 });
  const order: string[] = [];
  let running = 0;
  const work = (name: string) =>
    share.run({ name, isLimited: true }, () =>
      queue.run(async () => {
        running += 1;
        expect(running).toBe(1);
        await Promise.resolve();
        order.push(name);
        running -= 1;
      }),
    );
  await Promise.all(['ann', 'ann', 'ann', 'ann', 'bob', 'cy'].map(work));
  expect(order).toEqual(['ann', 'ann', 'bob', 'cy', 'ann', 'ann']);
});

test('too much waiting is refused; a failure passes on the place', async () => {
  const queue = createWorkQueue({ atOnce: 1, mostWaiting: 2 });
  const failing = () =>
    queue.run(async () => {
      throw new Error('no');
    });
  const results = await Promise.allSettled([failing(), failing(), failing(), failing()]);
  const reasons = results.map((result) => (result.status === 'rejected' ? result.reason : undefined));
  expect(reasons.map((reason) => reason instanceof Overload)).toEqual([false, false, false, true]);
  expect(await queue.run(async () => 'done')).toBe('done');
});
