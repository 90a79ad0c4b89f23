import type { SyncEngine } from './syncEngine.ts';
import type { ImportPlan } from '../../sync/import/importPlan.ts';
import type { Deps } from '../../sync/accountSession.ts';
import { msBetween } from '../../domain/time/time.ts';
import { createObservable } from '../../sync/platform/observable.ts';
import type { Observable } from '../../sync/platform/observable.ts';
import { listCreatedByImport, openImportStore, StorageError } from '../../sync/storage/importStore.ts';
import type { ImportStore, CreatedByImport, StoredImport } from '../../sync/storage/importStore.ts';

/** A file that is being taken in, or was: what it made can be taken back until it is dismissed. */
export type ShownImport = {
  id: string;
  /** Of the file. */
  name: string;
  /** Tasks that are on this device as changes, of so many. */
  done: number;
  total: number;
  /**
   * `refused`: the device keeps no more; it goes on when asked to. `unreadable`: this version of the app cannot read what is
   * left, which stays for one that can, until the import is stopped.
   */
  state: 'running' | 'refused' | 'unreadable' | 'stopped' | 'done';
};

/** The imports of an account, in step with its other tabs: one at a time, by one tab at a time. */
export type ImportRunner = {
  visible: Observable<readonly ShownImport[]>;
  /**
   * Keeps a plan on this device, whole, and begins it. From then on it goes on by itself, also after a reload. Rejects with
   * StorageError when it cannot be kept; then nothing of it is.
   */
  start: (name: string, plan: ImportPlan, onProgress?: (kept: number) => void) => Promise<void>;
  /** Goes on with what is left, if there is any. Never rejects for what the device refuses: that shows. */
  resume: () => Promise<void>;
  /** What was made stays. */
  stop: (id: string) => Promise<void>;
  /**
   * Takes back what it made, also after a reload; resolves with how many things had no way back. A folder that holds something
   * else by now stays. Broken off, it can be asked for again. Rejects with StorageError.
   */
  undo: (id: string, onProgress?: (done: number, total: number) => void) => Promise<number>;
  /** Forgets one that is over. Rejects with StorageError. */
  dismiss: (id: string) => Promise<void>;
  close: () => void;
};

/** So long nobody forgets what a file has made; its way back is kept no longer. Milliseconds. */
const keptMs = 7 * 86_400_000;

const tasksBefore = ({ pieces }: StoredImport, piece: number) =>
  pieces.slice(0, piece).reduce((sum, { tasks }) => sum + tasks, 0);

type Input = {
  engine: Pick<SyncEngine, 'bulk' | 'ports' | 'views'>;
  deps: Pick<Deps, 'outbox' | 'clock' | 'session'>;
  store: ImportStore;
};

