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
  let fetching: Promise<Sender> | null = null;
  let drain: Sender | null = null;
  let wakeController = new AbortController();

  const fetch = () =>
    (fetching ??= load()
      .then(({ createSender }) => (drain = createSender(options)))
      .catch((error: unknown) => {
        fetching = null;
        throw error;
      }));

  async function fetchUntil(stopped: AbortSignal): Promise<Sender | undefined> {
    await painted();
    while (!stopped.aborted) {
      wakeController = new AbortController();
      try {
        return await fetch();
      } catch {
        // Chunks fail to load for want of a network only.
        onContact('offline' satisfies FailureKind);
      }
      await ports.sleep(retryMs, AbortSignal.any([wakeController.signal, stopped]));
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
      drain?.wake();
    },
    async settled() {
      // Without the sender nothing can be sent; `fetchUntil` reports the failure.
      const fetched = await fetch().catch(() => undefined);
      await fetched?.settled();
    },
  };
}

/** As long as the first retry delay for an unreachable server. */
const retryMs = 5_000;
