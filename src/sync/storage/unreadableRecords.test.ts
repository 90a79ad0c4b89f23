import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import type { IDBPDatabase } from 'idb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { blankTask } from '../../domain/changes/taskPatch.ts';
import { systemClock } from '../../domain/time/time.ts';
import { openOutbox } from '../outbox/outbox.ts';
import { createReplica } from '../replica/replica.ts';
import { loadFirstPaint } from '../views/firstPaint.ts';
import { createAccountStore, importPieceKey } from './accountStore.ts';
import { eraseAccountStore, openAccountDatabase } from './database.ts';
import type { AccountDatabase } from './database.ts';
import { createDraftLog } from './draftLog.ts';
import { openImportStore } from './importStore.ts';
import { createKnownAccounts } from './knownAccounts.ts';
import { jsonOf } from './readableRecords.ts';
import { createReminderLog } from './reminderLog.ts';
import { createReplicaStore } from './replicaStore.ts';
import { shareStore } from './shareStore.ts';

const now = '2026-03-18T09:00:00.000Z';
const place = { mailbox: 'me', id: 'f' };
const silent = { post: () => {}, onMessage: () => () => {}, close: () => {} };
const ports = { pause: () => Promise.resolve() };

const reported = vi.fn<(error: Error) => void>();
let account = '';
let database: AccountDatabase;
let count = 0;
beforeEach(async () => {
  account = `unreadable-${(count += 1)}`;
  database = await openAccountDatabase(account);
  reported.mockReset();
  vi.stubGlobal('reportError', reported);
});
afterEach(async () => {
  vi.unstubAllGlobals();
  database.close();
  await eraseAccountStore(account);
});

/** Writes records that no type of this version allows. */
async function write(records: (db: IDBPDatabase) => Promise<unknown>) {
  const db = await openDB(`threefold:${account}`);
  await records(db);
  db.close();
}
const change = { kind: 'deleteTask', mailbox: 'me', folderId: 'f', id: 't', subject: 'Call' };
const op = (id: string, members: object = {}) => ({
  id,
  change,
  madeAt: now,
  notBefore: null,
  repeatabilityId: id,
  firstSentAt: null,
  attempts: 0,
  parked: null,
  ...members,
});
const task = (id: string, members: object = {}) => ({
  ...blankTask({ id, folderId: 'f', owner: null, now }),
  etag: '1',
  ...members,
});

describe('ops', () => {
  const unreadable = [
    op('broken', { attempts: 'many' }),
    op('foreign', { change: { ...change, kind: 'inventedLater' } }),
    op('older', { change: { kind: 'deleteTask', mailbox: 'me', id: 't' } }),
    op('timeless', { madeAt: 'yesterday' }),
    op('impossible', { notBefore: '2026-02-30T09:00:00.000Z' }),
  ];

  it('an unreadable op is skipped alone and stays on disk', async () => {
    const readable = op('a', { addedLater: { by: 'a newer version' } });
    await write(async (db) => {
      for (const one of [...unreadable, readable]) await db.add('ops', one);
    });
    const { ops, unreadableOps } = await createAccountStore(database).load();
    expect([ops, unreadableOps]).toEqual([[{ ...readable, seq: 6 }], 5]);
    expect(reported).toHaveBeenCalledOnce();
    expect(await database.use((db) => db.count('ops'))).toBe(6);
  });

  it('unreadable ops are counted among what sign-out would lose', async () => {
    const record = { id: 'i', name: 'a.csv', at: now, isReady: true, next: 1 };
    const pieces = [3, 4, 5].map((tasks) => ({ tasks, files: [] }));
    const newId = () => 'new';
    const outbox = await openOutbox({ account, clock: systemClock(() => 0), newId, channel: silent });
    expect(await outbox.countHidden()).toEqual({ unreadable: 0, importing: 0 });
    await write(async (db) => {
      for (const one of [...unreadable, op('a')]) await db.add('ops', one);
      await db.put('imports', { ...record, pieces }, 'i');
      await db.put('imports', { ...record, pieces, end: { state: 'stopped', at: now } }, 'over');
      await db.put('imports', { ...record, pieces, isReady: false }, 'begun');
      await db.put('imports', { ...record, pieces: 3 }, 'broken');
    });
    expect(await outbox.countHidden()).toEqual({ unreadable: unreadable.length + 1, importing: 9 });
    outbox.close();
  });

  it('keeps members of a newer version when the op changes', async () => {
    await write((db) => db.add('ops', op('a', { addedLater: 1 })));
    const store = createAccountStore(database);
    await store.change([1], (one) => ({ ...one, attempts: 1 }));
    expect(await database.use((db) => db.get('ops', 1))).toMatchObject({ attempts: 1, addedLater: 1 });
  });

  it('keeps the ids that an unreadable op may name', async () => {
    await write(async (db) => {
      await db.add('ops', unreadable[1]);
      for (let at = 0; at < 201; at += 1) await db.put('ids', `server-${at}`, `local-${at}`);
      await db.put('ids', 7, 'local-x');
    });
    const newId = () => 'new';
    const outbox = await openOutbox({ account, clock: systemClock(() => 0), newId, channel: silent });
    expect([outbox.ops(), outbox.resolve('local-3'), outbox.resolve('local-x')]).toEqual([[], 'server-3', 'local-x']);
    outbox.close();
    expect(await database.use((db) => db.count('ids'))).toBe(202);
  });
});

