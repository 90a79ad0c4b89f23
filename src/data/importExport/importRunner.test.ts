import 'fake-indexeddb/auto';
import { describe, expect, it, onTestFinished } from 'vitest';
import { serverCapabilities } from '../../api/serverCapabilities.ts';
import type { Change } from '../../domain/changes/change.ts';
import { blankTask } from '../../domain/changes/taskPatch.ts';
import { defaultGroupKey } from '../../domain/task/task.ts';
import type { Task } from '../../domain/task/task.ts';
import { systemClock } from '../../domain/time/time.ts';
import { createBulkCommands } from '../../sync/commands/bulkCommands.ts';
import { createCommands } from '../../sync/commands/commands.ts';
import { createUndo } from '../../sync/commands/inverse.ts';
import { openOutbox } from '../../sync/outbox/outbox.ts';
import { lockPort, openChannel } from '../../sync/platform/ports.ts';
import { createSendQueue } from '../../sync/send/sendQueue.ts';
import { importPieceKey, StorageError } from '../../sync/storage/accountStore.ts';
import { openAccountDatabase } from '../../sync/storage/database.ts';
import { openImportStore } from '../../sync/storage/importStore.ts';
import type { StoredImport } from '../../sync/storage/importStore.ts';
import { serverResultOf } from '../../sync/storage/serverResult.ts';
import { createImportRunner, importRunnerOf } from './importRunner.ts';
import type { ImportRunner } from './importRunner.ts';

const at = '2026-03-18T09:00:00.000Z';
const clock = systemClock(() => Date.parse(at));

const createTask = (id: string, folderId = 'f') =>
  ({ kind: 'createTask', mailbox: 'me', id, folderId, patch: {}, at, zone: 'UTC' }) as const satisfies Change;
const createFolder = (id: string, name: string) =>
  ({
    kind: 'createFolder',
    mailbox: 'me',
    id,
    name,
    groupId: null,
    groupKey: defaultGroupKey,
  }) as const satisfies Change;

/** A plan of one piece. */
const planOf = (...changes: readonly Change[]) => ({
  *pieces() {
    yield {
      tasks: changes.filter(({ kind }) => kind === 'createTask').length,
      changes,
      files: new Map<string, Blob>(),
    };
  },
});

/** An account on this device, offline, whose own folders hold `rows`. */
async function openAccount(rows: readonly Task[] = []) {
  const account = crypto.randomUUID();
  const ports = {
    channel: openChannel,
    newId: () => crypto.randomUUID(),
    pause: () => Promise.resolve(),
    withLock: lockPort(undefined),
  };
  const outbox = await openOutbox({ account, clock, newId: ports.newId, channel: openChannel(account) });
  const store = await openImportStore(account);
  const database = await openAccountDatabase(account);
  const shown = { group: () => undefined, groupByKey: () => undefined, folder: () => undefined };
  const commands = createCommands({ outbox, clock, ports, zone: () => 'UTC', shown });
  const { inverseOf } = createUndo({ outbox, capabilities: serverCapabilities('outlookRest', false), commands });
  const bulk = createBulkCommands({ outbox, ports, inverseOf });
  const views = {
    followRows: (listener: (moves: readonly { before: undefined; after: Task }[]) => void) => {
      listener(rows.map((after) => ({ before: undefined, after })));
      return () => {};
    },
  };
  const input = { account, store, outbox, bulk, views, clock, ports };
  onTestFinished(() => {
    outbox.close();
    store.close();
    database.close();
  });
  return {
    ...input,
    database,
    /** A tab's runner, on a connection of its own. */
    openRunner: async (parts: Partial<typeof input> = {}) => {
      const imports = createImportRunner({ ...input, store: await openImportStore(account), ...parts });
      onTestFinished(imports.close);
      return imports;
    },
  };
}

const stateOf = (imports: ImportRunner) =>
  imports.visible.current().map(({ state, done, total }) => [state, done, total]);

it('an import that begins during the last look of a run is imported, too', async () => {
  const { store, outbox, openRunner } = await openAccount();
  const late: StoredImport = {
    id: 'late',
    name: 'a.json',
    at,
    isReady: true,
    pieces: [{ tasks: 1, files: [] }],
    next: 0,
  };
  let reads = 0;
  async function all() {
    const found = await store.all();
    reads += 1;
    // The third read is the last of the first run: its answer is stale.
    if (reads === 3) {
      await store.savePiece(late, [createTask('local-t')], new Map());
      void imports.resume();
    }
    return found;
  }
  const imports = await openRunner({ store: { ...store, all } });
  await imports.resume();
  await expect.poll(() => stateOf(imports)).toEqual([['done', 1, 1]]);
  expect(outbox.ops().map(({ change }) => change.id)).toEqual(['local-t']);
});

