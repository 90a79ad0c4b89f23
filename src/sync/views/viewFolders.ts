import { isTaskChange } from '../../domain/changes/change.ts';
import type { FailureKind } from '../../domain/failureKind.ts';
import type { RowChange } from '../../domain/listing/listing.ts';
import type { Place, Task } from '../../domain/task/task.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { placeKey } from '../replica/folderTable.ts';
import type { Replica } from '../replica/replica.ts';
import { createFolderOverlay, noRows } from './folderOverlay.ts';
import type { FolderOverlay } from './folderOverlay.ts';
import type { ListingStore, NotifyTiming, PendingStates } from './listingStore.ts';
import { indexPendingOps, pendingStatesOf, placeOfKey, reusePendingStates } from './pendingIndex.ts';

/** A folder of the replica with the pending changes applied. */
export type ViewFolder = {
  place: Place;
  rows: FolderOverlay;
  /** The rows with pending changes applied. */
  base: ReadonlyMap<string, Task>;
  pending: PendingStates;
  /** Whether all rows are loaded. */
  isLoaded: boolean;
  /** Why it could not be pulled. */
  failure: FailureKind | null;
  listings: Map<string, ListingStore>;
};

export type FolderRowChanges = { folder: ViewFolder; moves: readonly RowChange[]; timing: NotifyTiming };

export type ViewFolderListener = {
  /** Called for every refresh, also with no rows: pending states may differ. */
  onRows: (changes: FolderRowChanges) => void;
  onRemove: (folder: ViewFolder) => void;
};

export type ViewFolders = {
  /** By `placeKey`. */
  all: ReadonlyMap<string, ViewFolder>;
  /** The folder of the place; a new one starts with its loaded rows. */
  at: (place: Place) => ViewFolder;
  /** The pending states of the own mailbox's rows. */
  ownPending: () => PendingStates;
  /** Recomputes the folder from replica and ops, and reports the rows that differ. `moved` changed in the replica. */
  refresh: (folder: ViewFolder, moved?: readonly RowChange[], timing?: NotifyTiming) => void;
  remove: (folder: ViewFolder, moves?: readonly RowChange[]) => void;
  /** Whether the outbox holds other ops than those applied. */
  hasNewOps: () => boolean;
  /** Applies the outbox's ops; `moved` rows, which they may concern, first. */
  applyOps: (moved?: FolderRowChanges) => void;
  follow: (listener: ViewFolderListener) => void;
};

type Input = {
  outbox: Pick<Outbox, 'ops' | 'resolve' | 'stateOf'>;
  replica: Pick<Replica, 'rows' | 'state'>;
  /** Why the last read of the folder failed, or does not begin. */
  failureOf: (place: Place, isLoaded: boolean) => FailureKind | null;
};

const nothingPending: PendingStates = new Map();

export function createViewFolders({ outbox, replica, failureOf }: Input): ViewFolders {
  const listeners: ViewFolderListener[] = [];
  const folders = new Map<string, ViewFolder>();
  let indexedOps = indexPendingOps(outbox.ops());
  let ownPending: PendingStates = nothingPending;

  function at(place: Place): ViewFolder {
    const key = placeKey(place);
    let folder = folders.get(key);
    if (folder === undefined) {
      const rows = createFolderOverlay(place.id);
      folder = {
        place,
        rows,
        base: noRows,
        pending: nothingPending,
        isLoaded: false,
        failure: null,
        listings: new Map(),
      };
      folders.set(key, folder);
      refresh(folder);
    }
    return folder;
  }

  function refresh(folder: ViewFolder, moved: readonly RowChange[] = [], timing: NotifyTiming = 'now') {
    const { place } = folder;
    const ops = indexedOps.byFolder.get(placeKey(place)) ?? [];
    const isDeleted = indexedOps.deletedFolders.has(place.id);
    folder.isLoaded = replica.state(place).kind === 'whole';
    folder.failure = failureOf(place, folder.isLoaded);
    folder.base = isDeleted ? noRows : replica.rows(place);
    const moves = folder.rows.update(
      folder.base,
      isDeleted ? [] : moved,
      isDeleted ? [] : ops.map(({ change }) => change).filter(isTaskChange),
    );
    folder.pending = reusePendingStates(folder.pending, pendingStatesOf(ops, outbox));
    for (const { onRows } of listeners) onRows({ folder, moves, timing });
  }

  function remove(folder: ViewFolder, moves: readonly RowChange[] = []) {
    const left = folder.rows.update(folder.base, folder.base === noRows ? [] : moves, []);
    for (const { onRows } of listeners) onRows({ folder, moves: left, timing: 'now' });
    // A list that is shown goes on with the folder if it comes back.
    if ([...folder.listings.values()].some((listing) => listing.isFollowed())) folder.isLoaded = false;
    else folders.delete(placeKey(folder.place));
    for (const { onRemove } of listeners) onRemove(folder);
  }

  return {
    all: folders,
    at,
    ownPending: () => ownPending,
    refresh,
    remove,
    follow: (listener) => void listeners.push(listener),
    hasNewOps: () => indexedOps.ops !== outbox.ops(),
    applyOps(moved) {
      const before = indexedOps;
      indexedOps = indexPendingOps(outbox.ops());
      ownPending = reusePendingStates(
        ownPending,
        pendingStatesOf(
          indexedOps.ops.filter(({ change }) => change.mailbox === 'me'),
          outbox,
        ),
      );
      if (moved !== undefined) refresh(moved.folder, moved.moves, moved.timing);
      // Places that lost ops come first: a row that moved to another place leaves before it arrives.
      for (const key of new Set([...before.byFolder.keys(), ...indexedOps.byFolder.keys()])) {
        const folder = folders.get(key) ?? at(placeOfKey(key));
        if (outbox.resolve(folder.place.id) === folder.place.id) refresh(folder);
        else remove(folder);
      }
      for (const folder of folders.values()) {
        const { id } = folder.place;
        if (before.deletedFolders.has(id) !== indexedOps.deletedFolders.has(id)) refresh(folder);
      }
    },
  };
}
