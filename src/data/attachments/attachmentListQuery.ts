import { queryOptions } from '@tanstack/react-query';
import type { Place } from '../../domain/task/task.ts';
import { StorageError } from '../../sync/storage/database.ts';
import type { SyncEngine } from '../engine/syncEngine.ts';
import { attachmentQueries } from '../queries.ts';
import type { Deps } from '../../sync/accountSession.ts';

type Given = {
  deps: Pick<Deps, 'attaching' | 'clock'>;
  engine: Pick<SyncEngine, 'client' | 'copyStore' | 'noticeTrouble'>;
};

/** Data that is there and has to be asked for again. */
const longAgo = 1;

/** What hangs on a task: read from the server, and kept on this device, so that it shows with no network too. */
export function attachmentListQuery({ deps, engine }: Given, task: Place, folderId: string) {
  const { attaching, clock } = deps;
  return queryOptions({
    ...attachmentQueries.list(attaching, task),
    queryFn: async ({ signal }) => {
      const items = await (await attaching()).attachments(task, signal);
      const { mailbox, id } = task;
      await quietly(engine, () => engine.copyStore.saveAttachments(id, { mailbox, folderId, items, at: clock.now() }));
      return items;
    },
  });
}

/** Shows what this device kept, until it is read. Never rejects. */
export async function loadAttachmentList({ deps, engine }: Given, task: Place): Promise<void> {
  const { queryKey } = attachmentQueries.list(deps.attaching, task);
  const isKnown = () => engine.client.getQueryData(queryKey) !== undefined;
  if (isKnown()) return;
  const kept = await quietly(engine, () => engine.copyStore.attachments(task));
  if (kept !== undefined && !isKnown()) {
    engine.client.setQueryData(queryKey, [...kept.items], { updatedAt: longAgo });
  }
}

async function quietly<T>({ noticeTrouble }: Given['engine'], work: () => Promise<T>): Promise<T | undefined> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof StorageError)) throw error;
    noticeTrouble(error.kind);
    return undefined;
  }
}
