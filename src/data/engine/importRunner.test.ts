import 'fake-indexeddb/auto';
import { describe, expect, it, onTestFinished } from 'vitest';
import { systemClock } from '../../domain/time/time.ts';
import { openOutbox } from '../../sync/outbox/outbox.ts';
import { openChannel } from '../../sync/platform/ports.ts';
import type { ImportStore, StoredImport } from '../../sync/storage/importStore.ts';
import { importPieceKey, StorageError } from '../../sync/storage/accountStore.ts';
import { openAccountDatabase } from '../../sync/storage/database.ts';
import { openImportStore } from '../../sync/storage/importStore.ts';
import type { SyncEngine } from './syncEngine.ts';
import type { ImportPlan } from '../../sync/import/importPlan.ts';
import { createImportRunner, importRunnerOf } from './importRunner.ts';
import type { ImportRunner } from './importRunner.ts';
import type { Deps } from '../../sync/accountSession.ts';

it('an import that is begun while the last look for more is under way is taken in, too', async () => {
  const late: StoredImport = { id: 'late', name: 'tasks.json', at: '', isReady: true, pieces: [], next: 0 };
  let looks = 0;
  const kept: StoredImport[] = [];
  const store = {
    all() {
      looks += 1;
      const there = [...kept];
      // The third look is the last of the first turn: what it answers is old already.
      if (looks === 3) {
        kept.push(late);
        void imports.resume();
      }
      return Promise.resolve(there);
    },
    end(id: string, end: NonNullable<StoredImport['end']>) {
      const ended = kept.filter((one) => one.id === id).map((one) => ({ ...one, end }));
      kept.splice(0, kept.length, ...ended);
      return Promise.resolve(ended[0]);
    },
    close: () => {},
  } as unknown as ImportStore;
  const ports = {
    channel: openChannel,
    pause: () => Promise.resolve(),
    withLock: <T>(_name: string, work: () => Promise<T>) => work(),
  };
  const deps = { session: { account: { key: 'a' } }, clock: { now: () => '2026-03-18T09:00:00.000Z' } };
  const imports = createImportRunner({ engine: { ports }, deps, store } as unknown as Parameters<
    typeof createImportRunner
  >[0]);
  const isDone = new Promise<void>((resolve) => {
    imports.visible.subscribe(() => imports.visible.current().some(({ state }) => state === 'done') && resolve());
  });
  await imports.resume();
  await isDone;
  expect(kept).toMatchObject([{ id: 'late', end: { state: 'done' } }]);
  imports.close();
});

it('imports end with the engine of their account', async () => {
  const closing: (() => void)[] = [];
  const ports = {
    channel: openChannel,
    newId: () => 'i',
    withLock: <T>(_name: string, work: () => Promise<T>) => work(),
  };
  const engine = { ports, onClose: (close: () => void) => closing.push(close) } as unknown as SyncEngine;
  const deps = { session: { account: { key: 'leaving' } }, clock: { now: () => '' } } as unknown as Deps;
  const imports = await importRunnerOf(engine, deps);
  for (const close of closing) close();
  const begin = () => imports.start('tasks.json', { pieces: () => [] } as unknown as ImportPlan);
  await expect.poll(() => begin().catch((error: unknown) => error)).toBeInstanceOf(StorageError);
});

it('taking an import back leaves a folder that holds something else by now', async () => {
  const made = (kind: string, id: string) => ({ changeId: `${kind} ${id}`, change: { kind, mailbox: 'me', id } });
  const pieces = [[made('createFolder', 'local-f'), made('createFolder', 'local-g'), made('createTask', 'local-t')]];
  const record = { id: 'i', name: '', at: '', isReady: true, pieces: [{ tasks: 1, files: [] }], next: 1 };
  const store = {
    all: () => Promise.resolve([record]),
    created: (_id: string, piece: number) => Promise.resolve({ items: pieces[piece], unreadable: 0 }),
    remove: () => Promise.resolve(),
    close: () => {},
  };
  const rows = [
    { id: 'T', folderId: 'G' },
    { id: 'local-own', folderId: 'local-f' },
  ];
  const taken: string[] = [];
  const engine = {
    ports: { channel: openChannel },
    views: {
      followRows: (listener: (changes: unknown) => void) => (listener(rows.map((after) => ({ after }))), () => {}),
    },
    bulk: { undo: (all: { changeId: string }[]) => (taken.push(...all.map(({ changeId }) => changeId)), 0) },
  };
  const ids: Readonly<Record<string, string>> = { 'local-f': 'F', 'local-g': 'G', 'local-t': 'T' };
  const deps = { session: { account: { key: 'b' } }, outbox: { resolve: (id: string) => ids[id] ?? id } };
  const imports = createImportRunner({ engine, deps, store } as unknown as Parameters<typeof createImportRunner>[0]);
  await imports.undo('i');
  expect(taken).toEqual(['createFolder local-g', 'createTask local-t']);
  imports.close();
});

