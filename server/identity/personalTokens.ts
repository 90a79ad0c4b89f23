import { randomBytes, randomUUID } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Clock, Instant } from '../../src/domain/time/time.ts';
import { tokenHashOf } from './bearerAuth.ts';
import type { PersonalTokenRow, Tables } from '../db/tables.ts';
import { apiScopes } from './providerSettings.ts';

/**
 * The `.shared` scopes also cover folders shared by others; each includes its plain scope
 * (docs/decisions/0024-sharing.md).
 */
export const tokenScopes = apiScopes;
export type TokenScope = (typeof tokenScopes)[number];

/** A personal access token as its owner sees it. Only createToken returns the token itself. */
export type PersonalToken = {
  id: string;
  name: string;
  scope: string;
  createdAt: Instant;
  expiresAt: Instant | null;
  lastUsedAt: Instant | null;
};

/**
 * Creates a personal access token (`tf_` and 256 random bits). Only its hash is stored, so it cannot be shown again.
 */
export async function createToken(
  db: Kysely<Tables>,
  input: { accountId: string; scope: TokenScope; name: string; expiresAt: Instant | null },
  clock: Clock,
): Promise<{ id: string; token: string }> {
  const token = `tf_${randomBytes(32).toString('base64url')}`;
  const row: PersonalTokenRow = {
    // A UUID: other ids may begin with a dash, which a command line reads as an option.
    id: randomUUID(),
    account_id: input.accountId,
    hash: tokenHashOf(token),
    name: input.name,
    scope: input.scope,
    created_at: clock.now(),
    expires_at: input.expiresAt,
    last_used_at: null,
  };
  await db.insertInto('personal_tokens').values(row).execute();
  return { id: row.id, token };
}

/** The account's tokens, oldest first, including expired ones. */
export async function listTokens(db: Kysely<Tables>, accountId: string): Promise<PersonalToken[]> {
  const rows = db.selectFrom('personal_tokens').selectAll().where('account_id', '=', accountId).orderBy('created_at');
  return (await rows.execute()).map((row) => ({
    id: row.id,
    name: row.name,
    scope: row.scope,
    createdAt: row.created_at,
    expiresAt: row.expires_at,
    lastUsedAt: row.last_used_at,
  }));
}

/** Revokes a token at once, restricted to the given account if there is one. Returns whether it existed. */
export async function revokeToken(db: Kysely<Tables>, id: string, accountId?: string): Promise<boolean> {
  let tokens = db.deleteFrom('personal_tokens').where('id', '=', id);
  if (accountId !== undefined) tokens = tokens.where('account_id', '=', accountId);
  return (await tokens.executeTakeFirst()).numDeletedRows > 0n;
}
