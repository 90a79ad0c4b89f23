import { interactionPolicy } from 'oidc-provider';
import type { KoaContextWithOIDC } from 'oidc-provider';
import { findAccountById, normalizeAddress } from './accounts.ts';
import type { Kysely } from 'kysely';
import type { Tables } from '../db/tables.ts';

/**
 * Whether the provider must show a page: to create or choose an account when the app asks for it, or to sign in. There
 * is no consent page, because the app is the only client.
 */
export function createPolicy(db: Kysely<Tables>): interactionPolicy.Prompt[] {
  const { Check, Prompt, base } = interactionPolicy;
  const policy = base();
  policy.remove('consent');
  policy.add(new Prompt({ name: 'create', requestable: true }), 0);
  policy.add(new Prompt({ name: 'select_account', requestable: true }), 1);
  const login = policy.get('login');
  login?.checks.add(
    new Check('no_account', 'the account is gone, or was signed out everywhere', 'login_required', ({ oidc }) => {
      return oidc.session?.accountId !== undefined && oidc.account === undefined;
    }),
  );
  login?.checks.add(
    new Check('login_hint', 'another account than the one asked for is signed in', 'login_required', (ctx) =>
      isSomeoneElse(db, ctx),
    ),
  );
  return policy;
}

/**
 * Without this check, a silent request for one account gets a token of whichever account signed in last
 * (docs/architecture.md#the-wrong-account-trap). A sign-in on our own page just now was a choice, and passes.
 */
async function isSomeoneElse(db: Kysely<Tables>, { oidc }: KoaContextWithOIDC): Promise<boolean> {
  const hint = oidc.params?.['login_hint'];
  const accountId = oidc.session?.accountId;
  if (typeof hint !== 'string' || accountId === undefined || oidc.result?.login !== undefined) return false;
  if (hint === accountId) return false;
  const account = await findAccountById(db, accountId);
  return account?.address !== normalizeAddress(hint);
}
