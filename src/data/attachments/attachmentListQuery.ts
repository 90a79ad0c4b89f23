import { queryOptions } from '@tanstack/react-query';
import type { Place } from '../../domain/task/task.ts';
import { StorageError } from '../../sync/storage/database.ts';
import type { SyncEngine } from '../engine/syncEngine.ts';
import { attachmentQueries } from '../queries.ts';
import type { Deps } from '../../sync/accountSession.ts';

type Given = {
  deps: Pick<Deps, 'attachmentClient' | 'clock'>;
  engine: Pick<SyncEngine, 'client' | 'replicaStore' | 'reportStorageError'>;
};

/** A timestamp that makes cached data stale. */
const longAgo = 1;

/** A task's attachments: read from the server, and stored on this device for use offline. */
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
  });
}

/** Shows the stored list until the server has answered. Never rejects. */
export async function loadAttachmentList({ deps, engine }: Given, task: Place): Promise<void> {
  const { queryKey } = attachmentQueries.list(deps.attachmentClient, task);
  const isKnown = () => engine.client.getQueryData(queryKey) !== undefined;
  if (isKnown()) return;
  const stored = await reportingErrors(engine, () => engine.replicaStore.attachments(task));
  if (stored !== undefined && !isKnown()) {
    engine.client.setQueryData(queryKey, [...stored.items], { updatedAt: longAgo });
  }
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
