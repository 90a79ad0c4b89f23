import type { BulkCommands } from '../../sync/commands/bulkCommands.ts';
import type { Outbox } from '../../sync/outbox/outbox.ts';
import type { CreatedByImport, ImportStore, StoredImport } from '../../sync/storage/importStore.ts';
import type { TaskViews } from '../../sync/views/taskViews.ts';

type Input = {
  store: Pick<ImportStore, 'created'>;
  outbox: Pick<Outbox, 'resolve' | 'cancelUploads'>;
  bulk: Pick<BulkCommands, 'undo'>;
  views: Pick<TaskViews, 'followRows'>;
  onProgress?: ((done: number, total: number) => void) | undefined;
};

/**
 * Undoes what an import created, except folders that hold other tasks by now. Resolves with how many things could not be
 * undone. Rejects with StorageError; calling it again then undoes the rest.
 */
export async function undoImport(
  { id, pieces, next }: StoredImport,
  { store, outbox, bulk, views, onProgress }: Input,
): Promise<number> {
  const parts = await Promise.all(
    pieces
      .slice(0, next)
      .map(async ({ tasks }, piece) => (await store.created(id, piece)) ?? { items: [], unreadable: tasks }),
  );
  const unknown = parts.reduce((sum, part) => sum + part.unreadable, 0);
  const created = withoutShared(
    parts.flatMap(({ items }) => items),
    outbox,
    views,
  );
  await outbox.cancelUploads(created.flatMap(({ uploads }) => uploads ?? []));
  const undone = created.map(({ changeId, change }) => ({ changeId, planned: { change, before: null } }));
  const notUndone = await bulk.undo(undone, { onProgress: (done) => onProgress?.(done, undone.length) });
  return notUndone + unknown;
}

/** Without folders that hold other tasks by now, which would be deleted with them. */
function withoutShared(
  created: readonly CreatedByImport[],
  { resolve }: Pick<Outbox, 'resolve'>,
  views: Pick<TaskViews, 'followRows'>,
): readonly CreatedByImport[] {
  const own = new Set(created.map(({ change }) => resolve(change.id)));
  const shared = new Set<string>();
  // The first call delivers all rows.
  views.followRows((rows) => {
    for (const { after } of rows)
      if (after !== undefined && !own.has(resolve(after.id))) shared.add(resolve(after.folderId));
  })();
  return created.filter(({ change }) => change.kind !== 'createFolder' || !shared.has(resolve(change.id)));
}
