import { beforeEach, expect, test } from 'vitest';
import { addMs } from '../../src/domain/time/time.ts';
import { createFairShare, currentParty, takeTurn, type FairShare } from './fairShare.ts';
import { Overload, type Party } from './parties.ts';

const ann: Party = { name: 'ann', isLimited: true };
const bob: Party = { name: 'bob', isLimited: true };
const start = '2026-03-25T12:00:00.000Z';

let now = start;
let cpu = 0;
let share: FairShare;
let order: string[];

const clock = {
  now: () => now,
  today: () => {
    throw new Error('Only instants are asked for.');
  },
};
const pass = (ms: number) => (now = addMs(now, ms));
const shareOf = (limits: { limitSeconds?: number; requestSeconds?: number }) =>
  createFairShare({ limitSeconds: 0, windowSeconds: 100, requestSeconds: 0, ...limits }, { clock, cpuMs: () => cpu });

beforeEach(() => {
  now = start;
  cpu = 0;
  order = [];
  share = shareOf({});
});

/** A request that takes so much CPU time at once. */
const takes = (name: string, ms: number) => async () => {
  cpu += ms;
  order.push(name);
};

/** Requests that arrive together: each from a socket, so that its first steps are done when the next one is read. */
const arriving = (requests: readonly (() => Promise<unknown>)[]) =>
  Promise.all(
    requests.map(async (request) => {
      await new Promise<void>((resolve) => setImmediate(resolve));
      return request();
    }),
  );

test('requests of one account do not hold up those of another', async () => {
  const all = Array.from({ length: 10 }, () => () => share.run(ann, takes('ann', 100)));
  await arriving([...all, () => share.run(bob, takes('bob', 1)), () => share.run(bob, takes('bob', 1))]);
  expect(order.slice(0, 3)).toEqual(['ann', 'bob', 'bob']);
  expect(order).toHaveLength(12);
});

test('whoever has used more lately goes later', async () => {
  await share.run(ann, takes('ann', 100));
  await arriving([
    () => share.run(ann, takes('ann', 100)),
    () => share.run(ann, takes('ann', 100)),
    () => share.run(bob, takes('bob', 20)),
  ]);
  expect(order).toEqual(['ann', 'ann', 'bob', 'ann']);
});

test('within a turn, requests run as they come, without waiting', async () => {
  const all = ['1', '2', '3'].map((name) => share.run(name === '2' ? bob : ann, takes(name, 1)));
  await Promise.all(all);
  expect(order).toEqual(['1', '2', '3']);
});

test('a request that gives way lets the other account run in between', async () => {
  const long = () =>
    share.run(ann, async () => {
      for (const piece of ['ann 1', 'ann 2', 'ann 3']) {
        await takes(piece, 50)();
        await takeTurn();
      }
    });
  await arriving([long, () => share.run(bob, takes('bob', 1))]);
  expect(order).toEqual(['ann 1', 'bob', 'ann 2', 'ann 3']);
});

test('a used-up budget is refused with the time to wait, and others are served', async () => {
  share = shareOf({ limitSeconds: 10 });
  await share.run(ann, takes('ann', 12_000));
  // Of 100 ms a second, 2,000 are missing, and 500 more must be there.
  await expect(share.run(ann, takes('ann', 1))).rejects.toMatchObject({ of: 'party', seconds: 25 });
  await share.run(bob, takes('bob', 1));
  expect(order).toEqual(['ann', 'bob']);
  pass(25_000);
  await share.run(ann, takes('ann', 1));
  expect(order).toEqual(['ann', 'bob', 'ann']);
});

test('a budget refills to its limit and no further', async () => {
  share = shareOf({ limitSeconds: 10 });
  pass(10_000_000);
  await share.run(ann, takes('ann', 10_001));
  await expect(share.run(ann, takes('ann', 1))).rejects.toBeInstanceOf(Overload);
});

test('a party that many share takes turns, but is never refused', async () => {
  share = shareOf({ limitSeconds: 1 });
  const here = { name: 'from here', isLimited: false };
  await share.run(here, takes('here', 5_000));
  await share.run(here, takes('here', 5_000));
  expect(order).toEqual(['here', 'here']);
});

test('a request within a request belongs to the outer one and has no place of its own', async () => {
  share = shareOf({ requestSeconds: 1 });
  const outer = Array.from({ length: 40 }, () =>
    share.run(ann, async () => {
      await share.run(bob, async () => void order.push(currentParty()));
    }),
  );
  await Promise.all(outer);
  expect(order).toEqual(outer.map(() => 'ann'));
});

test('parts that are sent together let others run between them', async () => {
  const parts = share.run(ann, () =>
    Promise.all(['ann 1', 'ann 2', 'ann 3'].map((name) => share.run(ann, takes(name, 50)))),
  );
  await arriving([() => parts, () => share.run(bob, takes('bob', 1))]);
  expect(order).toEqual(['ann 1', 'bob', 'ann 2', 'ann 3']);
});

test('the parts of a request count together', async () => {
  share = shareOf({ requestSeconds: 1 });
  const parts = share.run(ann, async () => {
    for (const piece of ['1', '2', '3']) await share.run(ann, takes(piece, 600));
  });
  await expect(parts).rejects.toMatchObject({ of: 'request' });
  expect(order).toEqual(['1', '2']);
});

test('what is counted before an account is known can use up the budget of an address', async () => {
  share = shareOf({ limitSeconds: 1 });
  const address = { name: 'from 192.0.2.1', isLimited: true };
  await share.count(address, takes('guess', 1_500));
  expect(() => share.check(address)).toThrow(Overload);
  // Whether it is a guess is known after it was counted.
  await share.count(address, takes('guess', 1));
  await expect(share.run(address, takes('page', 1))).rejects.toBeInstanceOf(Overload);
});

test('a few requests of an account run at a time, in their order; a flood is refused', async () => {
  let running = 0;
  let most = 0;
  let release = () => {};
  const held = new Promise<void>((resolve) => (release = resolve));
  const results = Array.from({ length: 600 }, async (_, at) => {
    try {
      await share.run(ann, async () => {
        running += 1;
        most = Math.max(most, running);
        order.push(String(at));
        await held;
        running -= 1;
      });
      return 'served';
    } catch (error) {
      expect(error).toBeInstanceOf(Overload);
      return 'refused';
    }
  });
  release();
  const served = (await Promise.all(results)).filter((result) => result === 'served').length;
  expect(most).toBe(16);
  expect(served).toBe(516);
  expect(order).toEqual(Array.from({ length: 516 }, (_, at) => String(at)));
});

test('a request that fails passes on its place', async () => {
  const failing = Array.from({ length: 40 }, () =>
    share.run(ann, async () => {
      throw new Error('no');
    }),
  );
  expect((await Promise.allSettled(failing)).every(({ status }) => status === 'rejected')).toBe(true);
  await share.run(ann, takes('ann', 1));
  expect(order).toEqual(['ann']);
});
