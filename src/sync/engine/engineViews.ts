import type { Deps } from '../accountSession.ts';
import type { Ports } from '../platform/ports.ts';
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
  /** `painted` resolves after the first paint, which is drawn from loaded data. */
  ports: Pick<Ports, 'painted' | 'weekStart'>;
};

/** What is drawn: replica and lists with the outbox applied. */
export function createEngineViews({ deps, replica, lists, pulls, ports }: Input) {
  const { firstPaint, outbox } = deps;
  const { visiblePlaces, ...placeViews } = createPlaceViews({ lists, outbox, pulls });
  const taskViews = createTaskViews({
    outbox,
    replica,
    lists,
    pulls,
    weekStart: ports.weekStart(),
    previousTotals: previousTotalsOf(firstPaint),
    onOpen: (place) => void ports.painted().then(() => replica.load(place)),
  });
  return { visiblePlaces, placeViews, taskViews };
}