describe('rows', () => {
  const series = {
    pattern: { type: 'daily', interval: 1 },
    range: { type: 'endDate', startDate: '2026-01-01', endDate: '2026-02-28' },
  };
  const unreadable = [
    task('broken', { categories: null }),
    task('foreign', { status: 'inventedLater' }),
    { id: 'older', folderId: 'f', subject: 'Without a body' },
    task('timeless', { createdAt: 'yesterday' }),
    task('impossible', { due: '2026-02-30T00:00:00.000Z' }),
    task('dayless', { recurrence: { ...series, range: { type: 'noEnd', startDate: 'soon' } } }),
    task('endless', { recurrence: { ...series, range: { ...series.range, endDate: '2026-02-30' } } }),
  ];

  it('an unreadable row is skipped alone, and its folder is pulled again', async () => {
    await write(async (db) => {
      for (const one of [...unreadable, task('a', { addedLater: 1 }), task('z', { recurrence: series })])
        await db.put('rows', one, ['me', 'f', one.id]);
      await db.put('places', { cursor: 'c', isComplete: true, at: now }, ['me', 'f']);
    });
    const onStorageError = vi.fn();
    const replica = createReplica({ store: createReplicaStore(database), channel: silent, ports, onStorageError });
    expect((await replica.load(place)).kind).toBe('partial');
    expect([...replica.rows(place).keys()]).toEqual(['a', 'z']);
    expect(replica.rows(place).get('a')).toHaveProperty('addedLater', 1);
    expect(await database.use((db) => db.get('places', ['me', 'f']))).toMatchObject({ cursor: null });
    expect([onStorageError.mock.calls.length, reported.mock.calls.length]).toEqual([0, 1]);
    replica.close();
  });

  it('an unreadable row is removed, so that the pull starts over only once', async () => {
    await write(async (db) => {
      for (const one of [...unreadable, task('a')]) await db.put('rows', one, ['me', 'f', one.id]);
      await db.put('places', { cursor: 'c', isComplete: true, at: now }, ['me', 'f']);
    });
    const store = createReplicaStore(database);
    expect((await store.rows(place, null, 100)).isDamaged).toBe(true);
    const pulled = { cursor: 'd', isComplete: true, at: now };
    const nothing = { puts: [], removed: [], confirmed: new Set<string>(), contested: new Set<string>() };
    expect(await store.save(place, { from: null, ...nothing, place: pulled })).toBe(true);
    expect(await store.rows(place, null, 100)).toMatchObject({ rows: [{ id: 'a' }], isDamaged: false });
    expect(await store.place(place)).toEqual(pulled);
  });

  it('the record of a folder created here and never pulled is readable', async () => {
    const made = { cursor: null, isComplete: true, at: '' };
    await write((db) => db.put('places', made, ['me', 'f']));
    expect(await createReplicaStore(database).place(place)).toEqual(made);
    await write((db) => db.put('places', { ...made, at: 'yesterday' }, ['me', 'f']));
    expect(await createReplicaStore(database).place(place)).toBeUndefined();
  });

  it('reading continues after a page that ends with an unreadable row', async () => {
    await write(async (db) => {
      for (const one of [task('a'), task('b', { due: 7 }), task('c')]) await db.put('rows', one, ['me', 'f', one.id]);
    });
    const store = createReplicaStore(database);
    expect(await store.rows(place, null, 2)).toMatchObject({ rows: [{ id: 'a' }], next: 'b', isDamaged: true });
    expect(await store.rows(place, 'b', 2)).toMatchObject({ rows: [{ id: 'c' }], next: null, isDamaged: false });
  });
});

