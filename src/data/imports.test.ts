import 'fake-indexeddb/auto';
import { expect, it, vi } from 'vitest';
import { openChannel } from '../sync/ports.ts';
import type { ImportStore, StoredImport } from '../sync/imports.ts';
import { StorageError } from '../sync/storage.ts';
import type { Engine } from './engine.ts';
import type { ImportPlan } from './importPlan.ts';
import { createImports, importsOf } from './imports.ts';
import type { Deps } from './session.ts';

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
  const imports = createImports({ engine: { ports }, deps, store } as unknown as Parameters<typeof createImports>[0]);
  const isDone = new Promise<void>((resolve) => {
    imports.shown.subscribe(() => imports.shown.current().some(({ state }) => state === 'done') && resolve());
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
  const engine = { ports, onClose: (close: () => void) => closing.push(close) } as unknown as Engine;
  const deps = { session: { account: { key: 'leaving' } }, clock: { now: () => '' } } as unknown as Deps;
  const imports = await importsOf(engine, deps);
  for (const close of closing) close();
  await vi.waitFor(async () => {
    await expect(imports.begin('tasks.json', { pieces: () => [] } as unknown as ImportPlan)).rejects.toThrow(
      StorageError,
    );
  });
});
