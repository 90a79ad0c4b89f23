import type { QueryClient } from '@tanstack/react-query';
import type { Mailbox } from '../../domain/task/task.ts';
import type { ReplicaStore } from '../../sync/storage/replicaStore.ts';
import { StorageError } from '../../sync/storage/database.ts';
import type { StoredList } from '../../sync/storage/database.ts';
import type { Channel } from '../../sync/platform/ports.ts';
import { folderQueries, groupQueries } from '../queries.ts';

type Kind = 'groups' | 'folders';

/** The lists of groups and folders, stored on this device and kept in step between tabs. */
export type PlaceLists = {
  save: (kind: Kind, mailbox: Mailbox, list: StoredList) => Promise<void>;
  /** The cursor of the last pull of a mailbox's folders. */
  cursorOf: (mailbox: Mailbox) => string | null;
  /** Shows the stored lists as stale data. Never rejects. */
  load: (mailbox: Mailbox) => Promise<void>;
  /** Shows folders that were already read, as stale data. */
  preview: (mailbox: Mailbox, folders: StoredList) => void;
  /** Follows what other tabs store; call the result to stop. */
  start: () => () => void;
};

type Input = {
  store: ReplicaStore;
  client: QueryClient;
  channel: Channel;
  onStorageError: (error: StorageError) => void;
};

const allOf = { groups: groupQueries.all, folders: folderQueries.all };
const kinds: readonly Kind[] = ['groups', 'folders'];
/** A timestamp that makes cached data stale. */
const staleTimestamp = 1;

export function createPlaceLists({ store, client, channel, onStorageError }: Input): PlaceLists {
  const cursors = new Map<Mailbox, string | null>();

  async function reportingErrors(work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
      onStorageError(error);
    }
  }
  function show(kind: Kind, mailbox: Mailbox, list: StoredList, updatedAt: number) {
    if (kind === 'folders') cursors.set(mailbox, list.cursor);
    client.setQueryData([...allOf[kind], mailbox], list.items, { updatedAt });
  }
  async function read(kind: Kind, mailbox: Mailbox, isFromOtherTab: boolean): Promise<void> {
    const list = await store.list(kind, mailbox);
    const known = client.getQueryState([...allOf[kind], mailbox]);
    if (list === undefined || (!isFromOtherTab && known?.data !== undefined)) return;
    show(kind, mailbox, list, isFromOtherTab ? (known?.dataUpdatedAt ?? staleTimestamp) : staleTimestamp);
  }

  return {
    async save(kind, mailbox, list) {
      if (kind === 'folders') cursors.set(mailbox, list.cursor);
      await reportingErrors(async () => {
        await store.saveList(kind, mailbox, list);
        channel.post({ kind: 'list', list: kind, mailbox });
      });
    },
    cursorOf: (mailbox) => cursors.get(mailbox) ?? null,
    load: (mailbox) =>
      reportingErrors(async () => {
        await Promise.all(kinds.map((kind) => read(kind, mailbox, false)));
      }),
    preview: (mailbox, folders) => show('folders', mailbox, folders, staleTimestamp),
    start: () =>
      channel.onMessage((message) => {
        if (isListMessage(message)) void reportingErrors(() => read(message.list, message.mailbox, true));
      }),
  };
}

function isListMessage(message: unknown): message is { kind: 'list'; list: Kind; mailbox: Mailbox } {
  return typeof message === 'object' && message !== null && 'kind' in message && message.kind === 'list';
}
