import type { Ports } from '../platform/ports.ts';
import type { FirstRows } from './firstRows.ts';
import type { PullLedger } from './pullLedger.ts';
import { foldersTarget, groupsTarget, targetKey } from './pullTarget.ts';
import type { PullTarget } from './pullTarget.ts';
import { atOnce, isFailure } from './pullTries.ts';
import type { PullTries, Tried } from './pullTries.ts';

type Input = {
  ledger: Pick<PullLedger, 'watched' | 'outcomeOf'>;
  ports: Pick<Ports, 'sleep'>;
  firstRows: Pick<FirstRows, 'arrived' | 'report'>;
  tries: Pick<PullTries, 'tryOne'>;
  /** Never fails for what the server does. */
  readAccount: () => Promise<void>;
  ownFolders: () => readonly PullTarget[];
};

/** How long other pulls leave the connection to the open folders, and to the first rows. Milliseconds. */
const headStartMs = 5_000;

/**
 * Tries each stale target of the own mailbox once: lists, open folders, the others three at a time. It gives up after
 * three failures in a row, or when nothing was read: these are no fault of single folders.
 */
export function createPullRound(
  input: Input,
): (signal: AbortSignal) => Promise<{ tried: readonly Tried[]; isGivenUp: boolean }> {
  const { ledger, ports, firstRows, tries, readAccount, ownFolders } = input;

  /** Resolves when the work has ended, or has had its head start. */
  async function endsOrTakesLong(work: Promise<unknown>, signal: AbortSignal): Promise<void> {
    const over = new AbortController();
    await Promise.race([work, ports.sleep(headStartMs, AbortSignal.any([signal, over.signal]))]);
    over.abort();
  }

  return async (signal) => {
    const tried: Tried[] = [];
    let failuresInARow = 0;
    let isGivenUp = false;
    async function add(target: PullTarget) {
      const one = await tries.tryOne(target);
      tried.push(one);
      failuresInARow = one.outcome === 'read' ? 0 : failuresInARow + 1;
      if (failuresInARow >= atOnce || (isFailure(one.outcome) && one.outcome.kind === 'signIn')) isGivenUp = true;
    }
    async function pullFolders() {
      await add(foldersTarget);
      const watched = new Set(ledger.watched().map(targetKey));
      const isOpen = (target: PullTarget) => watched.has(targetKey(target));
      const hasFailed = (target: PullTarget) => ledger.outcomeOf(target).failure !== null;
      const open = Promise.all(ownFolders().filter(isOpen).map(add));
      await endsOrTakesLong(open, signal);
      const others = ownFolders().filter((target) => !isOpen(target));
      // Those that failed before come last: they must not be why the others are given up.
      const rest = [...others.filter((one) => !hasFailed(one)), ...others.filter(hasFailed)].values();
      const runners = Array.from({ length: atOnce }, async () => {
        for (const target of rest) {
          if (isGivenUp || signal.aborted) return;
          await add(target);
        }
      });
      await Promise.all([open, ...runners]);
    }
    async function pullOthers() {
      await firstRows.arrived();
      await Promise.all([readAccount(), add(groupsTarget)]);
    }
    const pulling = pullFolders();
    await Promise.all([pullOthers(), endsOrTakesLong(pulling, signal).finally(firstRows.report), pulling]);
    return { tried, isGivenUp: isGivenUp || tried.every(({ outcome }) => isFailure(outcome)) };
  };
}