it('what another tab does is looked at again with its next step, when it could not be read', async () => {
  let looks = 0;
  const record = { id: 'i', name: 'tasks.json', at: '', isReady: true, pieces: [], next: 0 };
  const all = () => {
    looks += 1;
    return looks === 1 ? Promise.reject(new StorageError('refused', undefined)) : Promise.resolve([record]);
  };
  const engine = { ports: { channel: openChannel } };
  const deps = { session: { account: { key: 'c' } } };
  const store = { all, close: () => {} };
  const imports = createImportRunner({ engine, deps, store } as unknown as Parameters<typeof createImportRunner>[0]);
  const other = openChannel('threefold:c:imports');
  other.post('step');
  await expect.poll(() => looks).toBe(1);
  other.post('step');
  await expect.poll(() => imports.visible.current()).toHaveLength(1);
  other.close();
  imports.close();
});

describe('an import with a piece that cannot be read', () => {
  const at = '2026-03-18T09:00:00.000Z';
  const change = {
    kind: 'createTask',
    mailbox: 'me',
    id: 'local-t',
    folderId: 'f',
    patch: {},
    at,
    zone: 'UTC',
  } as const;
  const foreign = { ...change, kind: 'inventedLater' };
  const blobOf = (value: unknown) => ({ blob: new Blob([JSON.stringify(value)]) });
  const pieces = [1, 2, 3].map(() => ({ tasks: 1, files: [] }));
  const record: StoredImport = { id: 'i', name: 'tasks.json', at, isReady: true, pieces, next: 0 };

  async function openAccount(account: string) {
    const outbox = await openOutbox({
      account,
      clock: systemClock(() => Date.parse(at)),
      newId: () => crypto.randomUUID(),
      channel: { post: () => {}, onMessage: () => () => {}, close: () => {} },
    });
    const ports = {
      channel: openChannel,
      pause: () => Promise.resolve(),
      withLock: <T>(_name: string, work: () => Promise<T>) => work(),
    };
    const bulk = { undo: () => Promise.resolve(0) };
    const views = { followRows: () => () => {} };
    const deps = { session: { account: { key: account } }, clock: { now: () => at }, outbox };
    const open = async () =>
      createImportRunner({
        engine: { ports, bulk, views },
        deps,
        store: await openImportStore(account),
      } as unknown as Parameters<typeof createImportRunner>[0]);
    const database = await openAccountDatabase(account);
    const put = (at: number, value: unknown) =>
      database.use((db) => db.put('blobs', blobOf(value), importPieceKey('i', at)));
    await database.use((db) => db.put('imports', record, 'i'));
    for (const [piece, changes] of [[change], [change, foreign], [change]].entries()) await put(piece, changes);
    onTestFinished(() => {
      outbox.close();
      database.close();
    });
    return { outbox, open, database, put };
  }
  const stateOf = (imports: ImportRunner) =>
    imports.visible.current().map(({ state, done, total }) => [state, done, total]);

  it('stands still there, and keeps what is left for a version that can', async () => {
    const { outbox, open, database, put } = await openAccount('stands');
    const [imports, other] = [await open(), await open()];
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
    imports.close();
    other.close();
  });

  it('is stopped when the person says so', async () => {
    const { outbox, open, database } = await openAccount('stopped');
    const imports = await open();
    await imports.resume();
    await imports.stop('i');
    await imports.resume();
    expect(stateOf(imports)).toEqual([['stopped', 1, 3]]);
    expect(outbox.ops()).toHaveLength(1);
    expect(await database.use((db) => db.count('blobs'))).toBe(1);
    imports.close();
  });

  it('says that what it made there cannot be taken back', async () => {
    const { open, database, put } = await openAccount('taken-back');
    const imports = await open();
    await imports.resume();
    await imports.stop('i');
    await put(0, [{ changeId: 'c', change: foreign }]);
    expect(await imports.undo('i')).toBe(1);
    await database.use((db) => db.put('imports', { ...record, next: 1, end: { state: 'stopped', at } }, 'i'));
    await database.use((db) => db.delete('blobs', importPieceKey('i', 0)));
    expect(await imports.undo('i')).toBe(1);
    imports.close();
  });
});
