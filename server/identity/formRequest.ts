import type { IncomingMessage } from 'node:http';

const longestForm = 16 * 1024;

/** Reads a posted form. Undefined when it is no form, or longer than any of ours. */
export async function readForm(req: IncomingMessage): Promise<URLSearchParams | undefined> {
  if (!/^application\/x-www-form-urlencoded\b/i.test(req.headers['content-type'] ?? '')) return undefined;
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of req as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length > longestForm) return undefined;
    chunks.push(chunk);
  }
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
}

/**
 * The address a request comes from. Behind a TLS proxy (PUBLIC_URL is https, the peer is this machine) that is what the
 * proxy appended last to X-Forwarded-For; what stands before it, anybody can write.
 */
export function remoteAddressOf(req: IncomingMessage, isBehindProxy: boolean): string {
  const peer = req.socket.remoteAddress ?? '';
  const isLocal = peer === '::1' || peer.replace(/^::ffff:/i, '').startsWith('127.');
  const forwarded = [req.headers['x-forwarded-for'] ?? []].flat().join(',').split(',').at(-1)?.trim();
  return isBehindProxy && isLocal && forwarded ? forwarded : peer;
}
