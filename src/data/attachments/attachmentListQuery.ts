import { queryOptions } from '@tanstack/react-query';
import type { Place } from '../../domain/task/task.ts';
import { StorageError } from '../../sync/storage/database.ts';
import type { SyncEngine } from '../../sync/engine/syncEngine.ts';
import { attachmentQueries } from '../queries.ts';
import type { Deps } from '../../sync/accountSession.ts';

type Given = {
  deps: Pick<Deps, 'attachmentClient' | 'clock'>;
  engine: Pick<SyncEngine, 'replicaStore' | 'reportStorageError'>;
};

/** A task's attachments: from this device at once, then from the server, whose answer is stored. */
export function attachmentListQuery({ deps, engine }: Given, task: Place, folderId: string) {
  const { attachmentClient, clock } = deps;
  return queryOptions({
    ...attachmentQueries.list(attachmentClient, task),
    queryFn: async ({ signal }) => {
      const items = await (await attachmentClient()).attachments(task, signal);
      const { mailbox, id } = task;
      await reportingErrors(engine, () =>
        engine.replicaStore.saveAttachments(id, { mailbox, folderId, items, at: clock.now() }),
      );
      return items;
    },
    meta: {
      stored: async () => (await reportingErrors(engine, () => engine.replicaStore.attachments(task)))?.items,
    },
  });
}

async function reportingErrors<T>(
  { reportStorageError }: Given['engine'],
  work: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    reportStorageError(error.kind);
    return undefined;
  }
}
