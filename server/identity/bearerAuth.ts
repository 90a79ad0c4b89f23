import { createHash } from 'node:crypto';
import { compactVerify, createLocalJWKSet } from 'jose';
import type { JSONWebKeySet } from 'jose';
import type { Compilable, Kysely } from 'kysely';
import { addMs } from '../../src/domain/time/time.ts';
import type { Clock, Instant } from '../../src/domain/time/time.ts';
import type { Tables } from '../db/tables.ts';

/** The account of a request and its scopes. */
export type Principal = {
  accountId: string;
  address: string;
  name: string;
  /** In lower case, with the scopes they include: `tasks.readwrite` includes `tasks.read`. */
  scopes: ReadonlySet<string>;
};

/** Returns the principal of a bearer token; undefined when the token is invalid, expired or revoked. */
export type VerifyToken = (bearer: string) => Promise<Principal | undefined>;

export type VerifierOptions = {
  /** Records the last use of personal access tokens. */
  db: Kysely<Tables>;
  /** Reads accounts and tokens; `db` by default. */
  read?: Kysely<Tables>;
  clock: Clock;
  issuer: string;
  /** Public keys of the embedded provider. */
  keys: JSONWebKeySet;
  audience: string;
  /**
   * Called when the last use of a token could not be stored, for example on a full disk: no reason to refuse a read.
   */
  onUnnoted?: (error: unknown) => void;
};

/**
 * What a verified signature proves. Everything that can change later is read from the account's row at each request.
 */
type VerifiedToken = { accountId: string; scopes: ReadonlySet<string>; issuedAt: Instant; expiresAt: Instant };

const personalTokenPrefix = 'tf_';
const epoch: Instant = '1970-01-01T00:00:00.000Z';

/** The most verified tokens to cache: bounds the memory, far above the users of one service. */
const rememberedTokens = 5_000;

/**
 * The minimum interval between updates of `last_used_at`, so that reads do not write at every request. Milliseconds.
 */
const lastUsedEvery = 10 * 60_000;

/**
 * Verifies bearer tokens: JWT access tokens of the embedded provider (RS256, `at+jwt`) and personal access tokens
 * (`tf_…`).
 * A signature is verified once per token and cached until it expires; the account is read every time, so that removing
 * an account and "sign out everywhere" take effect at once.
 */
export function createVerifier(options: VerifierOptions): VerifyToken {
  const { db, read = options.db, clock, issuer, keys, audience, onUnnoted = () => {} } = options;
  const keySet = createLocalJWKSet(keys);
  const verifiedTokens = new Map<string, VerifiedToken>();
  const accountOf = prepare(
    read.selectFrom('accounts').select(['address', 'name', 'tokens_valid_from']).where('id', '=', ''),
    read,
  );
  const personalTokenOf = prepare(
    read
      .selectFrom('personal_tokens as token')
      .innerJoin('accounts as account', 'account.id', 'token.account_id')
      .select(['token.id', 'token.scope', 'token.expires_at', 'token.last_used_at'])
      .select(['account.id as accountId', 'account.address', 'account.name'])
      .where('token.hash', '=', ''),
    read,
  );

  function readClaims(payload: Uint8Array): VerifiedToken | undefined {
    const claims: Record<string, unknown> = JSON.parse(new TextDecoder().decode(payload));
    const { iss, aud, sub, exp, iat, iat_ms: issuedMs, scope } = claims;
    if (iss !== issuer || aud !== audience) return undefined;
    if (typeof sub !== 'string' || typeof exp !== 'number' || typeof iat !== 'number') return undefined;
    return {
      accountId: sub,
      scopes: scopesOf(typeof scope === 'string' ? scope : ''),
      // `iat` counts whole seconds: too coarse to tell a token issued before a sign-out from one issued right after it.
      issuedAt: addMs(epoch, typeof issuedMs === 'number' ? issuedMs : iat * 1000),
      expiresAt: addMs(epoch, exp * 1000),
    };
  }

  async function readSignature(token: string): Promise<VerifiedToken | undefined> {
    const cached = verifiedTokens.get(token);
    if (cached !== undefined) return cached;
    const verified = await compactVerify(token, keySet, { algorithms: ['RS256'] }).catch(() => undefined);
    if (verified?.protectedHeader.typ?.toLowerCase() !== 'at+jwt') return undefined;
    const signed = readClaims(verified.payload);
    if (signed === undefined) return undefined;
    if (verifiedTokens.size >= rememberedTokens) verifiedTokens.delete(verifiedTokens.keys().next().value ?? '');
    verifiedTokens.set(token, signed);
    return signed;
  }

  async function verifyAccessToken(token: string): Promise<Principal | undefined> {
    const signed = await readSignature(token);
    if (signed === undefined) return undefined;
    if (signed.expiresAt <= clock.now()) {
      verifiedTokens.delete(token);
      return undefined;
    }
    const account = await accountOf(signed.accountId);
    if (account === undefined || signed.issuedAt < account.tokens_valid_from) return undefined;
    return { accountId: signed.accountId, address: account.address, name: account.name, scopes: signed.scopes };
  }

  async function verifyPersonalToken(token: string): Promise<Principal | undefined> {
    const row = await personalTokenOf(tokenHashOf(token));
    const now = clock.now();
    if (row === undefined || (row.expires_at !== null && row.expires_at <= now)) return undefined;
    if (row.last_used_at === null || addMs(row.last_used_at, lastUsedEvery) <= now) {
      const noted = db.updateTable('personal_tokens').set({ last_used_at: now }).where('id', '=', row.id);
      await noted.execute().catch(onUnnoted);
    }
    return { accountId: row.accountId, address: row.address, name: row.name, scopes: scopesOf(row.scope) };
  }

  return (bearer) => (bearer.startsWith(personalTokenPrefix) ? verifyPersonalToken(bearer) : verifyAccessToken(bearer));
}

/** A query with one parameter, compiled once: every request runs one, and compiling costs more than executing. */
function prepare<Row>(query: Compilable<Row>, db: Kysely<Tables>): (value: string) => Promise<Row | undefined> {
  const compiled = query.compile();
  return async (value) => (await db.executeQuery<Row>({ ...compiled, parameters: [value] })).rows[0];
}

/** The SHA-256 of a personal access token, in hex. It has 256 random bits, so it needs no slow hash. */
export function tokenHashOf(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** Scopes in lower case; writing includes reading. */
function scopesOf(text: string): ReadonlySet<string> {
  const granted = text.toLowerCase().split(' ').filter(Boolean);
  return new Set([...granted, ...granted.map((scope) => scope.replace(/^tasks\.readwrite/, 'tasks.read'))]);
}
