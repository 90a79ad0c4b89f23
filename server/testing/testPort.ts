import { once } from 'node:events';
import { createServer } from 'node:net';

/** Below the ephemeral ports, so that a restarting service finds its port free. */
const first = 20_000;
const count = 12_000;

let tried = process.pid * 101;

/** A free port of this machine. Test processes search different ranges. */
export async function freePort(): Promise<number> {
  for (let tries = 0; tries < count; tries += 1) {
    tried += 1;
    const port = first + (tried % count);
    const probe = createServer().listen(port, '127.0.0.1');
    const isFree = await once(probe, 'listening').then(
      () => true,
      () => false,
    );
    if (!isFree) continue;
    probe.close();
    await once(probe, 'close');
    return port;
  }
  throw new Error('No port is free.');
}
