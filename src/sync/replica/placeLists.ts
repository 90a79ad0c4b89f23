import { createEmitter } from '../../domain/async/observable.ts';
import type { Mailbox, TaskFolder, TaskGroup } from '../../domain/task/task.ts';
import type { Channel } from '../platform/ports.ts';
import { StorageError } from '../storage/database.ts';
import type { StoredList } from '../storage/database.ts';
import { updateFolders, updateGroups } from '../storage/placeUpdates.ts';
import type { ReplicaStore } from '../storage/replicaStore.ts';
import type { ServerResult } from '../storage/serverResult.ts';

/** What the server last said of the groups and folders of each mailbox, stored on this device and in step with other tabs. */
export type PlaceLists = {
  /** In the server's order; undefined while unknown. The same array until something in it changes. */
  groups: (mailbox: Mailbox) => readonly TaskGroup[] | undefined;
  folders: (mailbox: Mailbox) => readonly TaskFolder[] | undefined;
  /** The cursor of the last pull of a mailbox's folders. */
  cursorOf: (mailbox: Mailbox) => string | null;
  /** Shows and stores a pulled list. Never rejects: storage errors are reported. */
  save: (kind: PlaceKind, mailbox: Mailbox, list: StoredList) => Promise<void>;
  /** Applies responses to our own changes in memory; on disk the outbox writes them. */
  applyResults: (results: readonly ServerResult[]) => void;
  onChange: (listener: (kind: PlaceKind, mailbox: Mailbox) => void) => () => void;
  close: () => void;
};

export type PlaceKind = 'groups' | 'folders';

type Input = {
  store: Pick<ReplicaStore, 'list' | 'saveList'>;
  channel: Channel;
  /** The lists of the own mailbox, as far as they were read for the first paint. */
  initial: { groups?: StoredList; folders?: StoredList };
  onStorageError: (error: StorageError) => void;
};

type KnownList = Pick<StoredList, 'items' | 'cursor'>;

export function createPlaceLists({ store, channel, initial, onStorageError }: Input): PlaceLists {
  const known = { groups: new Map<Mailbox, KnownList>(), folders: new Map<Mailbox, KnownList>() };
  const changes = createEmitter<[kind: PlaceKind, mailbox: Mailbox]>();

  function set(kind: PlaceKind, mailbox: Mailbox, { items, cursor }: KnownList) {
    const before = known[kind].get(mailbox)?.items;
    const isSame = before !== undefined && isSameList(before, items);
    known[kind].set(mailbox, { items: isSame ? before : items, cursor });
    if (!isSame) changes.emit(kind, mailbox);
  }
  function update(
    kind: PlaceKind,
    { mailbox }: ServerResult,
    change: (items: KnownList['items']) => KnownList['items'],
  ) {
    const list = known[kind].get(mailbox);
    if (list !== undefined) set(kind, mailbox, { ...list, items: change(list.items) });
  }
  async function reportingErrors(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
      onStorageError(error);
    }
  }

  if (initial.groups !== undefined) set('groups', 'me', initial.groups);
  if (initial.folders !== undefined) set('folders', 'me', initial.folders);
  const stopListening = channel.onMessage((message) => {
    if (!isListMessage(message)) return;
    const { list: kind, mailbox } = message;
    void reportingErrors(async () => {
      const list = await store.list(kind, mailbox);
      if (list !== undefined) set(kind, mailbox, list);
    });
  });

  return {
    groups: (mailbox) => known.groups.get(mailbox)?.items,
    folders: (mailbox) => known.folders.get(mailbox)?.items,
    cursorOf: (mailbox) => known.folders.get(mailbox)?.cursor ?? null,
    save(kind, mailbox, list) {
      set(kind, mailbox, list);
      return reportingErrors(async () => {
        await store.saveList(kind, mailbox, list);
        channel.post({ kind: 'list', list: kind, mailbox });
      });
    },
    applyResults(results) {
      for (const result of results) {
        update('groups', result, (groups) => updateGroups(groups, result));
        update('folders', result, (folders) => updateFolders(folders, result));
      }
    },
    onChange: changes.subscribe,
    close() {
      stopListening();
      channel.close();
    },
  };
}

/** Lists are short; an equal one is not published again. */
const isSameList = (known: KnownList['items'], next: KnownList['items']): boolean =>
  known === next || JSON.stringify(known) === JSON.stringify(next);

function isListMessage(message: unknown): message is { kind: 'list'; list: PlaceKind; mailbox: Mailbox } {
  return typeof message === 'object' && message !== null && 'kind' in message && message.kind === 'list';
}