it('an unreadable place, list, attachment list or first paint counts as absent', async () => {
  const folder = { id: 'f', changeKey: '', name: 'Tasks', isDefault: true, groupKey: 'k', addedLater: 1 };
  await write(async (db) => {
    await db.put('places', { cursor: 5 }, ['me', 'f']);
    await db.put('lists', { items: [folder, { id: 'older' }, 'foreign'], cursor: 'c', at: now }, ['folders', 'me']);
    await db.put('lists', [folder], ['groups', 'me']);
    await db.put('attachments', { mailbox: 'me', folderId: 'f', items: [{ kind: 'hologram' }], at: now }, ['me', 't']);
    await db.put('firstScreens', { format: 2, at: now, content: { folders: 'foreign' } }, 'counts');
    const content = { key: 'k', mailbox: 'me', rows: [task('a'), { id: 'older' }], totals: { open: 1, overdue: 0 } };
    await db.put('firstScreens', { format: 2, at: now, content }, 'view\ntoday');
  });
  const store = createReplicaStore(database);
  expect(await store.place(place)).toBeUndefined();
  expect(await store.list('folders', 'me')).toEqual({ items: [folder], cursor: null, at: now });
  expect(await store.list('groups', 'me')).toBeUndefined();
  expect(await store.attachments({ mailbox: 'me', id: 't' })).toBeUndefined();
  expect(await store.attachmentCounts('me')).toEqual(new Map([['t', 0]]));
  const { counts, screen } = await loadFirstPaint(store, 'view\ntoday');
  expect([counts, screen?.rows.map(({ id }) => id)]).toEqual([undefined, ['a']]);
});

it('keeps readable preferences beside an unreadable one', async () => {
  await write(async (db) => {
    await db.put('texts', 'Half a word', 'draft');
    await db.put('texts', { foreign: true }, 'other');
  });
  const { preferences } = await createAccountStore(database).load();
  expect([...preferences]).toEqual([['draft', 'Half a word']]);
});

describe('imports', () => {
  const record = { id: 'i', name: 'a.csv', at: now, isReady: true, pieces: [{ tasks: 1, files: [] }], next: 0 };
  const blobOf = (value: unknown) => ({ blob: new Blob([typeof value === 'string' ? value : JSON.stringify(value)]) });

  it('reads imports and their files, each by itself', async () => {
    await write(async (db) => {
      await db.put('imports', { ...record, addedLater: 1 }, 'i');
      await db.put('imports', { ...record, id: 'broken', pieces: 3 }, 'broken');
      await db.put('imports', { id: 'older', at: now }, 'older');
      await db.put('blobs', 'foreign', 'file');
    });
    const store = await openImportStore(account);
    expect(await store.all()).toEqual([{ ...record, addedLater: 1 }]);
    store.close();
    expect(await createAccountStore(database).blob('file')).toBeUndefined();
  });

  it.each([
    ['every change', blobOf([change]), [change]],
    ['a change of a newer version', blobOf([change, { ...change, kind: 'inventedLater' }]), 'unreadable'],
    ['malformed JSON', blobOf('['), 'unreadable'],
    ['JSON that is no list', blobOf(change), 'unreadable'],
    ['no blob', 'foreign', 'unreadable'],
    ['no record', undefined, 'unreadable'],
  ])('a piece is imported whole or not at all: %s', async (_, kept, expected) => {
    await write(async (db) => {
      await db.put('imports', record, 'i');
      if (kept !== undefined) await db.put('blobs', kept, importPieceKey('i', 0));
    });
    const store = await openImportStore(account);
    expect(await store.piece('i', 0)).toEqual(expected);
    expect(await database.use((db) => db.count('blobs'))).toBe(kept === undefined ? 0 : 1);
    store.close();
  });

  it('returns no piece of an import that was stopped or has advanced', async () => {
    await write(async (db) => {
      await db.put('imports', { ...record, next: 1 }, 'i');
      await db.put('imports', { ...record, id: 'over', end: { state: 'stopped', at: now } }, 'over');
    });
    const store = await openImportStore(account);
    expect(await Promise.all(['i', 'over', 'gone'].map((id) => store.piece(id, 0)))).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    store.close();
  });

  it('reports how many created items of a piece are unreadable', async () => {
    const folder = { kind: 'createFolder', mailbox: 'me', id: 'local-f', groupId: null, groupKey: 'k', name: 'F' };
    const made = { changeId: 'f', change: folder };
    await write(async (db) => {
      // Imports create tasks, folders and groups only.
      await db.put('blobs', blobOf([made, { changeId: 'c', change }]), importPieceKey('i', 0));
      await db.put('blobs', blobOf('['), importPieceKey('i', 1));
    });
    const store = await openImportStore(account);
    expect(await store.created('i', 0)).toEqual({ items: [made], unreadable: 1 });
    expect([await store.created('i', 1), await store.created('i', 2)]).toEqual([undefined, undefined]);
    store.close();
  });
});

