import { createBackoff } from '../../domain/async/backoff.ts';
import { createLazyChunk } from '../../domain/async/lazyChunk.ts';
import type { FailureKind } from '../../domain/failureKind.ts';
import type { Sender, SenderOptions } from './sender.ts';

/** What is needed before the sender is here. */
type LazyOptions = Pick<SenderOptions, 'onContact'> & { ports: Pick<SenderOptions['ports'], 'sleep'> };

/**
 * The sender, loaded after the first paint, which does not need it. A chunk that fails to load counts as a network
 * failure, and is retried.
 */
export function createLazySender<Options extends LazyOptions>(
  options: Options,
  painted: () => Promise<void>,
  load: () => Promise<{ createSender: (options: Options) => Sender }>,
): Sender {
  const { ports, onContact } = options;
  const sender = createLazyChunk(async () => (await load()).createSender(options));
  let wakeController = new AbortController();

  async function fetchUntil(stopped: AbortSignal): Promise<Sender | undefined> {
    await painted();
    const backoff = createBackoff(retryBackoff);
    while (!stopped.aborted) {
      wakeController = new AbortController();
      try {
        return await sender.get();
      } catch {
        // Chunks fail to load for want of a network only.
        onContact('offline' satisfies FailureKind);
      }
      await ports.sleep(backoff.next(), AbortSignal.any([wakeController.signal, stopped]));
    }
    return undefined;
  }

  return {
    start() {
      const stopped = new AbortController();
      let stop = () => {};
      const begin = async () => {
        const fetched = await fetchUntil(stopped.signal);
        if (fetched !== undefined && !stopped.signal.aborted) stop = fetched.start();
      };
      void begin();
      return () => {
        stopped.abort();
        stop();
      };
    },
    wake() {
      wakeController.abort();
      const loaded = sender.current();
      if (loaded.state === 'here') loaded.part.wake();
    },
    async settled() {
      // Without the sender nothing can be sent; `fetchUntil` reports the failure.
      const fetched = await sender.get().catch(() => undefined);
      await fetched?.settled();
    },
  };
}

/** As for an unreachable server. */
const retryBackoff = { firstMs: 5_000, longestMs: 60_000 };
