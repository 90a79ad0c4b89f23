import { expect, it, vi } from 'vitest';
import type { EventStreamApi } from '../../api/extras/eventStream.ts';
import { openChannel } from '../platform/ports.ts';
import { createPreferenceStore } from '../storage/preferences.ts';
import { createChangeStream } from './changeStream.ts';
import type { RemoteChange } from './changeStream.ts';

/** Delays between streams that open, send so many keep-alives, and end. */
async function waitsBetween(signs: number, streams: number): Promise<readonly number[]> {
  const events: EventStreamApi = {
    listen({ onEvent, onSign }) {
      for (let sign = 0; sign < signs; sign += 1) onSign();
      onEvent({ kind: 'hello', seq: 1 });
      return Promise.resolve();
    },
  };
  const waits: number[] = [];
  let stop = () => {};
  const channel = openChannel('listening');
  await new Promise<void>((resolve) => {
    const listening = createChangeStream({
      account: 'a',
      events,
      preferences: createPreferenceStore(new Map(), () => Promise.resolve(true)),
      ports: {
        sleep(ms, signal) {
          // The other sleeps are for a whole stream and for the start.
          if (ms > 30_000 || waits.length === streams)
            return new Promise((woken) => signal?.addEventListener('abort', () => woken()));
          waits.push(ms);
          if (waits.length === streams) resolve();
          return Promise.resolve();
        },
        withLock: (_name, work) => work(),
      },
      channel,
    });
    stop = listening.start({ onRemoteChange: () => Promise.resolve(true), onGap: () => Promise.resolve(true) });
  });
  stop();
  channel.close();
  return waits;
}

it('a stream that ends after its greeting is reopened with backoff, others after a second', async () => {
  // The first sleep is the start's timeout.
  expect(await waitsBetween(1, 5)).toEqual([2_000, 1_000, 2_000, 4_000, 8_000]);
  expect(await waitsBetween(2, 5)).toEqual([2_000, 1_000, 1_000, 1_000, 1_000]);
});

it('events are pulled side by side, and the number before the first that is not read is stored', async () => {
  const pulled: { news: RemoteChange; end: (isRead: boolean) => void }[] = [];
  const texts = createPreferenceStore(new Map([['events', '1']]), () => Promise.resolve(true));
  const channel = openChannel('listening');
  const change = (seq: number, folder: string) =>
    ({ kind: 'change', seq, folders: [folder], structure: false }) as const;
  const access = { kind: 'shared', mailboxes: [], access: false } as const;
  const events = [change(2, 'a'), change(3, 'b'), access, change(4, 'a')];
  const listening = createChangeStream({
    account: 'a',
    events: {
      listen({ onEvent, signal }) {
        for (const event of events) onEvent(event);
        return new Promise((resolve) => signal.addEventListener('abort', () => resolve()));
      },
    },
    preferences: texts,
    ports: {
      sleep: (_ms, signal) => new Promise((woken) => signal?.addEventListener('abort', () => woken())),
      withLock: (_name, work) => work(),
    },
    channel,
  });
  const stop = listening.start({
    onRemoteChange: (news) => new Promise((end) => pulled.push({ news, end })),
    onGap: () => Promise.resolve(true),
  });
  await expect.poll(() => pulled.map(({ news }) => news)).toEqual(events);
  for (const at of [1, 2, 3]) pulled[at]?.end(true);
  await new Promise((resolve) => setTimeout(resolve));
  expect(texts.get('events')).toBe('1');
  pulled[0]?.end(true);
  await expect.poll(() => texts.get('events')).toBe('4');
  stop();
  channel.close();
});

it('a pull of an earlier stream that ends late does not set the number back', async () => {
  const ends: ((isRead: boolean) => void)[] = [];
  const texts = createPreferenceStore(new Map([['events', '1']]), () => Promise.resolve(true));
  const channel = openChannel('listening');
  const asked: (number | undefined)[] = [];
  const listening = createChangeStream({
    account: 'a',
    events: {
      listen({ onEvent, after, signal }) {
        asked.push(after);
        onEvent({ kind: 'change', seq: asked.length * 5, folders: ['a'], structure: false });
        if (asked.length === 1) return Promise.resolve();
        return new Promise((resolve) => signal.addEventListener('abort', () => resolve()));
      },
    },
    preferences: texts,
    ports: {
      sleep: (ms, signal) =>
        ms === 1_000 ? Promise.resolve() : new Promise((woken) => signal?.addEventListener('abort', () => woken())),
      withLock: (_name, work) => work(),
    },
    channel,
  });
  const stop = listening.start({
    onRemoteChange: () => new Promise((end) => ends.push(end)),
    onGap: () => Promise.resolve(true),
  });
  await expect.poll(() => ends.length).toBe(2);
  expect(asked).toEqual([1, 1]);
  ends[1]?.(true);
  await expect.poll(() => texts.get('events')).toBe('10');
  ends[0]?.(true);
  await new Promise((resolve) => setTimeout(resolve));
  expect(texts.get('events')).toBe('10');
  stop();
  channel.close();
});

it('after a fault of its own code the stream is opened again', async () => {
  const reported = vi.fn();
  vi.stubGlobal('reportError', reported);
  const fault = new TypeError('A fault of the code');
  let streams = 0;
  const channel = openChannel('listening');
  let stop = () => {};
  await new Promise<void>((resolve) => {
    const listening = createChangeStream({
      account: 'a',
      events: {
        listen() {
          streams += 1;
          if (streams === 1) return Promise.reject(fault);
          resolve();
          return new Promise(() => {});
        },
      },
      preferences: createPreferenceStore(new Map(), () => Promise.resolve(true)),
      ports: { sleep: () => Promise.resolve(), withLock: (_name, work) => work() },
      channel,
    });
    stop = listening.start({ onRemoteChange: () => Promise.resolve(true), onGap: () => Promise.resolve(true) });
  });
  expect(reported).toHaveBeenCalledExactlyOnceWith(fault);
  stop();
  channel.close();
  vi.unstubAllGlobals();
});
