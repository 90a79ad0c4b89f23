import type { Clock } from '../../domain/time/time.ts';
import type { Account, Deps } from '../../sync/accountSession.ts';
import type { BulkCommands } from '../../sync/commands/bulkCommands.ts';
import type { ImportPlan } from '../../sync/import/importPlan.ts';
import type { Outbox } from '../../sync/outbox/outbox.ts';
import type { Observable } from '../../domain/async/observable.ts';
import type { Ports } from '../../sync/platform/ports.ts';
import { openImportStore, StorageError } from '../../sync/storage/importStore.ts';
import type { ImportStore, StoredImport } from '../../sync/storage/importStore.ts';
import type { SyncEngine } from '../../sync/engine/syncEngine.ts';
import type { TaskViews } from '../../sync/views/taskViews.ts';
import { createImportList } from './importList.ts';
import type { ShownImport } from './importList.ts';
import { importPieces } from './importPieces.ts';
import { storeImportPlan } from './storeImportPlan.ts';
import { undoImport } from './undoImport.ts';

export type { ShownImport } from './importList.ts';

/** The imports of an account, in step with other tabs: one import at a time, run by one tab. */
export type ImportRunner = {
  visible: Observable<readonly ShownImport[]>;
  /**
   * Stores a plan completely, then runs it, also after a reload. Rejects with StorageError when it cannot be stored;
   * then nothing of it is.
   */
  start: (name: string, plan: Pick<ImportPlan, 'pieces'>, onProgress?: (storedTasks: number) => void) => Promise<void>;
  /** Resumes what is unfinished. Never rejects for storage errors, which show in the list. */
  resume: () => Promise<void>;
  /** Keeps what was created so far. */
  stop: (id: string) => Promise<void>;
  /**
   * Undoes what it created, also after a reload; resolves with how many items could not be undone. A folder that holds
   * other tasks by now stays. Can be repeated after an interruption. Rejects with StorageError.
   */
  undo: (id: string, onProgress?: (done: number, total: number) => void) => Promise<number>;
  /** Removes a finished import from the list. Rejects with StorageError. */
  dismiss: (id: string) => Promise<void>;
  close: () => void;
};

type Input = {
  account: string;
  store: ImportStore;
  outbox: Pick<Outbox, 'addPiece' | 'resolve' | 'cancelUploads'>;
  bulk: Pick<BulkCommands, 'undo'>;
  views: Pick<TaskViews, 'followRows'>;
  clock: Pick<Clock, 'now'>;
  ports: Pick<Ports, 'channel' | 'newId' | 'pause' | 'withLock'>;
};

export function createImportRunner({ account, store, outbox, bulk, views, clock, ports }: Input): ImportRunner {
  const list = createImportList(store, clock);
  const channel = ports.channel(`threefold:${account}:imports`);
  const unsubscribe = channel.onMessage((message) => void (message === 'unreadable' ? resume() : refresh()));
  const withStoringLock = <T>(work: () => Promise<T>) => ports.withLock(`threefold:${account}:import:keeping`, work);
  let queue = Promise.resolve();

  /** A failed read is repeated at the next step. */
  async function refresh() {
    try {
      await list.refresh();
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
    }
  }

  const importOne = (record: StoredImport) =>
    list.whileImporting(record.id, () => importPieces(record, { store, outbox, list, clock, ports, channel }));

  async function importAll() {
    const tried = new Set<string>();
    const nextImport = async () =>
      (await store.all()).find(({ id, isReady, end }) => isReady && end === undefined && !tried.has(id));
    await ports.withLock(`threefold:${account}:import`, async () => {
      // Imports not completely stored were left by a closed tab.
      await withStoringLock(async () => {
        for (const record of await store.all()) if (!record.isReady) await store.remove(record);
      });
      for (let record = await nextImport(); record !== undefined; record = await nextImport()) {
        tried.add(record.id);
        await importOne(record);
      }
    });
  }

  async function run(): Promise<void> {
    try {
      await list.refresh();
      await importAll();
    } catch (error) {
      if (!(error instanceof StorageError)) throw error;
      list.showRefused();
    }
  }
  /** Runs one after the other, so that an import started during the last read is not missed. */
  const resume = () => (queue = queue.then(run, run));

  const storedImport = async (id: string) => (await store.all()).find((one) => one.id === id);
  async function dismiss(id: string) {
    const record = await storedImport(id);
    if (record !== undefined) await store.remove(record);
    list.remove(id);
    channel.post('step');
  }

  return {
    visible: list.visible,
    resume,
    async start(name, plan, onProgress) {
      const record = await withStoringLock(() => storeImportPlan(name, plan, { store, clock, ports, onProgress }));
      list.show(record, 'running');
      channel.post('step');
      void resume();
    },
    async stop(id) {
      const ended = await store.end(id, { state: 'stopped', at: clock.now() });
      if (ended !== undefined) list.show(ended, 'stopped');
      channel.post('step');
    },
    async undo(id, onProgress) {
      const record = await storedImport(id);
      if (record === undefined) return 0;
      const notUndone = await undoImport(record, { store, outbox, bulk, views, onProgress });
      await dismiss(id);
      return notUndone;
    },
    dismiss,
    close() {
      unsubscribe();
      channel.close();
      store.close();
    },
  };
}

type Engine = Pick<Input, 'bulk' | 'ports' | 'views'> & Pick<SyncEngine, 'onClose'>;
type Session = Pick<Deps, 'clock' | 'outbox'> & { session: { account: Pick<Account, 'key'> } };

const opened = new WeakMap<Engine, Promise<ImportRunner>>();

/** The imports of an account, opened once for each engine. Rejects with StorageError where the device stores nothing. */
export function importRunnerOf(engine: Engine, deps: Session): Promise<ImportRunner> {
  const known = opened.get(engine);
  if (known !== undefined) return known;
  const account = deps.session.account.key;
  const { outbox, clock } = deps;
  const { bulk, views, ports } = engine;
  const opening = openImportStore(account).then((store) =>
    createImportRunner({ account, store, outbox, bulk, views, clock, ports }),
  );
  opened.set(engine, opening);
  // Another account has another engine.
  engine.onClose(
    () =>
      void opening.then(
        (imports) => imports.close(),
        // Nothing was opened.
        () => undefined,
      ),
  );
  // A later call tries again.
  opening.catch(() => opened.delete(engine));
  return opening;
}
