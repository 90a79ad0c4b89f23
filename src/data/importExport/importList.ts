import { msBetween } from '../../domain/time/time.ts';
import type { Clock } from '../../domain/time/time.ts';
import { createObservable } from '../../domain/async/observable.ts';
import type { Observable } from '../../domain/async/observable.ts';
import type { ImportStore, StoredImport } from '../../sync/storage/importStore.ts';

/** A running or finished import; a finished one can be undone until it is dismissed. */
export type ShownImport = {
  id: string;
  /** Name of the file. */
  name: string;
  /** Tasks already added to the outbox, and all tasks. */
  done: number;
  total: number;
  /**
   * `refused`: storing failed; resuming tries again. `unreadable`: this version of the app cannot read the rest, which
   * stays stored until the import is stopped.
   */
  state: 'running' | 'refused' | 'unreadable' | 'stopped' | 'done';
};

/** The imports as this tab shows them: its own progress, and what other tabs have stored. */
export type ImportList = {
  visible: Observable<readonly ShownImport[]>;
  show: (record: StoredImport, state: ShownImport['state']) => void;
  /** Shows it as unreadable until it is readable; returns true the first time. */
  showUnreadable: (record: StoredImport) => boolean;
  markReadable: (id: string) => void;
  /** Storing failed: running imports show as refused. */
  showRefused: () => void;
  remove: (id: string) => void;
  /** Shows what is stored, and removes imports that ended a week ago. Rejects with StorageError. */
  refresh: () => Promise<void>;
  /** While `work` runs, `refresh` leaves this tab's progress as it is. */
  whileImporting: (id: string, work: () => Promise<void>) => Promise<void>;
};

/** How long a finished import is listed and can be undone. Milliseconds. */
const retentionMs = 7 * 86_400_000;

const tasksBefore = ({ pieces }: StoredImport, piece: number) =>
  pieces.slice(0, piece).reduce((sum, { tasks }) => sum + tasks, 0);

export function createImportList(store: Pick<ImportStore, 'all' | 'remove'>, clock: Pick<Clock, 'now'>): ImportList {
  const visible = createObservable<readonly ShownImport[]>([]);
  /** Run by this tab now. */
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
