import { isLocalId } from '../../domain/changes/change.ts';
import type { Listing, ListingOptions } from '../../domain/listing/listing.ts';
import type { Mailbox, Place, Task } from '../../domain/task/task.ts';
import type { Day, Weekday } from '../../domain/time/time.ts';
import type { ViewName } from '../../domain/urls/appUrls.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { createEmitter } from '../../domain/async/observable.ts';
import type { Observable } from '../../domain/async/observable.ts';
import type { PullLedger } from '../pull/pullLedger.ts';
import { tasksTarget } from '../pull/pullTarget.ts';
import type { PullTarget } from '../pull/pullTarget.ts';
import { placeKey } from '../replica/folderTable.ts';
import type { ReplicaEvent } from '../replica/folderTables.ts';
import type { PlaceLists } from '../replica/placeLists.ts';
import type { Replica } from '../replica/replica.ts';
import { noPreviousTotals } from './firstPaint.ts';
import type { PreviousTotals } from './firstPaint.ts';
import type { Counts } from './countsStore.ts';
import type { NotifyTiming } from './listingStore.ts';
import { createMailboxCoverage } from './mailboxCoverage.ts';
import type { Coverage } from './mailboxCoverage.ts';
import { shownFailure } from './shownFailure.ts';
import { createTaskLists } from './taskLists.ts';
import type { SmartList, TaskList } from './taskLists.ts';
import { createTaskStates } from './taskState.ts';
import type { TaskState } from './taskState.ts';
import type { View } from './view.ts';
import { createViewFolders } from './viewFolders.ts';
import type { FolderRowChanges } from './viewFolders.ts';
import { createViewStores } from './viewStores.ts';
import type { ViewStores } from './viewStores.ts';

/**
 * What is drawn: the replica with unsent changes applied, updated row by row. Equal arguments of `listing`, `view` and
 * `counts` return the same store.
 */
export type TaskViews = Pick<ViewStores, 'followRows' | 'prebuild' | 'visibleContent'> & {
  tasks: (folder: Place, options: ListingOptions) => View<TaskList>;
  smartList: (name: ViewName, options: ListingOptions) => View<SmartList>;
  listing: (folder: Place, options: ListingOptions) => Observable<Listing>;
  view: (name: ViewName, options: ListingOptions) => Observable<Listing>;
  counts: (today: Day, zone: string) => Observable<Counts>;
  task: (mailbox: Mailbox, id: string, folderId: string | null) => Observable<TaskState>;
  coverage: Observable<Coverage>;
  /** A task of any loaded folder, with unsent changes applied. */
  findTask: (mailbox: Mailbox, id: string) => Task | undefined;
  /** Notifies of any change of a view. */
  subscribe: (listener: () => void) => () => void;
  /** The replica is loaded: stored totals of the last session are no longer needed. */
  markLoaded: () => void;
  /** Follows the replica, the outbox and the pulls; call the result to stop. */
  start: () => () => void;
};

type Input = {
  outbox: Pick<Outbox, 'ops' | 'resolve' | 'stateOf' | 'subscribe'>;
  replica: Pick<Replica, 'rows' | 'state' | 'onChange'>;
  lists: Pick<PlaceLists, 'folders' | 'onChange'>;
  pulls: Pick<PullLedger, 'outcomeOf' | 'onChange' | 'watch'>;
  /** Called when a view of the folder is opened. */
  onOpen?: (place: Place) => void;
  previousTotals?: PreviousTotals;
  /** The first day of the week for the reader. */
  weekStart?: Weekday;
};

export function createTaskViews({
  outbox,
  replica,
  lists,
  pulls,
  onOpen = () => {},
  previousTotals = noPreviousTotals,
  weekStart = 'monday',
}: Input): TaskViews {
  const { emit, subscribe } = createEmitter();
  const folders = createViewFolders({
    outbox,
    replica,
    failureOf: (place, isLoaded) => shownFailure(pulls.outcomeOf(tasksTarget(place)), isLoaded),
  });
  const ownMailbox = createMailboxCoverage({ folders: folders.all, lists, pulls });
  const stores = createViewStores({ folders, isComplete: ownMailbox.isComplete, previousTotals, weekStart });
  const taskLists = createTaskLists({ replica, pulls, coverage: ownMailbox.coverage, subscribe });
  const tasks = createTaskStates({ folders: folders.all, isReading: ownMailbox.isReading, subscribe });

  function updateCoverage() {
    ownMailbox.update();
    stores.setComplete(ownMailbox.isComplete());
    emit();
  }

  function onOpsChange(moved?: FolderRowChanges) {
    folders.applyOps(moved);
    stores.applyPending();
    emit();
  }

  /**
   * Rows changed. The ops they settle are already removed: both show in one turn, so that no row disappears in between.
   */
  function onReplicaEvent({ place, changes, state, isLoading }: ReplicaEvent) {
    const known = folders.all.get(placeKey(place));
    if (state === null) {
      if (known !== undefined) folders.remove(known, changes);
    } else {
      const timing: NotifyTiming = isLoading ? 'later' : 'now';
      // A new folder takes all its rows at once.
      const folder = known ?? folders.at(place);
      const moves = known === undefined ? [] : changes;
      if (folders.hasNewOps()) onOpsChange({ folder, moves, timing });
      else folders.refresh(folder, moves, timing);
    }
    updateCoverage();
  }

  function onPullOutcome(target: PullTarget) {
    if (target.kind === 'tasks') folders.refresh(folders.at({ mailbox: target.mailbox, id: target.id }));
    else if (target.kind === 'groups') return;
    updateCoverage();
  }

  function listingOf(place: Place, options: ListingOptions) {
    const folder = folders.at(place);
    // An opened folder is loaded from this device before the others.
    if (!isLocalId(place.id)) onOpen(place);
    return stores.listing(folder, options);
  }

  return {
    tasks: (place, options) => taskLists.ofFolder(place, listingOf(place, options)),
    smartList: (name, options) => taskLists.ofView(stores.view(name, options)),
    listing: listingOf,
    view: stores.view,
    counts: stores.counts,
    task: tasks.observe,
    findTask: tasks.find,
    followRows: stores.followRows,
    visibleContent: stores.visibleContent,
    prebuild: stores.prebuild,
    coverage: ownMailbox.coverage,
    markLoaded() {
      ownMailbox.markLoaded();
      stores.dropPreviousTotals();
    },
    subscribe,
    start() {
      const stops = [
        outbox.subscribe(() => onOpsChange()),
        replica.onChange(onReplicaEvent),
        pulls.onChange(onPullOutcome),
        lists.onChange((kind, mailbox) => kind === 'folders' && mailbox === 'me' && updateCoverage()),
      ];
      onOpsChange();
      for (const { id } of lists.folders('me') ?? []) folders.refresh(folders.at({ mailbox: 'me', id }));
      updateCoverage();
      return () => stops.forEach((stop) => stop());
    },
  };
}
