import { randomBytes } from 'node:crypto';
import { exportJWK, generateKeyPair } from 'jose';
import type { JWK } from 'jose';
import type { Kysely } from 'kysely';
import type { Clock } from '../../src/domain/time/time.ts';
import type { Tables } from '../db/tables.ts';

type SigningKey = JWK & { kty: 'RSA'; n: string; e: string; kid: string; use: string; alg: string };

export type ProviderSecrets = {
  /** Private RSA keys that sign access tokens and ID tokens; the first one signs. */
  signingKeys: SigningKey[];
  /** Keys of the signed cookies; the first one signs, all of them verify. */
  cookieKeys: string[];
};

/** The provider's secrets, created at first start and stored, so that a restart signs nobody out. */
export async function providerSecrets(db: Kysely<Tables>, clock: Clock): Promise<ProviderSecrets> {
  const signingKeys: SigningKey[] = JSON.parse(await readOrCreate(db, clock, 'oidc.signingKeys', newSigningKeys));
  const cookieKeys: string[] = JSON.parse(await readOrCreate(db, clock, 'oidc.cookieKeys', newCookieKeys));
  return { signingKeys, cookieKeys };
}

/** Reads a secret, creating it if missing. Of two processes that start at once, both use the first one's. */
async function readOrCreate(
  db: Kysely<Tables>,
  clock: Clock,
  name: string,
  create: () => Promise<string>,
): Promise<string> {
  const find = db.selectFrom('secrets').select('value').where('name', '=', name);
  const stored = await find.executeTakeFirst();
  if (stored !== undefined) return stored.value;
  const row = { name, value: await create(), created_at: clock.now() };
  await db
    .insertInto('secrets')
    .values(row)
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute();
  return (await find.executeTakeFirstOrThrow()).value;
}

async function newSigningKeys(): Promise<string> {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true, modulusLength: 2048 });
  return JSON.stringify([{ ...(await exportJWK(privateKey)), use: 'sig', alg: 'RS256', kid: newKey(9) }]);
}

async function newCookieKeys(): Promise<string> {
  return JSON.stringify([newKey(32)]);
}

function newKey(bytes: number): string {
  return randomBytes(bytes).toString('base64url');
}
