import 'fake-indexeddb/auto';
import { forceCloseDatabase } from 'fake-indexeddb';
import { openDB } from 'idb';
import { afterEach, expect, it, vi } from 'vitest';
import type { Change } from '../../domain/changes/change.ts';
import { systemClock } from '../../domain/time/time.ts';
import { eraseAccountStore, openAccountDatabase, StorageError } from './database.ts';
import { serverResultOf } from './serverResult.ts';
import { openOutbox } from '../outbox/outbox.ts';
import type { Channel } from '../platform/ports.ts';
import { createSendQueue } from '../send/sendQueue.ts';
import { present } from '../outbox/present.ts';

const clock = systemClock(() => 0);
const silent: Channel = { post: () => {}, onMessage: () => () => {}, close: () => {} };
let made = 0;
const newAccount = () => `account-${(made += 1)}`;

afterEach(() => vi.restoreAllMocks());

/** The databases opened from now on. */
function watchOpening(): IDBDatabase[] {
  const opened: IDBDatabase[] = [];
  const open = indexedDB.open.bind(indexedDB);
  vi.spyOn(indexedDB, 'open').mockImplementation((name, version) => {
    const request = open(name, version);
    request.addEventListener('success', () => opened.push(request.result));
    return request;
  });
  return opened;
}

/** As a browser does that needs space: closes and deletes everything. */
async function evict(account: string, opened: readonly IDBDatabase[]) {
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- the package's type names the class, the function takes an instance
  for (const db of opened) forceCloseDatabase(db as unknown as Parameters<typeof forceCloseDatabase>[0]);
  await eraseAccountStore(account);
}

it('ops are written again when the browser deletes the database', async () => {
  const account = newAccount();
  const opened = watchOpening();
  const open = () => openOutbox({ account, clock, newId: () => `id-${(made += 1)}`, channel: silent });
  const outbox = await open();
  await outbox.add({ kind: 'createGroup', mailbox: 'me', id: 'local-a', groupKey: 'local-k', name: 'House' });
  await evict(account, opened.splice(0));
  outbox.state.show(await outbox.state.read());
  expect(outbox.ops()).toHaveLength(1);
  outbox.close();
  const again = await open();
  expect(again.ops()).toMatchObject([{ change: { name: 'House' } }]);
  again.close();
});

it('drafts, waiting files and known ids are written again with the ops', async () => {
  const account = newAccount();
  const opened = watchOpening();
  const open = () => openOutbox({ account, clock, newId: () => `id-${(made += 1)}`, channel: silent });
  const outbox = await open();
  outbox.preferences.set('draft', 'half a word');
  await outbox.preferences.flushed();
  const draft = { kind: 'file', name: 'plan.txt', contentType: null, isInline: false, size: 3, blobKey: 'b' } as const;
  const about = { mailbox: 'me', taskId: 'local-t', folderId: 'f', subject: '' } as const;
  const task = {
    kind: 'createTask',
    mailbox: 'me',
    id: 'local-t',
    folderId: 'f',
    patch: {},
    at: clock.now(),
    zone: 'UTC',
  } as const;
  await outbox.add(task);
  const contents = { contentId: null, contentLocation: null };
  await outbox.add(
    { kind: 'addAttachment', id: 'local-b', ...about, draft: { ...draft, ...contents } },
    new Blob(['abc']),
  );
  const sending = createSendQueue(outbox, clock);
  const op = present(await sending.begin(present(outbox.ops()[0])));
  await sending.settle(op, serverResultOf(op.change, { ids: [['local-t', 'T']] }), undefined);
  await evict(account, opened.splice(0));
  outbox.state.show(await outbox.state.read());
  outbox.close();

  const again = await open();
  expect(again.preferences.get('draft')).toBe('half a word');
  expect(again.ops()).toMatchObject([{ change: { kind: 'addAttachment', taskId: 'T' } }]);
  expect(await (await again.blob('b'))?.text()).toBe('abc');
  again.close();
});

