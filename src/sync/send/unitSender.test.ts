import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { Unanswered } from '../../api/batchClient.ts';
import { ApiError } from '../../api/apiError.ts';
import { createRemoteClient } from '../../api/remoteClient.ts';
import type { Change } from '../../domain/changes/change.ts';
import { toDay } from '../../domain/time/time.ts';
import type { Clock } from '../../domain/time/time.ts';
import { openOutbox } from '../outbox/outbox.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Channel } from '../platform/ports.ts';
import { eraseAccountStore, StorageError } from '../storage/accountStore.ts';
import { concernsOnlyThis, judge } from './sendFailures.ts';
import { createSendQueue } from './sendQueue.ts';
import type { SendQueue } from './sendQueue.ts';
import { createUnitSender } from './unitSender.ts';
import { present } from '../outbox/present.ts';

const now = '2026-03-18T09:00:00.000Z';
const clock: Clock = { now: () => now, today: () => toDay('2026-03-18') };
let ids = 0;
const newId = () => `id-${(ids += 1)}`;
const silent: Channel = { post: () => {}, onMessage: () => () => {}, close: () => {} };
const remove = (id: string): Change => ({ kind: 'deleteTask', mailbox: 'me', folderId: 'f', id, subject: '' });

let account: string;
let outbox: Outbox;
let sending: SendQueue;
/** The status of each part of a batch, in order; null for a batch that is lost. */
let statuses: readonly number[] | null = [];

beforeEach(async () => {
  account = newId();
  outbox = await openOutbox({ account, clock, newId, channel: silent });
  sending = createSendQueue(outbox, clock);
  for (const id of ['a', 'b', 'c']) await outbox.add(remove(id));
});
afterEach(async () => {
  vi.restoreAllMocks();
  outbox.close();
  await eraseAccountStore(account);
});

/** A server that answers batches with `statuses`. */
function unitSender() {
  const answer = () => {
    if (statuses === null) throw new TypeError('fetch failed');
    const responses = statuses.map((status, at) => ({ id: String(at), status, headers: {}, body: {} }));
    return Response.json({ responses });
  };
  const remote = createRemoteClient({
    dialect: 'outlookRest',
    can: { purge: true, groups: true, delta: true, move: true, bin: true, share: true },
    hasExtras: true,
    base: 'https://service.example',
    newId,
    clock,
    getToken: () => Promise.resolve('token'),
    fetch: () => Promise.resolve().then(answer),
    sleep: () => Promise.resolve(),
  });
  const server = {
    api: remote.api,
    extras: remote.extras,
    attaching: () => Promise.reject(new Error('No files here')),
    batching: () => Promise.resolve(remote.batching),
  };
  const known = { task: () => undefined, folderOf: () => undefined, isOurs: () => false };
  return createUnitSender({ server, outbox, sending, clock, known, onContact: () => {}, onProgress: () => {} });
}

it('a failed write of results leaves no op marked in flight', async () => {
  statuses = [204, 503, 204];
  vi.spyOn(outbox.state.store, 'write').mockRejectedValue(new StorageError('refused', undefined));
  await expect(unitSender().send(sending.ops(), () => {})).rejects.toThrow(StorageError);
  expect([...sending.busy()]).toEqual([]);
});

it('a batch is repeated whole after a busy or unreachable server', async () => {
  statuses = [503, 503, 503];
  const units = unitSender();
  await units.send(sending.ops(), () => {});
  expect(sending.ops().map(units.mayShare)).toEqual([true, true, true]);
  statuses = null;
  await units.send(sending.ops(), () => {});
  expect(sending.ops().map(units.mayShare)).toEqual([true, true, true]);
});

it('a failed part of a batch is sent alone from then on', async () => {
  statuses = [500, 503, 503];
  const units = unitSender();
  await units.send(sending.ops(), () => {});
  expect(sending.ops().map(units.mayShare)).toEqual([false, true, true]);
});

it('an unanswered part is not repeated at once', () => {
  const [op] = sending.ops();
  const lost = new Unanswered('The batch was not answered');
  expect(judge(present(op), lost)).toEqual({ turn: 'next', retryMs: 1000 });
  expect(judge({ ...present(op), attempts: 3 }, lost)).toEqual({ turn: 'next', retryMs: 8000 });
  expect(concernsOnlyThis(lost)).toBe(true);
  expect(concernsOnlyThis(new ApiError('offline', 'A part of the app could not be fetched'))).toBe(false);
});
