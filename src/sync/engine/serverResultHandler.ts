import type { CategoryStore } from '../categories/categoryStore.ts';
import type { ConcurrentAnswers } from '../pull/concurrentAnswers.ts';
import type { PullLedger } from '../pull/pullLedger.ts';
import type { PullScheduler } from '../pull/pullScheduler.ts';
import type { PullTarget } from '../pull/pullTarget.ts';
import type { PlaceLists } from '../replica/placeLists.ts';
import type { Replica } from '../replica/replica.ts';
import type { ServerResult } from '../storage/serverResult.ts';
import type { EngineEvents } from './engineEvents.ts';
import { staleAfter } from './staleAfter.ts';

type Input = {
  concurrentAnswers: Pick<ConcurrentAnswers, 'add'>;
  lists: Pick<PlaceLists, 'applyResults'>;
  replica: Pick<Replica, 'applyResults'>;
  categories: Pick<CategoryStore, 'applyResult'>;
  ledger: Pick<PullLedger, 'report' | 'refreshWatched'>;
  scheduler: Pick<PullScheduler, 'pullTasksAnew'>;
  events: Pick<EngineEvents, 'emit'>;
};

/**
 * Applies the server's results of accepted changes to everything they concern
 * (docs/architecture.md#order-after-a-success), and pulls what they leave out.
 */
export function createServerResultHandler(input: Input) {
  const { concurrentAnswers, lists, replica, categories, ledger, scheduler, events } = input;
  return (results: readonly ServerResult[]) => {
    for (const result of results) concurrentAnswers.add(result);
    lists.applyResults(results);
    replica.applyResults(results);
    for (const result of results) categories.applyResult(result);
    events.emit({ kind: 'accepted', results });
    const stale = results.flatMap(staleLists);
    ledger.report(stale);
    ledger.refreshWatched(stale);
    if (results.some(({ change }) => staleAfter(change).includes('ownTasks'))) void scheduler.pullTasksAnew();
  };
}

function staleLists({ change }: ServerResult): readonly PullTarget[] {
  const { mailbox } = change;
  return staleAfter(change).flatMap((kind) => (kind === 'groups' || kind === 'folders' ? [{ kind, mailbox }] : []));
}