it('leaves out a share that it cannot read', async () => {
  const share = { id: 's', title: '', text: 'Milk', url: '', files: [], addedLater: 1 };
  await shareStore.put(share);
  const db = await openDB('threefold:shares');
  await db.put('shares', { ...share, id: 'broken', files: 'none' });
  await db.put('shares', { id: 'older', text: 'Bread' });
  db.close();
  expect(await shareStore.all()).toEqual([share]);
  expect(await shareStore.read('older')).toBeUndefined();
  for (const id of ['s', 'broken', 'older']) await shareStore.remove(id);
});

describe('localStorage', () => {
  function storageOf(entries: Record<string, string>): Storage {
    const held = new Map(Object.entries(entries));
    return {
      getItem: (name) => held.get(name) ?? null,
      setItem: (name, value) => void held.set(name, value),
      removeItem: (name) => void held.delete(name),
      clear: () => held.clear(),
      key: (at) => [...held.keys()][at] ?? null,
      get length() {
        return held.size;
      },
    };
  }

  it('reads the drafts it wrote, and removes nothing for a foreign text', () => {
    const prefix = 'threefold.text.a.';
    const log = createDraftLog(
      storageOf({ [`${prefix}x`]: '=Milk', [`${prefix}y`]: '-', [`${prefix}z`]: 'foreign' }),
      'a',
    );
    expect([...log.entries()]).toEqual([
      ['x', 'Milk'],
      ['y', null],
    ]);
  });

  it('reads reminders one by one', () => {
    const entries = { a: [now, 'inApp'], broken: [now, 'byPigeon'], older: now };
    const storage = storageOf({ 'threefold.reminders.a': JSON.stringify(entries), 'threefold.reminders.b': '[1' });
    const log = createReminderLog(storage, 'a');
    expect(['a', 'broken', 'older'].map((id) => log.deliveryOf(id, now))).toEqual(['inApp', undefined, undefined]);
    const other = createReminderLog(storage, 'b');
    other.record('t', now, 'bySystem');
    expect(other.deliveryOf('t', now)).toBe('bySystem');
  });

  it('members of a newer version are kept, and unreadable accounts left out', () => {
    const ada = { key: 'a', address: 'ada@example.com', name: 'Ada' };
    const stored = [{ ...ada, colour: 'teal' }, { key: 'older' }, 'foreign'];
    const local = storageOf({ 'threefold.accounts': JSON.stringify(stored) });
    const accounts = createKnownAccounts({ local, session: storageOf({}), onStorage: () => () => {} });
    expect(accounts.accounts()).toEqual([{ ...ada, colour: 'teal' }]);
    accounts.remember({ ...ada, name: 'Ada L.' });
    const renewed = { ...ada, name: 'Ada L.', colour: 'teal' };
    expect(accounts.accounts()).toEqual([renewed]);
    const listed = () => jsonOf(local.getItem('threefold.accounts') ?? '');
    expect(listed()).toEqual([renewed, { key: 'older' }, 'foreign']);
    accounts.forget('a');
    expect(listed()).toEqual([{ key: 'older' }, 'foreign']);
    accounts.forget('older');
    expect(listed()).toEqual(['foreign']);
  });
});