it('the rewrite is repeated when it fails', async () => {
  const account = newAccount();
  const opened = watchOpening();
  const database = await openAccountDatabase(account);
  const restore = vi.fn().mockRejectedValueOnce(new DOMException('No room', 'QuotaExceededError'));
  database.onLost(restore);
  await evict(account, opened.splice(0));
  await expect(database.use((db) => db.count('ops'))).rejects.toMatchObject({ kind: 'full' });
  await database.use((db) => db.count('ops'));
  expect(restore).toHaveBeenCalledTimes(2);
  database.close();
});

it('an older app closes its database for a newer one, and reports it', async () => {
  const account = newAccount();
  const database = await openAccountDatabase(account);
  const onSaved = vi.fn();
  database.onOutdated(onSaved);
  const newer = await openDB(`threefold:${account}`, 99);
  expect(onSaved).toHaveBeenCalledOnce();
  await expect(database.use((db) => db.count('ops'))).rejects.toMatchObject({ kind: 'outdated' });
  newer.close();
  await expect(openAccountDatabase(account)).rejects.toThrow(StorageError);
  await expect(openAccountDatabase(account)).rejects.toMatchObject({ kind: 'outdated' });
});

it('upgrading a database of version 1 keeps its ops', async () => {
  const account = newAccount();
  const old = await openDB(`threefold:${account}`, 1, {
    upgrade(db) {
      db.createObjectStore('ops', { keyPath: 'seq', autoIncrement: true });
      db.createObjectStore('ids');
      db.createObjectStore('texts');
    },
  });
  await old.put('texts', 'half a word', 'draft');
  old.close();
  const database = await openAccountDatabase(account);
  expect(await database.use((db) => db.get('texts', 'draft'))).toBe('half a word');
  database.close();
});

it('a database erased by sign-out in another tab is not recreated', async () => {
  const account = newAccount();
  const database = await openAccountDatabase(account);
  await eraseAccountStore(account);
  await expect(database.use((db) => db.count('ops'))).rejects.toThrow(StorageError);
});

it('a change is committed before the page is notified, as it may close then', async () => {
  const outbox = await openOutbox({
    account: newAccount(),
    clock,
    newId: () => `id-${(made += 1)}`,
    channel: silent,
  });
  const events: string[] = [];
  const { commit } = IDBTransaction.prototype;
  vi.spyOn(IDBTransaction.prototype, 'commit').mockImplementation(function (this: IDBTransaction) {
    events.push('committed');
    commit.call(this);
  });
  const { add } = IDBObjectStore.prototype;
  vi.spyOn(IDBObjectStore.prototype, 'add').mockImplementation(function (this: IDBObjectStore, ...input) {
    const request = add.apply(this, input);
    request.addEventListener('success', () => events.push('success event'));
    return request;
  });
  await outbox.add({ kind: 'createGroup', mailbox: 'me', id: 'local-a', groupKey: 'local-k', name: 'House' });
  expect(events).toEqual(['committed', 'success event']);
  outbox.close();
});

it('a change is not stored without its file, and every failure is reported', async () => {
  const account = newAccount();
  const outbox = await openOutbox({ account, clock, newId: () => `id-${(made += 1)}`, channel: silent });
  const unhandled: unknown[] = [];
  const note = (reason: unknown) => void unhandled.push(reason);
  process.on('unhandledRejection', note);
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
    throw new DOMException('There is no room', 'QuotaExceededError');
  });
  const change: Change = {
    kind: 'addAttachment',
    mailbox: 'me',
    id: 'local-a',
    taskId: 't',
    folderId: 'f',
    subject: '',
    draft: {
      kind: 'file',
      name: 'plan.txt',
      contentType: 'text/plain',
      isInline: false,
      contentId: null,
      contentLocation: null,
      size: 1,
      blobKey: 'b',
    },
  };
  await expect(outbox.add(change, new Blob(['a']))).rejects.toThrow(StorageError);
  await new Promise((resolve) => setImmediate(resolve));
  process.off('unhandledRejection', note);
  expect(unhandled).toEqual([]);
  vi.restoreAllMocks();
  expect(await outbox.state.read()).toEqual([]);
  outbox.close();
});
