import { AsyncLocalStorage } from 'node:async_hooks';
import type { Clock } from '../../src/domain/time/time.ts';
import { afterMicrotasks } from './loopTime.ts';
import { createParties, Overload, type BudgetSettings, type Party } from './parties.ts';
import { createTurns, type Spending } from './turns.ts';

/** Divides the event loop between those who send requests (docs/decisions/0058-cpu-budget.md). */
export type FairShare = {
  /**
   * Runs a request of a party when its turn comes; a request within a request belongs to the outer one.
   * @throws Overload before `work` runs.
   */
  run<T>(party: Party, work: () => Promise<T>): Promise<T>;
  /** Counts the time of `work` for a party, without a turn or a place, and refuses nothing. */
  count<T>(party: Party, work: () => Promise<T>): Promise<T>;
  /** @throws Overload when the party has used up its time; within a request it says nothing. */
  check(party: Party): void;
};

export type FairShareSettings = BudgetSettings & {
  /** CPU time of one request, its parts included, in seconds; 0 means no limit. */
  requestSeconds: number;
};

type Current = {
  request: Spending;
  isPart?: boolean;
  /** Until the last part that has started waits for something. */
  lastPart?: Promise<void>;
  check: () => void;
  pause: () => Promise<void> | undefined;
  resume: () => void;
};
const current = new AsyncLocalStorage<Current>();

/**
 * Lets others run first when this turn of the event loop is full. Never call it while a transaction is open.
 * @throws Overload when the request has used up its time.
 */
export async function takeTurn(): Promise<void> {
  const own = current.getStore();
  own?.check();
  await own?.pause();
}

/** `takeTurn` after the body was read; not in the parts of a batch, which stay in the order of their start. */
export async function takeTurnBeforeWork(): Promise<void> {
  if (current.getStore()?.isPart === true) return resumeCounting();
  return takeTurn();
}

/** `takeTurn` between pieces of an answer whose status is sent already. */
export async function waitForTurn(): Promise<void> {
  await current.getStore()?.pause();
}

/** After waiting for anything: from here on, the time counts for the current request. */
export function resumeCounting(): void {
  current.getStore()?.resume();
}

/** Who asked for what is done now; '' outside of requests. */
export function currentParty(): string {
  return current.getStore()?.request.party.name ?? '';
}

/** Counts time that another thread has spent for the current request. CPU milliseconds. */
export function countElsewhere(ms: number): void {
  current.getStore()?.request.spendElsewhere(ms);
}

export function createFairShare(
  { requestSeconds, ...budget }: FairShareSettings,
  { clock, cpuMs }: { clock: Clock; cpuMs: () => number },
): FairShare {
  const requestMs = requestSeconds > 0 ? requestSeconds * 1000 : Infinity;
  const parties = createParties(budget, clock);
  const turns = createTurns(cpuMs, (state) => parties.update(state));

  function check(request: Spending): void {
    turns.settle();
    if (request.spentMs > requestMs) throw new Overload('request', requestSeconds);
  }

  function currentOf(request: Spending): Current {
    return {
      request,
      check: () => check(request),
      pause: () => turns.pause(request),
      resume: () => turns.resume(request),
    };
  }

  /** Parts that are sent together start one after the other, so that each is measured before the next one starts. */
  function startOfPart(outer: Current): Promise<void> {
    const { request, lastPart } = outer;
    const begins = async () => {
      await lastPart;
      parties.check(request.party);
      check(request);
      await turns.pause(request);
    };
    const begun = begins();
    outer.lastPart = begun.then(drained, drained);
    return begun;
  }

  return {
    async run(party, work) {
      const outer = current.getStore();
      if (outer !== undefined) {
        await startOfPart(outer);
        return current.run({ ...outer, isPart: true }, work);
      }
      const state = parties.of(party);
      parties.check(state);
      await parties.enter(state);
      try {
        const own = currentOf(turns.request(state));
        return await current.run(own, async () => {
          await own.pause();
          return work();
        });
      } finally {
        turns.settle();
        parties.leave(state);
      }
    },
    async count(party, work) {
      if (current.getStore() !== undefined) return work();
      const own = currentOf(turns.request(parties.of(party)));
      try {
        return await current.run(own, async () => {
          own.resume();
          return work();
        });
      } finally {
        turns.settle();
      }
    },
    check(party) {
      if (current.getStore() === undefined) parties.check(parties.of(party));
    },
  };
}

const drained = () => new Promise<void>((resolve) => afterMicrotasks(resolve));

/** Turns without measuring: for tests, and for callers without limits. */
export function createUnlimitedShare(clock: Clock): FairShare {
  return createFairShare({ limitSeconds: 0, windowSeconds: 1, requestSeconds: 0 }, { clock, cpuMs: () => 0 });
}
