import { addMs, msBetween, type Clock, type Instant } from '../../src/domain/time/time.ts';

/**
 * An account, or the network address of someone without one.
 *
 * @property isLimited false where many people may share the name: it takes turns, but has no budget.
 */
export type Party = { name: string; isLimited: boolean };

/** A party or a request has used up its CPU time. */
export class Overload extends Error {
  override name = 'Overload';
  readonly of: 'party' | 'request';
  /** How long to wait. */
  readonly seconds: number;
  constructor(of: 'party' | 'request', seconds: number) {
    super('The CPU time is used up.');
    this.of = of;
    this.seconds = seconds;
  }
}

export type BudgetSettings = {
  /** CPU time that a party may spend in a window, in seconds; 0 means no limit. */
  limitSeconds: number;
  windowSeconds: number;
};

/** What is known of a party that has sent requests lately. */
export type PartyState = Party & {
  /** Recent CPU time in milliseconds, long stretches weighted. */
  recent: number;
  /** The rest of the budget. CPU milliseconds. */
  left: number;
  asOf: Instant;
  running: number;
  /** Requests that may not run yet. */
  queued: (() => void)[];
};

export type Parties = {
  of(party: Party): PartyState;
  /** Brings what time changes up to date. */
  update(state: PartyState): PartyState;
  /** @throws Overload when the budget is used up. */
  check(state: PartyState): void;
  /** Waits until the party has a place for one more request. @throws Overload when too many wait. */
  enter(state: PartyState): Promise<void>;
  leave(state: PartyState): void;
};

/** Requests of one party that are read and answered at a time. The others wait unread. */
const mostRunning = 16;
const mostWaiting = 500;
/** After this long, recent use counts half. Milliseconds. */
const halfLife = 5_000;
/** The shortest time to wait. Seconds. */
const shortestWait = 1;
/** The part of the budget that is refilled before a refused party continues. */
const refilled = 0.05;
/** Parties with nothing to remember are removed, at most this often. Milliseconds. */
const sweepEvery = 60_000;

export function createParties({ limitSeconds, windowSeconds }: BudgetSettings, clock: Clock): Parties {
  const budget = limitSeconds > 0 ? limitSeconds * 1000 : Infinity;
  const refill = limitSeconds / windowSeconds;
  const known = new Map<string, PartyState>();
  let nextSweep = addMs(clock.now(), sweepEvery);

  function updated(state: PartyState, now: Instant): PartyState {
    const passed = Math.max(0, msBetween(state.asOf, now));
    state.asOf = now;
    if (passed === 0) return state;
    state.recent *= 0.5 ** (passed / halfLife);
    if (budget !== Infinity) state.left = Math.min(budget, state.left + passed * refill);
    return state;
  }

  function sweep(now: Instant): void {
    nextSweep = addMs(now, sweepEvery);
    for (const [name, state] of known) {
      if (state.running > 0 || state.queued.length > 0) continue;
      const { left, recent } = updated(state, now);
      if (left === budget && recent < 1) known.delete(name);
    }
  }

  return {
    of(party) {
      const now = clock.now();
      if (now >= nextSweep) sweep(now);
      const state = known.get(party.name);
      if (state !== undefined) return updated(state, now);
      const fresh: PartyState = { ...party, recent: 0, left: budget, asOf: now, running: 0, queued: [] };
      known.set(party.name, fresh);
      return fresh;
    },
    update: (state) => updated(state, clock.now()),
    check({ isLimited, left }) {
      if (!isLimited || left > 0) return;
      const wait = (budget * refilled - left) / refill / 1000;
      throw new Overload('party', Math.max(shortestWait, wait));
    },
    async enter(state) {
      if (state.running < mostRunning) {
        state.running += 1;
        return;
      }
      if (state.queued.length >= mostWaiting) throw new Overload('party', shortestWait);
      // The request that ends passes on its place.
      await new Promise<void>((resolve) => state.queued.push(resolve));
    },
    leave(state) {
      const next = state.queued.shift();
      if (next === undefined) state.running -= 1;
      else next();
    },
  };
}
