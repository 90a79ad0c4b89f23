import { expect, it } from 'vitest';
import type { EventsApi } from '../../api/extras/eventStream.ts';
import { openChannel } from '../platform/ports.ts';
import { createTexts } from '../storage/preferences.ts';
import { createListening } from './changeStream.ts';

/** How long it waits between streams that begin, show so many signs of life, and end. */
async function waitsBetween(signs: number, streams: number): Promise<readonly number[]> {
  const events: EventsApi = {
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
    const listening = createListening({
      account: 'a',
      events,
      texts: createTexts(new Map(), () => Promise.resolve(true)),
      ports: {
        sleep(ms, signal) {
          // The other sleeps are for the whole of a stream, and for the start.
          if (ms > 30_000 || waits.length === streams)
            return new Promise((woken) => signal?.addEventListener('abort', () => woken()));
          waits.push(ms);
          if (waits.length === streams) resolve();
          return Promise.resolve();
        },
        withLock: (_name, work) => work(),
      },
      channel,
      onNews: () => Promise.resolve(true),
      onUnknown: () => Promise.resolve(true),
    });
    stop = listening.start();
  });
  stop();
  channel.close();
  return waits;
}

it('streams that end with their greeting are begun more and more seldom; others again after a second', async () => {
  // The first is the patience of the start.
  expect(await waitsBetween(1, 5)).toEqual([2_000, 1_000, 2_000, 4_000, 8_000]);
  expect(await waitsBetween(2, 5)).toEqual([2_000, 1_000, 1_000, 1_000, 1_000]);
});
