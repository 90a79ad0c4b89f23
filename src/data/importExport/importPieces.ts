import type { Clock } from '../../domain/time/time.ts';
import type { Outbox } from '../../sync/outbox/outbox.ts';
import type { Channel, Ports } from '../../sync/platform/ports.ts';
import { listCreatedByImport } from '../../sync/storage/importStore.ts';
import type { ImportStore, StoredImport } from '../../sync/storage/importStore.ts';
import type { ImportList } from './importList.ts';

type Input = {
  store: Pick<ImportStore, 'piece' | 'end'>;
  outbox: Pick<Outbox, 'addPiece'>;
  list: Pick<ImportList, 'show' | 'showUnreadable' | 'markReadable'>;
  clock: Pick<Clock, 'now'>;
  ports: Pick<Ports, 'pause'>;
  /** To the account's other tabs. */
  channel: Pick<Channel, 'post'>;
};

/**
 * Adds the pieces of a stored import to the outbox, one transaction a piece, until all are added, the import is stopped here
 * or in another tab, or a piece cannot be read. Rejects with StorageError.
 */
export async function importPieces(
  first: StoredImport,
  { store, outbox, list, clock, ports, channel }: Input,
): Promise<void> {
  let record = first;
  for (; record.next < record.pieces.length; record = { ...record, next: record.next + 1 }) {
    list.show(record, 'running');
    const changes = await store.piece(record.id, record.next);
    if (changes === 'unreadable') {
      // Once per tab, or two tabs would notify each other endlessly.
      if (list.showUnreadable(record)) channel.post('unreadable');
      return;
    }
    list.markReadable(record.id);
    const ids =
      changes === undefined
        ? null
        : await outbox.addPiece(changes, { id: record.id, piece: record.next, summarize: listCreatedByImport });
    if (ids === null) return list.show(record, 'stopped');
    channel.post('step');
    await ports.pause();
  }
  const ended = await store.end(record.id, { state: 'done', at: clock.now() });
  channel.post('step');
  list.show(record, ended?.end?.state ?? 'stopped');
}