it('imports end with the engine of their account', async () => {
  const { account, outbox, bulk, views, ports } = await openAccount();
  const closing: (() => void)[] = [];
  const engine = { ports, bulk, views, onClose: (close: () => void) => closing.push(close) };
  const imports = await importRunnerOf(engine, { outbox, clock, session: { account: { key: account } } });
  for (const close of closing) close();
  const begin = () => imports.start('tasks.json', planOf(createTask('local-t')));
  await expect.poll(() => begin().catch((error: unknown) => error)).toBeInstanceOf(StorageError);
});

it('undoing an import leaves a folder that holds other tasks by now', async () => {
  const rows = [
    blankTask({ id: 'T', folderId: 'G', owner: null, now: at }),
    blankTask({ id: 'local-other', folderId: 'F', owner: null, now: at }),
  ];
  const { outbox, openRunner } = await openAccount(rows);
  const imports = await openRunner();
  const plan = planOf(createFolder('local-f', 'F'), createFolder('local-g', 'G'), createTask('local-t', 'local-g'));
  await imports.start('tasks.json', plan);
  await imports.resume();
  const sending = createSendQueue(outbox, clock);
  for (const id of ['F', 'G', 'T']) {
    const [op] = await sending.beginAll(outbox.ops().slice(0, 1));
    if (op === undefined) throw new Error('Expected another change');
    await sending.settle(op, serverResultOf(op.change, { ids: [[op.change.id, id]] }), undefined);
  }
  expect(await imports.undo(imports.visible.current()[0]?.id ?? '')).toBe(0);
  expect(outbox.ops().map(({ change }) => [change.kind, change.id])).toEqual([
    ['deleteTask', 'T'],
    ['deleteFolder', 'G'],
  ]);
  expect(imports.visible.current()).toEqual([]);
});

it('what another tab stores is read again at its next step, when it could not be read', async () => {
  const { account, store, openRunner } = await openAccount();
  let reads = 0;
  const all = () => {
    reads += 1;
    return reads === 1 ? Promise.reject(new StorageError('refused', undefined)) : store.all();
  };
  const imports = await openRunner({ store: { ...store, all } });
  await store.save({ id: 'i', name: 'tasks.json', at, isReady: true, pieces: [], next: 0 });
  const other = openChannel(`threefold:${account}:imports`);
  onTestFinished(other.close);
  other.post('step');
  await expect.poll(() => reads).toBe(1);
  other.post('step');
  await expect.poll(() => stateOf(imports)).toEqual([['running', 0, 0]]);
});

describe('an import with a piece that cannot be read', () => {
  const change = createTask('local-t');
  const foreign = { ...change, kind: 'inventedLater' };
  const pieces = [1, 2, 3].map(() => ({ tasks: 1, files: [] }));
  const record: StoredImport = { id: 'i', name: 'tasks.json', at, isReady: true, pieces, next: 0 };

  async function openHalfReadable() {
    const account = await openAccount();
    const { database } = account;
    const put = (piece: number, value: unknown) =>
      database.use((db) => db.put('blobs', { blob: new Blob([JSON.stringify(value)]) }, importPieceKey('i', piece)));
    await database.use((db) => db.put('imports', record, 'i'));
    for (const [piece, changes] of [[change], [change, foreign], [change]].entries()) await put(piece, changes);
    return { ...account, put };
  }

  it('stops before it, and keeps what is left for a version that can', async () => {
    const { outbox, openRunner, database, put } = await openHalfReadable();
    const [imports, other] = [await openRunner(), await openRunner()];
    await imports.resume();
    expect(stateOf(imports)).toEqual([['unreadable', 1, 3]]);
    expect(outbox.ops()).toHaveLength(1);
    expect(await database.use((db) => db.get('imports', 'i'))).toEqual({ ...record, next: 1 });
    expect(await database.use((db) => db.count('blobs'))).toBe(3);
    await expect.poll(() => stateOf(other)).toEqual([['unreadable', 1, 3]]);
    await put(1, [change]);
    await imports.resume();
    expect(stateOf(imports)).toEqual([['done', 3, 3]]);
    expect(outbox.ops()).toHaveLength(3);
  });

  it('can be stopped by the person', async () => {
    const { outbox, openRunner, database } = await openHalfReadable();
    const imports = await openRunner();
    await imports.resume();
    await imports.stop('i');
    await imports.resume();
    expect(stateOf(imports)).toEqual([['stopped', 1, 3]]);
    expect(outbox.ops()).toHaveLength(1);
    expect(await database.use((db) => db.count('blobs'))).toBe(1);
  });

  it('counts what it created there as not undone', async () => {
    const { openRunner, database, put } = await openHalfReadable();
    const imports = await openRunner();
    await imports.resume();
    await imports.stop('i');
    await put(0, [{ changeId: 'c', change: foreign }]);
    expect(await imports.undo('i')).toBe(1);
    await database.use((db) => db.put('imports', { ...record, next: 1, end: { state: 'stopped', at } }, 'i'));
    await database.use((db) => db.delete('blobs', importPieceKey('i', 0)));
    expect(await imports.undo('i')).toBe(1);
  });
});
