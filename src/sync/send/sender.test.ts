import 'fake-indexeddb/auto';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { createRemoteClient } from '../../api/remoteClient.ts';
import { systemClock } from '../../domain/time/time.ts';
import { openOutbox } from '../outbox/outbox.ts';
import type { Outbox } from '../outbox/outbox.ts';
import type { Channel } from '../platform/ports.ts';
import { eraseAccountStore } from '../storage/accountStore.ts';
import { createSender } from './sender.ts';

const now = '2026-03-18T09:00:00.000Z';
const clock = systemClock(() => Date.parse(now));
let ids = 0;
const newId = () => `id-${(ids += 1)}`;
const silent: Channel = { post: () => {}, onMessage: () => () => {}, close: () => {} };

let account: string;
let outbox: Outbox;
beforeEach(async () => {
  account = newId();
  outbox = await openOutbox({ account, clock, newId, channel: silent });
});
afterEach(async () => {
  vi.unstubAllGlobals();
  outbox.close();
  await eraseAccountStore(account);
});

it('a fault of the code while sending is reported, and sending goes on after a while', async () => {
  const reported = vi.fn();
  vi.stubGlobal('reportError', reported);
  const fault = new TypeError('A fault of the code');
  const remote = createRemoteClient({
    dialect: 'outlookRest',
    can: { purge: true, groups: true, delta: true, move: true, bin: true, share: true },
    hasExtras: true,
    base: 'https://service.example',
    newId,
    clock,
    getToken: () => Promise.resolve('token'),
    fetch: () => Promise.resolve(new Response(null, { status: 204 })),
    sleep: () => Promise.resolve(),
  });
  let locks = 0;
  let goesOn = () => {};
  const later = new Promise<void>((resolve) => (goesOn = resolve));
  const sender = createSender({
    account,
    server: {
      api: remote.api,
      extras: remote.extras,
      attaching: () => Promise.reject(new Error('No files here')),
      batching: () => Promise.resolve(remote.batching),
    },
    outbox,
    clock,
    ports: {
      sleep: () => Promise.resolve(),
      isOnline: () => true,
      withLock(_name, work) {
        locks += 1;
        if (locks === 1) return Promise.reject(fault);
        goesOn();
        return work();
      },
    },
    known: { task: () => undefined, folderOf: () => undefined, isOurs: () => false },
    onContact: () => {},
    onPause: () => {},
  });
  const stop = sender.start();
  await later;
  expect(reported).toHaveBeenCalledExactlyOnceWith(fault);
  stop();
  await sender.settled();
});