export function createImportRunner({ engine, deps, store }: Input): ImportRunner {
  const { ports, bulk, views } = engine;
  const { outbox, clock, session } = deps;
  const account = session.account.key;
  const shown = createObservable<readonly ShownImport[]>([]);
  const channel = ports.channel(`threefold:${account}:imports`);
  const stopHearing = channel.onMessage((message) => void (message === 'unreadable' ? resume() : hear()));
  /** By this tab, now: it knows best how far that is. */
  const isTaking = new Set<string>();
  /** Imports that this tab has found unreadable. */
  const unreadable = new Set<string>();
  let running = Promise.resolve();

  function show(record: StoredImport, state: ShownImport['state']) {
    const { id, name, pieces, next } = record;
    const one = { id, name, done: tasksBefore(record, next), total: tasksBefore(record, pieces.length), state };
    const others = shown.current();
    shown.set(
      others.some((other) => other.id === id)
        ? others.map((other) => (other.id === id ? one : other))
        : [...others, one],
    );
  }

  const forget = (id: string) => shown.set(shown.current().filter((one) => one.id !== id));

  /** What cannot be read now is with the next step. */
  async function hear() {
    try {
      await look();
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
    }
  }

  /** What other tabs do shows here too, and what was over before this one. */
  async function look() {
    const ready = (await store.all()).filter(({ isReady }) => isReady);
    const left = new Set(ready.map(({ id }) => id));
    for (const { id } of shown.current()) if (!left.has(id) && !isTaking.has(id)) forget(id);
    for (const record of ready) {
      if (isTaking.has(record.id)) continue;
      if (record.end === undefined || msBetween(record.end.at, clock.now()) < keptMs) {
        show(record, record.end?.state ?? (unreadable.has(record.id) ? 'unreadable' : 'running'));
      } else {
        await store.remove(record);
        forget(record.id);
      }
    }
  }

  async function take(record: StoredImport): Promise<void> {
    isTaking.add(record.id);
    try {
      await takePieces(record);
    } finally {
      isTaking.delete(record.id);
    }
  }

  async function takePieces(first: StoredImport): Promise<void> {
    let record = first;
    for (; record.next < record.pieces.length; record = { ...record, next: record.next + 1 }) {
      show(record, 'running');
      const changes = await store.piece(record.id, record.next);
      if (changes === 'unreadable') return standStill(record);
      unreadable.delete(record.id);
      const ids =
        changes === undefined
          ? null
          : await outbox.addPiece(changes, { id: record.id, piece: record.next, summarize: listCreatedByImport });
      // Given up, here or in another tab.
      if (ids === null) return show(record, 'stopped');
      channel.post('step');
      await ports.pause();
    }
    const ended = await store.end(record.id, { state: 'done', at: clock.now() });
    channel.post('step');
    show(record, ended?.end?.state ?? 'stopped');
  }

  /** Once for each tab, so that two of them do not tell each other for ever. */
  function standStill(record: StoredImport) {
    if (!unreadable.has(record.id)) channel.post('unreadable');
    unreadable.add(record.id);
    show(record, 'unreadable');
  }

  async function takeAll() {
    const tried = new Set<string>();
    await ports.withLock(`threefold:${account}:import`, async () => {
      // Whatever is not whole now was left by a tab that is gone.
      await ports.withLock(`threefold:${account}:import:keeping`, async () => {
        for (const record of await store.all()) if (!record.isReady) await store.remove(record);
      });
      for (let record = await nextOne(tried); record !== undefined; record = await nextOne(tried)) {
        tried.add(record.id);
        await take(record);
      }
    });
  }
  const nextOne = async (tried: ReadonlySet<string>) =>
    (await store.all()).find(({ id, isReady, end }) => isReady && end === undefined && !tried.has(id));

  /** A device that keeps no more is said with each import that stands still. */
  async function goOn(): Promise<void> {
    try {
      await look();
      await takeAll();
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
      shown.set(shown.current().map((one) => (one.state === 'running' ? { ...one, state: 'refused' } : one)));
    }
  }
  async function dismiss(id: string) {
    const record = (await store.all()).find((one) => one.id === id);
    if (record !== undefined) await store.remove(record);
    forget(id);
    channel.post('step');
  }
  /** Without the folders that hold more than the file put there: it would go with them. */
  function withoutShared(made: readonly CreatedByImport[]): readonly CreatedByImport[] {
    const own = new Set(made.map(({ change }) => outbox.resolve(change.id)));
    const shared = new Set<string>();
    // What is followed begins with everything there is.
    views.followRows((moves) => {
      for (const { after } of moves)
        if (after !== undefined && !own.has(outbox.resolve(after.id))) shared.add(outbox.resolve(after.folderId));
    })();
    return made.filter(({ change }) => change.kind !== 'createFolder' || !shared.has(outbox.resolve(change.id)));
  }
  /** One after the other: what is begun while the last look for more is under way is not overlooked. */
  const resume = () => (running = running.then(goOn, goOn));

  return {
    visible: shown,
    resume,
    async start(name, plan, onProgress) {
      let record: StoredImport = { id: ports.newId(), name, at: clock.now(), isReady: false, pieces: [], next: 0 };
      await ports.withLock(`threefold:${account}:import:keeping`, async () => {
        try {
          let kept = 0;
          for (const { tasks, changes, files } of plan.pieces()) {
            record = { ...record, pieces: [...record.pieces, { tasks, files: [...files.keys()] }] };
            await store.savePiece(record, changes, files);
            onProgress?.((kept += tasks));
            await ports.pause();
          }
          record = { ...record, isReady: true };
          await store.save(record);
        } catch (error) {
          // Best effort: what cannot be removed now is when the next import begins.
          await store.remove(record).catch(() => undefined);
          throw error;
        }
      });
      show(record, 'running');
      channel.post('step');
      void resume();
    },
    async stop(id) {
      const ended = await store.end(id, { state: 'stopped', at: clock.now() });
      if (ended !== undefined) show(ended, 'stopped');
      channel.post('step');
    },
    async undo(id, onProgress) {
      const record = (await store.all()).find((one) => one.id === id);
      if (record === undefined) return 0;
      const taken = record.pieces.slice(0, record.next);
      const pieces = await Promise.all(
        taken.map(async ({ tasks }, piece) => (await store.created(id, piece)) ?? { items: [], unreadable: tasks }),
      );
      const unknown = pieces.reduce((sum, piece) => sum + piece.unreadable, 0);
      const made = withoutShared(pieces.flatMap(({ items }) => items)).map(({ changeId, change }) => ({
        changeId,
        step: { change, before: null },
      }));
      const lost = await bulk.undo(made, { onProgress: (done) => onProgress?.(done, made.length) });
      await dismiss(id);
      return lost + unknown;
    },
    dismiss,
    close() {
      stopHearing();
      channel.close();
      store.close();
    },
  };
}

const opened = new WeakMap<SyncEngine, Promise<ImportRunner>>();

/** The imports of the account, opened once. Rejects with StorageError where the device keeps nothing. */
export function importRunnerOf(engine: SyncEngine, deps: Deps): Promise<ImportRunner> {
  const known = opened.get(engine);
  if (known !== undefined) return known;
  const opening = openImportStore(deps.session.account.key).then((store) =>
    createImportRunner({ engine, deps, store }),
  );
  opened.set(engine, opening);
  // Another account gets another engine.
  engine.onClose(
    () =>
      void opening.then(
        (imports) => imports.close(),
        // Nothing was opened.
        () => undefined,
      ),
  );
  // Refused once is not refused for ever.
  opening.catch(() => opened.delete(engine));
  return opening;
}
