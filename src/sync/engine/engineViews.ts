import type { Deps } from '../accountSession.ts';
import type { PullLedger } from '../pull/pullLedger.ts';
import type { PlaceLists } from '../replica/placeLists.ts';
import type { Replica } from '../replica/replica.ts';
import { previousTotalsOf } from '../views/firstPaint.ts';
import { createPlaceViews } from '../views/placeViews.ts';
import { createTaskViews } from '../views/taskViews.ts';

type Input = {
  deps: Pick<Deps, 'firstPaint' | 'outbox'>;
  replica: Replica;
  lists: PlaceLists;
  pulls: PullLedger;
  /** Resolves after the first paint, which is drawn from loaded data. */
  painted: () => Promise<void>;
};

/** What is drawn: replica and lists with the outbox applied. */
export function createEngineViews({ deps, replica, lists, pulls, painted }: Input) {
  const { firstPaint, outbox } = deps;
  const { visiblePlaces, ...placeViews } = createPlaceViews({ lists, outbox, pulls });
  const taskViews = createTaskViews({
    outbox,
    replica,
    lists,
    pulls,
    previousTotals: previousTotalsOf(firstPaint),
    onOpen: (place) => void painted().then(() => replica.load(place)),
  });
  return { visiblePlaces, placeViews, taskViews };
}
