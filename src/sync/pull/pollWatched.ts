import type { Ports } from '../platform/ports.ts';
import type { PullLedger } from './pullLedger.ts';

/** How often a server without change events is polled while the page is visible. Milliseconds. */
const pollMs = 60_000;

type Input = {
  ledger: Pick<PullLedger, 'refreshWatched'>;
  ports: Pick<Ports, 'isVisible' | 'sleep'>;
  /** The server notifies of changes. */
  isLive: () => boolean;
};

/** Polls what is shown on a server without change events. Resolves when `stopped` fires. */
export async function pollWatched({ ledger, ports, isLive }: Input, stopped: AbortSignal): Promise<void> {
  for (;;) {
    await ports.sleep(pollMs, stopped);
    if (stopped.aborted) return;
    // A running pull continues: a large folder on a slow connection would never finish.
    if (!isLive() && ports.isVisible()) ledger.refreshWatched();
  }
}
