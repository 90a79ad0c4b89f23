import type { FailureKind } from '../../domain/failureKind.ts';
import type { Sender, SenderOptions } from './sender.ts';

/** What is needed before the sender is here. */
type LazyOptions = Pick<SenderOptions, 'onContact'> & { ports: Pick<SenderOptions['ports'], 'sleep'> };

/**
 * The drain, fetched after the first paint: what waits is drawn without it. A file that does not come is the network's
 * failure, said and tried again like any other.
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
        // Files of the app fail for want of a network, and for nothing else.
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
      // Without the drain nothing can be sent now; that it does not come is told by `fetchUntil`.
      const fetched = await fetch().catch(() => undefined);
      await fetched?.settled();
    },
  };
}

/** As long as the first wait for a server that does not answer. */
const retryMs = 5_000;
