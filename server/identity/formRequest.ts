import type { IncomingMessage } from 'node:http';
import { isIPv6 } from 'node:net';
import type { Party } from '../load/parties.ts';

const longestForm = 16 * 1024;

/** Reads a posted form. Undefined when the body is no form, or longer than any form of this service. */
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
 * The client address of a request. Behind a TLS proxy (PUBLIC_URL is https, the peer is this machine) it is the last
 * entry of X-Forwarded-For, which the proxy added; earlier entries can be forged.
 */
export function remoteAddressOf(req: IncomingMessage, isBehindProxy: boolean): string {
  const peer = req.socket.remoteAddress ?? '';
  const isLocal = peer === '::1' || peer.replace(/^::ffff:/i, '').startsWith('127.');
  const forwarded = [req.headers['x-forwarded-for'] ?? []].flat().join(',').split(',').at(-1)?.trim();
  return isBehindProxy && isLocal && forwarded ? forwarded : peer;
}

/**
 * The network under which attempts and CPU time are counted. IPv6 counts by /64, the usual range of one household.
 * Loopback is not counted: it is the machine's owner, or a proxy that hides its clients, where one guesser would lock
 * out everybody.
 */
export function networkOf(remote: string): string | undefined {
  const address = remote.replace(/^::ffff:(?=\d)/i, '').toLowerCase();
  if (address === '' || address === '::1' || address.startsWith('127.')) return undefined;
  return isIPv6(address)
    ? new URL(`http://[${address.split('%')[0]}]`).hostname.slice(1, -1).split(':').slice(0, 4).join(':')
    : address;
}

/** Who asks without an account. Those whose network is hidden take turns with each other, without a limit. */
export function partyOf(remote: string): Party {
  const network = networkOf(remote);
  return { name: `from ${network ?? 'here'}`, isLimited: network !== undefined };
}
