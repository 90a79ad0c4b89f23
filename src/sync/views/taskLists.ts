import { isLocalId } from '../../domain/changes/change.ts';
import type { FailureKind } from '../../domain/failureKind.ts';
import type { Listing } from '../../domain/listing/listing.ts';
import type { Place } from '../../domain/task/task.ts';
import type { Instant } from '../../domain/time/time.ts';
import type { Observable } from '../../domain/async/observable.ts';
import type { PullLedger } from '../pull/pullLedger.ts';
import { tasksTarget } from '../pull/pullTarget.ts';
import type { Replica } from '../replica/replica.ts';
import type { ListingStore } from './listingStore.ts';
import type { Coverage } from './mailboxCoverage.ts';
import { shownFailure } from './shownFailure.ts';
import { createView, isSameMembers } from './view.ts';
import type { View } from './view.ts';

/** A folder's tasks as they are shown. `listing` is a handle to the live rows, which are never copied. */
export type TaskList = {
  listing: Listing;
  /** Nothing is known yet. */
  isPending: boolean;
  /** The folder's first pull is running: more rows will come. */
  isPartial: boolean;
  /** Every row is on this device. */
  isComplete: boolean;
  failure: FailureKind | null;
  /** When the shown data was pulled. */
  savedAt: Instant | null;
};

/** A smart view's tasks as they are shown; `isPartial` while folders are pulled for the first time: the numbers will grow. */
export type SmartList = Omit<TaskList, 'isComplete' | 'savedAt'>;

type Input = {
  replica: Pick<Replica, 'state'>;
  pulls: Pick<PullLedger, 'outcomeOf' | 'watch'>;
  coverage: Observable<Coverage>;
  /** To any change of rows, ops, folders or pulls. */
  subscribe: Observable<unknown>['subscribe'];
};

/** Lists with what is known of their pulls. */
export function createTaskLists({ replica, pulls, coverage, subscribe }: Input) {
  return {
    ofFolder(place: Place, store: ListingStore): View<TaskList> {
      const target = tasksTarget(place);
      function compute(): TaskList {
        const { kind, at } = replica.state(place);
        const isHere = isLocalId(place.id);
        const isKnown = kind === 'partial' || kind === 'whole' || isHere;
        const outcome = pulls.outcomeOf(target);
        return {
          listing: store.current(),
          isPending: !isKnown && outcome.failure === null,
          isPartial: kind === 'partial',
          isComplete: kind === 'whole' || isHere,
          failure: shownFailure(outcome, isKnown),
          savedAt: at,
        };
      }
      return createView({
        compute,
        isSame: isSameMembers,
        follow: (refresh) => [store.subscribe(refresh), subscribe(refresh)],
        watch: () => [store.watch(), pulls.watch(target)],
      });
    },
    ofView(store: ListingStore): View<SmartList> {
      function compute(): SmartList {
        const listing = store.current();
        const { isComplete, isLoaded, failure } = coverage.current();
        const isReading = !isComplete && failure === null;
        return { listing, isPending: isReading && listing.byId.size === 0, isPartial: isReading && isLoaded, failure };
      }
      return createView({
        compute,
        isSame: isSameMembers,
        follow: (refresh) => [store.subscribe(refresh), coverage.subscribe(refresh)],
        watch: () => [store.watch()],
      });
    },
  };
}
