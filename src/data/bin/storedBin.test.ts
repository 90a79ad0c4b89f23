import 'fake-indexeddb/auto';
import { expect, it, onTestFinished, vi } from 'vitest';
import type { BinItem } from '../../domain/task/binItem.ts';
import { openReplicaStore } from '../../sync/storage/replicaStore.ts';
import { loadStoredBin, saveStoredBin } from './storedBin.ts';

const at = '2026-03-18T09:00:00.000Z';
const item: BinItem = {
  id: 'a',
  kind: 'task',
  name: 'Order tiles',
  folderId: 'f',
  folderName: 'Kitchen',
  taskCount: 1,
  deletedAt: at,
  keptUntil: '2026-04-17T09:00:00.000Z',
};

async function openStore() {
  const { store, close } = await openReplicaStore(crypto.randomUUID());
  onTestFinished(close);
  return store;
}

it('lists what was stored, without items that this version cannot read', async () => {
  const reportError = vi.fn();
  vi.stubGlobal('reportError', reportError);
  onTestFinished(() => void vi.unstubAllGlobals());
  const store = await openStore();
  await saveStoredBin(store, [item], at);
  expect(await loadStoredBin(store)).toEqual([item]);
  await store.saveFirstPaint('bin', { format: 1, at, content: [{ ...item, kind: 'group' }, item] });
  expect(await loadStoredBin(store)).toEqual([item]);
  expect(reportError).toHaveBeenCalledTimes(1);
});

it('has nothing in place of a bin that is missing, no list, or of another format', async () => {
  const store = await openStore();
  expect(await loadStoredBin(store)).toBeNull();
  await store.saveFirstPaint('bin', { format: 1, at, content: 'none' });
  expect(await loadStoredBin(store)).toBeNull();
  await store.saveFirstPaint('bin', { format: 2, at, content: [item] });
  expect(await loadStoredBin(store)).toBeNull();
});
