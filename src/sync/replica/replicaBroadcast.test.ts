import { afterEach, expect, it, vi } from 'vitest';
import { blankTask } from '../../domain/changes/taskPatch.ts';
import type { Task } from '../../domain/task/task.ts';
import type { StoredPlace } from '../storage/database.ts';
import { applyRows } from './folderTable.ts';
import { createFolderTables } from './folderTables.ts';
import { listenToTabs } from './replicaBroadcast.ts';

const place = { mailbox: 'me', id: 'f' };
const row = (id: string, etag: string): Task => ({
  ...blankTask({ id, folderId: 'f', owner: null, now: '2026-03-01T08:00:00.000Z' }),
  etag,
});
const storedAt = (cursor: string): StoredPlace => ({
  ...place,
  cursor,
  isComplete: true,
  at: '2026-03-18T09:00:00.000Z',
});

type Read = { rows: (Task | undefined)[]; place?: StoredPlace };

/** A tab that has loaded a folder; `reads` answer its reads of the disk, in order. */
function openTab(rows: readonly Task[], reads: readonly (() => Read)[]) {
  const tables = createFolderTables();
  const table = tables.at(place);
  applyRows(table, rows);
  table.stored = storedAt('1');
  table.loading = Promise.resolve({ kind: 'whole', at: null });
  const left = [...reads];
  const listeners = new Set<(message: unknown) => void>();
  const posted: unknown[] = [];
  const tabs = listenToTabs({
    channel: {
      post: (message) => void posted.push(message),
      onMessage(listener) {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      close: () => {},
    },
    tables,
    persistence: {
      attempt: (_table, work) => work(),
      load: () => table.loading ?? Promise.reject(new Error('It is loaded')),
      catchUp: () => Promise.reject(new Error('Nothing is pulled here')),
      save: () => Promise.reject(new Error('Nothing is saved here')),
    },
    store: {
      rowsById: () => {
        const read = left.shift();
        return read === undefined ? Promise.reject(new Error('One read too many')) : Promise.resolve().then(read);
      },
    },
  });
  const receive = async (message: unknown) => {
    for (const listener of listeners) listener(message);
    await tabs.applied();
  };
  const etags = () => Object.fromEntries([...table.rows.values()].map(({ id, etag }) => [id, etag]));
  return { table, tables, receive, etags, left };
}
const saved = (...ids: readonly string[]) => ({ kind: 'saved', place, ids });

afterEach(() => vi.unstubAllGlobals());

it('takes over what another tab has saved, and removes what it has removed', async () => {
  const read = () => ({ rows: [row('a', '2'), undefined], place: storedAt('2') });
  const { receive, etags, table } = openTab([row('a', '1'), row('b', '1'), row('c', '1')], [read]);
  table.unconfirmed = new Set(['a', 'c']);
  await receive(saved('a', 'b'));
  expect(etags()).toEqual({ a: '2', c: '1' });
  expect(table.stored?.cursor).toBe('2');
  expect(table.unconfirmed).toEqual(new Set(['c']));
});

it('reads again when this tab has saved a step while it read, because what it read may be older', async () => {
  const older = () => {
    applyRows(tab.table, [row('a', '3')]);
    tab.table.stored = storedAt('3');
    return { rows: [row('a', '2')], place: storedAt('2') };
  };
  const tab = openTab([row('a', '1')], [older, () => ({ rows: [row('a', '3')], place: storedAt('3') })]);
  await tab.receive(saved('a'));
  expect(tab.etags()).toEqual({ a: '3' });
  expect(tab.table.stored?.cursor).toBe('3');
  expect(tab.left).toEqual([]);
});

it('leaves a folder alone that is not open, not loaded, or no longer on disk', async () => {
  const elsewhere = openTab([row('a', '1')], []);
  await elsewhere.receive({ ...saved('a'), place: { mailbox: 'me', id: 'other' } });
  expect(elsewhere.tables.all()).toHaveLength(1);
  elsewhere.table.loading = null;
  await elsewhere.receive(saved('a'));
  const evicted = openTab([row('a', '1')], [() => ({ rows: [undefined] })]);
  await evicted.receive(saved('a'));
  expect(evicted.etags()).toEqual({ a: '1' });
});

it('drops a folder that another tab has dropped, and ignores messages of other versions', async () => {
  const { receive, tables } = openTab([row('a', '1')], []);
  for (const message of [null, 'saved', {}, { kind: 'saved', place }, { kind: 'saved', place, ids: 'a' }, { place }])
    await receive(message);
  expect(tables.all()).toHaveLength(1);
  await receive({ kind: 'dropped', place });
  expect(tables.all()).toEqual([]);
});

it('a message that cannot be applied is reported, and later ones are applied', async () => {
  const reported = vi.fn();
  vi.stubGlobal('reportError', reported);
  const fault = new Error('A fault of the code');
  const reads = [
    () => {
      throw fault;
    },
    () => ({ rows: [row('a', '2')], place: storedAt('2') }),
  ];
  const { receive, etags } = openTab([row('a', '1')], reads);
  await receive(saved('a'));
  expect(reported).toHaveBeenCalledExactlyOnceWith(fault);
  await receive(saved('a'));
  expect(etags()).toEqual({ a: '2' });
});
