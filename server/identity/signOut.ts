import type { Kysely } from 'kysely';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { addMs } from '../../src/domain/time/time.ts';
import type { Clock } from '../../src/domain/time/time.ts';
import type { Tables } from '../db/tables.ts';
import { runTransaction } from '../db/transaction.ts';
import { findAccountById, normalizeAddress } from './accounts.ts';
import { sessionPath } from './providerSettings.ts';

/**
 * Signs an account out everywhere: deletes sessions, grants, refresh tokens and codes, and invalidates earlier access
 * tokens and unfinished upload sessions (docs/protocol.md#upload-sessions). Personal access tokens stay valid.
 */
export async function signOutEverywhere(db: Kysely<Tables>, accountId: string, clock: Clock): Promise<void> {
  await runTransaction(db, async (trx) => {
    // Times have milliseconds: a token issued in this one counts as earlier.
    const validFrom = { tokens_valid_from: addMs(clock.now(), 1) };
    await trx.updateTable('accounts').set(validFrom).where('id', '=', accountId).execute();
    await trx.deleteFrom('oidc_rows').where('account_id', '=', accountId).execute();
    // An upload without a name is no session, but the body of a request in progress with a token of its own.
    await trx
      .deleteFrom('attachment_uploads')
      // The account's own uploads in any mailbox, not those of its guests.
      .where((eb) => eb(eb.fn.coalesce('guest_id', 'account_id'), '=', accountId))
      .where('name', '<>', '')
      .execute();
  });
}

/** Deletes a grant with everything issued under it. */
async function deleteGrant(db: Kysely<Tables>, grantId: string): Promise<void> {
  await db
    .deleteFrom('oidc_rows')
    .where((row) => row.or([row('grant_id', '=', grantId), row.and({ model: 'Grant', id: grantId })]))
    .execute();
}

/**
 * Koa middleware around the provider's end-session pages. The provider itself would keep refresh tokens
 * (`expiresWithSession` is off) and would ask even when nothing is left to sign out.
 * An ID token in the request identifies one sign-in: exactly its grant ends. Other accounts in the same browser stay
 * signed in.
 */
export function endSessions(db: Kysely<Tables>) {
  return async (ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> => {
    await next();
    const route = ctx.oidc?.route;
    if (route === 'end_session' && ctx.status === 200) await signOutWithoutPage(db, ctx);
    // The user confirmed on the page; the session object still has its grants.
    if (route === 'end_session_confirm' && ctx.oidc.params?.['logout'] !== undefined) await deleteGrants(db, ctx);
  };
}

async function signOutWithoutPage(db: Kysely<Tables>, ctx: KoaContextWithOIDC): Promise<void> {
  const { session, entities, params } = ctx.oidc;
  const hint = entities.IdTokenHint?.payload;
  const signedIn = session?.accountId;
  if (hint !== undefined) {
    if (typeof hint['grant'] === 'string') await deleteGrant(db, hint['grant']);
    if (signedIn !== undefined && signedIn === hint.sub) await endSession(db, ctx);
  } else if (signedIn !== undefined && !(await isForSomeoneElse(db, signedIn, params?.['logout_hint']))) {
    // Nothing proves that the app sent the request: any page may link here. So the page asks.
    return;
  }
  const { post_logout_redirect_uri: back, state } = params ?? {};
  const target = new URL(typeof back === 'string' ? back : ctx.oidc.urlFor('end_session_success'));
  if (typeof back === 'string' && typeof state === 'string') target.searchParams.set('state', state);
  ctx.redirect(target.href);
  ctx.status = 303;
}

async function isForSomeoneElse(db: Kysely<Tables>, accountId: string, hint: unknown): Promise<boolean> {
  if (typeof hint !== 'string' || hint === '') return false;
  return (await findAccountById(db, accountId))?.address !== normalizeAddress(hint);
}

async function endSession(db: Kysely<Tables>, ctx: KoaContextWithOIDC): Promise<void> {
  await deleteGrants(db, ctx);
  await ctx.oidc.session?.destroy();
  const name = ctx.oidc.provider.cookieName('session');
  const path = sessionPath(new URL(ctx.oidc.issuer));
  ctx.cookies.set(name, null, { path, httpOnly: true, sameSite: 'lax', signed: true });
}

async function deleteGrants(db: Kysely<Tables>, ctx: KoaContextWithOIDC): Promise<void> {
  for (const { grantId } of Object.values(ctx.oidc.session?.authorizations ?? {})) {
    if (grantId !== undefined) await deleteGrant(db, grantId);
  }
}
