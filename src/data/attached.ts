import { queryOptions } from '@tanstack/react-query';
import type { QueryClient } from '@tanstack/react-query';
import type { Attachment } from '../domain/attachment.ts';
import type { Place } from '../domain/task.ts';
import type { Clock } from '../domain/time.ts';
import { attachedAfter } from '../sync/attached.ts';
import type { CopyStore } from '../sync/copyStore.ts';
import { StorageError } from '../sync/database.ts';
import type { Effect } from '../sync/effect.ts';
import { attachmentQueries } from './queries.ts';
import type { Deps } from './session.ts';

/** What hangs on tasks, as far as somebody has looked: kept on this device, so that it shows with no network too. */
export type Attached = {
  /** Reads it from the server, and keeps it. */
  list: (task: Place, folderId: string) => ReturnType<typeof attachmentQueries.list>;
  /** Shows what this device kept, until it is read. Never rejects. */
  load: (task: Place) => Promise<void>;
  /** An answer of the server, until the list is read again: nothing blinks. On disk it is written with the outbox. */
  takeIn: (effect: Effect) => void;
};

type Input = {
  attaching: Deps['attaching'];
  client: QueryClient;
  store: CopyStore;
  clock: Clock;
  onTrouble: (error: StorageError) => void;
};

/** Data that is there and has to be asked for again. */
const longAgo = 1;

const keyOf = ({ mailbox, id }: Place) => [...attachmentQueries.all, mailbox, id];

export function createAttached({ attaching, client, store, clock, onTrouble }: Input): Attached {
  async function quietly<T>(work: () => Promise<T>): Promise<T | undefined> {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
      onTrouble(error);
      return undefined;
    }
  }
  return {
    list: (task, folderId) =>
      queryOptions({
        ...attachmentQueries.list(attaching, task),
        queryFn: async ({ signal }) => {
          const items = await (await attaching()).attachments(task, signal);
          const { mailbox, id } = task;
          await quietly(() => store.saveAttachments(id, { mailbox, folderId, items, at: clock.now() }));
          return items;
        },
      }),
    async load(task) {
      const isKnown = () => client.getQueryData(keyOf(task)) !== undefined;
      if (isKnown()) return;
      const kept = await quietly(() => store.attachments(task));
      if (kept !== undefined && !isKnown()) client.setQueryData(keyOf(task), kept.items, { updatedAt: longAgo });
    },
    takeIn(effect) {
      const { change } = effect;
      if (!('taskId' in change)) return;
      client.setQueryData<readonly Attachment[]>(
        keyOf({ mailbox: change.mailbox, id: change.taskId }),
        (rows) => rows && attachedAfter(rows, effect, clock.now()),
      );
    },
  };
}
