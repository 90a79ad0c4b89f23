import type { IncomingMessage } from 'node:http';

/**
 * Until the body of a request is there, or so much of a long one that Node reads no further: a slow sender must not
 * hold a place of its network or account meanwhile. Nothing is read; undefined when there is nothing to wait for.
 */
export function bodyArrival(req: IncomingMessage): Promise<void> | undefined {
  const { 'content-length': length, 'transfer-encoding': encoding } = req.headers;
  const isThere = () => req.complete || req.destroyed || req.readableLength >= req.readableHighWaterMark;
  if ((encoding === undefined && Number(length ?? 0) === 0) || isThere()) return undefined;
  return new Promise((resolve) => {
    const events = ['readable', 'end', 'error', 'close'] as const;
    const check = () => {
      if (!isThere()) return;
      for (const event of events) req.off(event, check);
      resolve();
    };
    for (const event of events) req.on(event, check);
  });
}
