import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createRemoteClient } from '../../api/remoteClient.ts';
import { toDay } from '../../domain/time/time.ts';
import type { Clock } from '../../domain/time/time.ts';
import { openOutbox } from '../outbox/outbox.ts';
import type { Outbox } from '../outbox/outbox.ts';
import { eraseAccountStore, StorageError } from '../storage/accountStore.ts';
import { createSendQueue } from './sendQueue.ts';
import { createUnitSender } from './unitSender.ts';

const now = '2026-03-18T09:00:00.000Z';
const clock: Clock = { now: () => now, today: () => toDay('2026-03-18') };
let ids = 0;
const newId = () => `id-${(ids += 1)}`;

let account: string;
let outbox: Outbox;
beforeEach(async () => {
  account = newId();
  const channel = { post: () => {}, onMessage: () => () => {}, close: () => {} };
  outbox = await openOutbox({ account, clock, newId, channel });
});
afterEach(async () => {
  vi.restoreAllMocks();
  outbox.close();
  await eraseAccountStore(account);
});

/**
 * A server without idempotency keys, which makes what it is asked for and loses the first answers. It answers so many
 * look-ups at the same time.
 */
function serverLosing(answers: number, lookUps: number) {
  const rows: object[] = [];
  let answerAll = () => {};
  const allAsked = new Promise<void>((resolve) => (answerAll = resolve));
  let asked = 0;
  let lost = 0;
  const answer = async (method: string, body: unknown) => {
    if (method === 'GET') {
      asked += 1;
      if (asked === lookUps) answerAll();
      await allAsked;
      return Response.json({ value: rows });
    }
    const made: unknown = JSON.parse(String(body));
    const row = {
      '@odata.etag': 'W/"1"',
      Id: `t${rows.length + 1}`,
      ParentFolderId: 'f',
      CreatedDateTime: now,
      LastModifiedDateTime: now,
      ...(typeof made === 'object' ? made : {}),
    };
    rows.push(row);
    lost += 1;
    if (lost <= answers) throw new TypeError('Failed to fetch');
    return Response.json(row, { status: 201 });
  };
  const remote = createRemoteClient({
    dialect: 'outlookRest',
    can: { purge: true, groups: true, delta: true, move: true, bin: true, share: true },
    hasExtras: false,
    base: 'https://service.example',
    newId,
    clock,
    getToken: () => Promise.resolve('token'),
    fetch: (_url, init) => Promise.resolve().then(() => answer(init.method ?? 'GET', init.body)),
    sleep: () => Promise.resolve(),
  });
  const sending = createSendQueue(outbox, clock);
  const units = createUnitSender({
    server: {
      api: remote.api,
      extras: null,
      attaching: () => Promise.reject(new Error('No files here')),
      batching: () => Promise.resolve(remote.batching),
    },
    outbox,
    sending,
    clock,
    known: { task: () => undefined, folderOf: () => undefined, isOurs: (id) => outbox.originOf(id) !== id },
    onContact: () => {},
    onProgress: () => {},
  });
  return { rows, sendAll: () => Promise.all(sending.ops().map((op) => units.send([op], () => {}))) };
}
const add = (id: string) =>
  outbox.add({
    kind: 'createTask',
    mailbox: 'me',
    folderId: 'f',
    id,
    patch: { subject: 'Milk' },
    at: now,
    zone: 'UTC',
  });

it('two equal new tasks whose answers were lost are two tasks, also when they are looked up side by side', async () => {
  const server = serverLosing(2, 2);
  await add('local-a');
  await add('local-b');
  await server.sendAll();
  expect(outbox.ops()).toHaveLength(2);
  await server.sendAll();
  expect(outbox.ops()).toEqual([]);
  expect(server.rows).toHaveLength(2);
  expect([outbox.resolve('local-a'), outbox.resolve('local-b')].toSorted()).toEqual(['t1', 't2']);
});

it('a new task whose result could not be stored is found again, and not made twice', async () => {
  const server = serverLosing(0, 1);
  await add('local-a');
  vi.spyOn(outbox.state.store, 'write').mockRejectedValueOnce(new StorageError('refused', undefined));
  await expect(server.sendAll()).rejects.toThrow(StorageError);
  expect(outbox.ops()).toHaveLength(1);
  await server.sendAll();
  expect(outbox.ops()).toEqual([]);
  expect(server.rows).toHaveLength(1);
  expect(outbox.resolve('local-a')).toBe('t1');
});
