import type { Query, QueryClient } from '@tanstack/react-query';
import { isLocalId } from '../../domain/changes/change.ts';
import type { Listing, ListingOptions } from '../../domain/listing/listing.ts';
import type { Mailbox, Place, Task } from '../../domain/task/task.ts';
import type { Day } from '../../domain/time/time.ts';
import type { ViewName } from '../../domain/urls/appUrls.ts';
import type { Outbox } from '../../sync/outbox/outbox.ts';
import { createEmitter } from '../../sync/platform/observable.ts';
import type { Observable } from '../../sync/platform/observable.ts';
import { placeKey } from '../../sync/replica/folderTable.ts';
import type { ReplicaEvent } from '../../sync/replica/folderTables.ts';
import type { Replica } from '../../sync/replica/replica.ts';
import { noPreviousTotals } from '../../sync/views/firstPaint.ts';
import type { PreviousTotals } from '../../sync/views/firstPaint.ts';
import type { Counts } from '../../sync/views/countsStore.ts';
import type { NotifyTiming } from '../../sync/views/listingStore.ts';
import { createTaskStates } from '../../sync/views/taskState.ts';
import type { TaskState } from '../../sync/views/taskState.ts';
import { createViewFolders } from '../../sync/views/viewFolders.ts';
import type { FolderRowChanges } from '../../sync/views/viewFolders.ts';
import { createViewStores } from '../../sync/views/viewStores.ts';
import type { ViewStores } from '../../sync/views/viewStores.ts';
import { folderQueries, taskQueries } from '../queries.ts';
import { queryFailure } from '../queryFailure.ts';
import { createMailboxCoverage } from './mailboxCoverage.ts';
import type { Coverage } from './mailboxCoverage.ts';

export type { TaskState } from '../../sync/views/taskState.ts';

/**
 * What is drawn: the replica with unsent changes applied, updated row by row. Equal arguments return the same store.
 */
export type TaskViews = Pick<ViewStores, 'followRows' | 'prebuild' | 'visibleContent'> & {
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
  /** Follows the replica and the outbox; call the result to stop. */
  start: () => () => void;
};

type Input = {
  client: QueryClient;
  outbox: Pick<Outbox, 'ops' | 'resolve' | 'stateOf' | 'subscribe'>;
  replica: Pick<Replica, 'rows' | 'state' | 'onChange'>;
  /** Called when a view of the folder is opened. */
  onOpen?: (place: Place) => void;
  previousTotals?: PreviousTotals;
};

export function createTaskViews({
  client,
  outbox,
  replica,
  onOpen = () => {},
  previousTotals = noPreviousTotals,
}: Input): TaskViews {
  const { emit, subscribe } = createEmitter();
  const folders = createViewFolders({
    outbox,
    replica,
    failureOf(place, isLoaded) {
      const query = client.getQueryState([...taskQueries.all, place.mailbox, place.id]);
      return query === undefined ? null : queryFailure({ ...query, data: isLoaded || undefined });
    },
    onRows: (changes) => stores.applyRows(changes),
    onRemove: (folder) => stores.removeFolder(folder),
  });
  const ownMailbox = createMailboxCoverage(client, folders.all);
  const stores = createViewStores({ folders, isComplete: ownMailbox.isComplete, previousTotals });
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

  function onQueryEvent(query: Query) {
    const [kind, mailbox, id] = query.queryKey;
    if (kind === taskQueries.all[0] && typeof mailbox === 'string' && typeof id === 'string') {
      folders.refresh(folders.at({ mailbox, id }));
    } else if (kind !== folderQueries.all[0]) return;
    updateCoverage();
  }

  return {
    listing(place, options) {
      const folder = folders.at(place);
      // An opened folder is loaded from this device before the others.
      if (!isLocalId(place.id)) onOpen(place);
      return stores.listing(folder, options);
    },
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
      const stopOps = outbox.subscribe(() => onOpsChange());
      const stopCopy = replica.onChange(onReplicaEvent);
      const stopCache = client.getQueryCache().subscribe(({ type, query }) => {
        if (type === 'updated' || type === 'added') onQueryEvent(query);
      });
      onOpsChange();
      for (const query of client.getQueryCache().findAll({ queryKey: taskQueries.all })) onQueryEvent(query);
      return () => {
        stopOps();
        stopCopy();
        stopCache();
      };
    },
  };
}
