import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { createWorkQueue } from '../load/workQueue.ts';

type Cost = { N: number; r: number; p: number };

/** One of the equivalent settings of OWASP's Password Storage Cheat Sheet; this one needs 32 MiB per guess. */
const cost: Cost = { N: 2 ** 15, r: 8, p: 3 };
const hashBytes = 32;

const derive = promisify<string, Buffer, number, Cost & { maxmem: number }, Buffer>(scrypt);

/** Hashes a password as `scrypt$N$r$p$salt$hash`. Runs off the main thread for a few hundred milliseconds. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(16);
  const hash = await run(password, salt, cost);
  return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64url'), hash.toString('base64url')].join('$');
}

/**
 * Whether the password matches the hash. Without a hash (an unknown address) it takes the same time and returns false,
 * so that response times do not reveal which addresses exist.
 */
export async function verifyPassword(password: string, stored: string | null | undefined): Promise<boolean> {
  const [scheme, N, r, p, salt, hash] = (stored ?? '').split('$');
  if (scheme !== 'scrypt' || salt === undefined || hash === undefined) {
    await run(password, Buffer.alloc(16), cost);
    return false;
  }
  const expected = Buffer.from(hash, 'base64url');
  const actual = await run(password, Buffer.from(salt, 'base64url'), { N: Number(N), r: Number(r), p: Number(p) });
  return actual.length === expected.length && timingSafeEqual(actual, expected);
}

/**
 * Node derives keys on the four threads that also verify tokens and compress answers: with all four taken, and a
 * processor each, sixty people who sign in at once would hold up everybody's lists.
 */
const derivations = createWorkQueue({ atOnce: 1, mostWaiting: 100 });

/** Keyboards may produce the same characters as different code points, hence NFKC (NIST SP 800-63B §5.1.1.2). */
function run(password: string, salt: Buffer, { N, r, p }: Cost): Promise<Buffer> {
  return derivations.run(() => derive(password.normalize('NFKC'), salt, hashBytes, { N, r, p, maxmem: 256 * N * r }));
}
