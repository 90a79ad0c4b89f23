import type { Service } from './testBed.ts';
import type { TestTime } from './testClock.ts';

/** Numbers that look random and are the same for the same seed (mulberry32). */
export type Dice = {
  below: (n: number) => number;
  chance: (share: number) => boolean;
  pick: <T>(of: readonly T[]) => T;
};

export function createDice(seed: number): Dice {
  let state = seed >>> 0;
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
  const below = (n: number) => Math.floor(next() * n);
  return {
    below,
    chance: (share) => next() < share,
    pick: (of) => {
      const one = of[below(of.length)];
      if (one === undefined) throw new Error('There is nothing to pick from');
      return one;
    },
  };
}

export type Weather = {
  /** The service as seen through it. */
  over: (service: Service) => Service;
  /** From now on every request arrives at once, and its answer too. */
  clear: () => void;
  /** The service is gone: whatever is on its way loses its answer, and nothing new arrives. */
  isDown: boolean;
  /** Bodies of writes that the service accepted, as one text each. */
  accepted: string[];
  counts: Record<string, number>;
};

const refusals = {
  busy: () => new Response('{}', { status: 429, headers: { 'Retry-After': '3' } }),
  unavailable: () => new Response('{}', { status: 503 }),
  broken: () => new Response('oops', { status: 500 }),
  expired: () => new Response(null, { status: 401 }),
};

/** All that happens to requests on their way, as the dice fall. Time is the test's: nothing really waits. */
export function createWeather(dice: Dice, time: TestTime): Weather {
  let isClear = false;
  const weather: Weather = {
    isDown: false,
    accepted: [],
    counts: {},
    clear: () => {
      isClear = true;
      weather.isDown = false;
    },
    over: (service) => ({
      async request(input, init) {
        if (isClear) return carryOut(service, input, init);
        await time.sleep(dice.below(400));
        if (weather.isDown || dice.chance(0.04)) throw lost('before');
        if (dice.chance(0.05)) {
          const name = dice.pick(Object.keys(refusals) as (keyof typeof refusals)[]);
          count(name);
          return refusals[name]();
        }
        const response = await carryOut(service, input, init);
        if (dice.chance(0.02)) {
          count('twice');
          await carryOut(service, input, init);
        }
        await time.sleep(dice.below(400));
        if (weather.isDown || dice.chance(0.04)) throw lost('after');
        return response;
      },
    }),
  };
  const count = (name: string) => (weather.counts[name] = (weather.counts[name] ?? 0) + 1);
  function lost(when: string) {
    count(`lost ${when}`);
    return new TypeError('Failed to fetch');
  }
  async function carryOut(service: Service, input: string, init: RequestInit): Promise<Response> {
    const response = await service.request(input, init);
    if (response.ok && typeof init.body === 'string' && init.method !== 'GET') weather.accepted.push(init.body);
    return response;
  }
  return weather;
}
