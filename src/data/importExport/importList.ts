import { msBetween } from '../../domain/time/time.ts';
import type { Clock } from '../../domain/time/time.ts';
import { createObservable } from '../../sync/platform/observable.ts';
import type { Observable } from '../../sync/platform/observable.ts';
import type { ImportStore, StoredImport } from '../../sync/storage/importStore.ts';

/** A file that is being imported, or was: the import can be undone until it is dismissed. */
export type ShownImport = {
  id: string;
  /** Of the file. */
  name: string;
  /** Tasks that are on this device as changes, of so many. */
  done: number;
  total: number;
  /**
   * `refused`: the device stores no more; resuming tries again. `unreadable`: this version of the app cannot read what is
   * left, which stays for one that can, until the import is stopped.
   */
  state: 'running' | 'refused' | 'unreadable' | 'stopped' | 'done';
};

/** The imports as they are shown in this tab: its own progress, and what other tabs have stored. */
export type ImportList = {
  visible: Observable<readonly ShownImport[]>;
  show: (record: StoredImport, state: ShownImport['state']) => void;
  /** Shows it as unreadable until it is readable; true the first time. */
  showUnreadable: (record: StoredImport) => boolean;
  markReadable: (id: string) => void;
  /** The device stores no more: running imports are shown as refused. */
  showRefused: () => void;
  remove: (id: string) => void;
  /** Shows what is stored, and removes imports that ended a week ago. Rejects with StorageError. */
  refresh: () => Promise<void>;
  /** While `work` imports it, `refresh` leaves its progress as this tab shows it. */
  whileImporting: (id: string, work: () => Promise<void>) => Promise<void>;
};

/** An import that has ended is listed, and can be undone, for so long. Milliseconds. */
const retentionMs = 7 * 86_400_000;

const tasksBefore = ({ pieces }: StoredImport, piece: number) =>
  pieces.slice(0, piece).reduce((sum, { tasks }) => sum + tasks, 0);

export function createImportList(store: Pick<ImportStore, 'all' | 'remove'>, clock: Pick<Clock, 'now'>): ImportList {
  const visible = createObservable<readonly ShownImport[]>([]);
  /** Imported by this tab, now. */
  const importing = new Set<string>();
  const unreadable = new Set<string>();

  function show(record: StoredImport, state: ShownImport['state']) {
    const { id, name, pieces, next } = record;
    const one = { id, name, done: tasksBefore(record, next), total: tasksBefore(record, pieces.length), state };
    const others = visible.current();
    visible.set(
      others.some((other) => other.id === id)
        ? others.map((other) => (other.id === id ? one : other))
        : [...others, one],
    );
  }

  const remove = (id: string) => visible.set(visible.current().filter((one) => one.id !== id));

  return {
    visible,
    show,
    showUnreadable(record) {
      const isFirst = !unreadable.has(record.id);
      unreadable.add(record.id);
      show(record, 'unreadable');
      return isFirst;
    },
    markReadable: (id) => unreadable.delete(id),
    showRefused: () =>
      visible.set(visible.current().map((one) => (one.state === 'running' ? { ...one, state: 'refused' } : one))),
    remove,
    async refresh() {
      const ready = (await store.all()).filter(({ isReady }) => isReady);
      const storedIds = new Set(ready.map(({ id }) => id));
      for (const { id } of visible.current()) if (!storedIds.has(id) && !importing.has(id)) remove(id);
      for (const record of ready) {
        if (importing.has(record.id)) continue;
        if (record.end === undefined || msBetween(record.end.at, clock.now()) < retentionMs) {
          show(record, record.end?.state ?? (unreadable.has(record.id) ? 'unreadable' : 'running'));
        } else {
          await store.remove(record);
          remove(record.id);
        }
      }
    },
    async whileImporting(id, work) {
      importing.add(id);
      try {
        await work();
      } finally {
        importing.delete(id);
      }
    },
  };
}
