import 'fake-indexeddb/auto';
import { expect, it } from 'vitest';
import { openChannel } from '../../sync/platform/ports.ts';
import type { ImportStore, StoredImport } from '../../sync/storage/importStore.ts';
import { StorageError } from '../../sync/storage/accountStore.ts';
import type { SyncEngine } from './syncEngine.ts';
import type { ImportPlan } from '../../sync/import/importPlan.ts';
import { createImportRunner, importRunnerOf } from './importRunner.ts';
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
    created: (_id: string, piece: number) => Promise.resolve(pieces[piece]),
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
