import type { IncomingMessage } from 'node:http';
import type { Kysely } from 'kysely';
import type { Configuration, KoaContextWithOIDC } from 'oidc-provider';
import { msBetween } from '../../src/domain/time/time.ts';
import type { Clock, Instant } from '../../src/domain/time/time.ts';
import type { Tables } from '../db/tables.ts';
import { createAdapterFactory } from './oidcAdapter.ts';
import { createPolicy } from './interactionPolicy.ts';
import type { ProviderSecrets } from './providerSecrets.ts';
import type { SealedState } from './sealedState.ts';

/** The client id of the app at the embedded provider. */
export const clientId = 'threefold-app';

/** The resource of the API: the audience of access tokens. */
export const apiResource = 'urn:threefold:api';

/** The scopes of access tokens; letter case is ignored. */
export const apiScopes = ['tasks.read', 'tasks.readwrite', 'tasks.read.shared', 'tasks.readwrite.shared'] as const;

/** The scopes of ID tokens. */
export const oidcScopes = ['openid', 'profile', 'email'] as const;

/** What the provider stores for `offline_access`, which it takes out of every request without a consent page. */
export const offlineScope = 'offline';

const epoch: Instant = '1970-01-01T00:00:00.000Z';
const minute = 60;
const day = 24 * 60 * minute;

/**
 * In seconds. Signing out and removing an account take effect before an access token expires
 * (server/identity/bearerAuth.ts).
 */
export const lifetimes = {
  accessToken: 30 * minute,
  authorizationCode: minute,
  interaction: 60 * minute,
  refreshToken: 90 * day,
  session: 90 * day,
  /** Longer than its tokens: a refresh token whose grant has expired is useless. */
  grant: 400 * day,
} as const;

export type ProviderInput = {
  db: Kysely<Tables>;
  clock: Clock;
  secrets: ProviderSecrets;
  state: SealedState;
  /** The origins of the app, to which a sign-in may return. The first one is PUBLIC_URL. */
  origins: readonly string[];
  accessTokenSeconds: number;
  /** The time at which a request arrived. */
  arrivalOf: (req: IncomingMessage) => Instant;
  pages: {
    error: (ctx: KoaContextWithOIDC, error: unknown) => void;
    signOut: (ctx: KoaContextWithOIDC, form: string) => Promise<void>;
    signedOut: (ctx: KoaContextWithOIDC) => void;
  };
};

/**
 * The provider's settings (docs/architecture.md#sign-in). Each setting that differs from the default states its reason.
 */
export function providerSettings({
  arrivalOf,
  db,
  clock,
  secrets,
  state,
  origins,
  accessTokenSeconds,
  pages,
}: ProviderInput): Configuration {
  const returnAddresses = origins.map((origin) => `${origin}/auth.html`);
  return {
    adapter: createAdapterFactory(db, clock, state),
    jwks: { keys: secrets.signingKeys },
    cookies: cookieSettings(secrets, new URL(origins[0] ?? '')),
    clients: [
      {
        client_id: clientId,
        client_name: 'Threefold',
        application_type: 'web',
        // A browser cannot keep a client secret; PKCE replaces it.
        token_endpoint_auth_method: 'none',
        grant_types: ['authorization_code', 'refresh_token'],
        response_types: ['code'],
        redirect_uris: returnAddresses,
        post_logout_redirect_uris: returnAddresses,
      },
    ],
    responseTypes: ['code'],
    clientAuthMethods: ['none'],
    pkce: { required: () => true },
    clientBasedCORS: (_ctx, origin) => origins.includes(origin),
    scopes: [...oidcScopes, offlineScope],
    claims: {
      // `login_hint` lets MSAL name the account in every silent request; `grant` lets sign-out end exactly this
      // sign-in.
      openid: ['sub', 'login_hint', 'grant'],
      profile: ['name', 'preferred_username'],
      email: ['email'],
    },
    // MSAL reads name and address from the ID token and never asks the user-info endpoint.
    conformIdTokenClaims: false,
    findAccount: (ctx, accountId, token) => providerAccount(db, ctx, accountId, token?.iat),
    loadExistingGrant: loadGrant,
    // `offline_access` would need a consent page (scopeNegotiation.ts): every sign-in gets a refresh token instead.
    issueRefreshToken: (_ctx, client) => client.grantTypeAllowed('refresh_token'),
    // Two tabs refresh at the same time: with rotation, the second would look like a stolen token and sign both out.
    rotateRefreshToken: false,
    // A browser may hold tokens of several accounts while the session has one; signOut.ts ends them (wrong-account
    // trap).
    expiresWithSession: () => false,
    // The arrival of the request, not the creation of the token: a sign-out everywhere in between must revoke this
    // token, too.
    extraTokenClaims: (ctx) => ({ iat_ms: msBetween(epoch, arrivalOf(ctx.req)) }),
    interactions: { policy: createPolicy(db), url: (_ctx, interaction) => `/oidc/interaction/${interaction.uid}` },
    features: {
      devInteractions: { enabled: false },
      dPoP: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      userinfo: { enabled: false },
      resourceIndicators: {
        enabled: true,
        // MSAL does not send `resource`: there is one API, so every request means it.
        defaultResource: () => apiResource,
        useGrantedResource: () => true,
        getResourceServerInfo: (ctx) => ({
          scope: [...new Set([...apiScopes, ...requestedApiScopes(ctx)])].join(' '),
          audience: apiResource,
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: 'RS256' } },
        }),
      },
      rpInitiatedLogout: { enabled: true, logoutSource: pages.signOut, postLogoutSuccessSource: pages.signedOut },
    },
    renderError: (ctx, _out, error) => pages.error(ctx, error),
    ttl: {
      AccessToken: accessTokenSeconds,
      AuthorizationCode: lifetimes.authorizationCode,
      Grant: lifetimes.grant,
      IdToken: accessTokenSeconds,
      Interaction: lifetimes.interaction,
      RefreshToken: lifetimes.refreshToken,
      Session: (_ctx, session) => (session.accountId === undefined ? lifetimes.interaction : lifetimes.session),
    },
  };
}

/** What the names of all cookies with a path of their own begin and end with. */
export function cookieNaming(publicUrl: URL): { prefix: string; suffix: string; isSecure: boolean } {
  const isSecure = publicUrl.protocol === 'https:';
  // Under https no subdomain and no http page of the host can set one: `__Host-` needs the path /, `__Secure-` does not.
  // Cookies ignore ports: two services on one machine would overwrite each other's sessions.
  return { prefix: isSecure ? '__Secure-' : '', suffix: publicUrl.port === '' ? '' : `_${publicUrl.port}`, isSecure };
}

function cookieSettings({ cookieKeys }: ProviderSecrets, publicUrl: URL): Configuration['cookies'] {
  const { prefix: short, suffix, isSecure } = cookieNaming(publicUrl);
  const common = { httpOnly: true, sameSite: 'lax', signed: true, secure: isSecure } as const;
  return {
    keys: cookieKeys,
    names: {
      session: `${isSecure ? '__Host-' : ''}tf_session${suffix}`,
      interaction: `${short}tf_interaction${suffix}`,
      resume: `${short}tf_resume${suffix}`,
    },
    long: { ...common, path: sessionPath(publicUrl) },
    short: common,
  };
}

/** The path of the session cookie. */
export function sessionPath(publicUrl: URL): string {
  return publicUrl.protocol === 'https:' ? '/' : '/oidc';
}

/**
 * The account of a session or token, unless it was removed or signed out everywhere since: a concurrent request may
 * have written back a session, grant or refresh token that the sign-out had deleted.
 */
async function providerAccount(db: Kysely<Tables>, ctx: KoaContextWithOIDC, accountId: string, issuedAt?: number) {
  const row = await db.selectFrom('accounts').selectAll().where('id', '=', accountId).executeTakeFirst();
  if (row === undefined) return undefined;
  const since = issuedAt ?? ctx.oidc.session?.loginTs;
  // Both count whole seconds: within the second of the sign-out the token is accepted, for users who sign in again at
  // once.
  if (since !== undefined && since < Math.floor(msBetween(epoch, row.tokens_valid_from) / 1000)) return undefined;
  const claims = () => ({
    sub: accountId,
    name: row.name,
    preferred_username: row.address,
    email: row.address,
    login_hint: row.address,
    grant: ctx.oidc.grant?.jti,
  });
  return { accountId, claims };
}

/** Finds or creates the session's grant: the app is our own, so no consent is needed. */
async function loadGrant(ctx: KoaContextWithOIDC) {
  const { client, session, provider } = ctx.oidc;
  if (client === undefined || session?.accountId === undefined) return undefined;
  const grantId = session.grantIdFor(client.clientId);
  const existing = grantId === undefined ? undefined : await provider.Grant.find(grantId);
  const isOwn = existing !== undefined && existing.accountId === session.accountId;
  const grant = isOwn ? existing : new provider.Grant({ accountId: session.accountId, clientId: client.clientId });
  grant.addOIDCScope([...oidcScopes, offlineScope].join(' '));
  grant.addResourceScope(apiResource, [...new Set([...apiScopes, ...requestedApiScopes(ctx)])]);
  await grant.save();
  return grant;
}

/**
 * The API scopes of a request as the client spelled them, because MSAL compares the response with its own spelling. A
 * token request may omit them; then those of the code or refresh token apply.
 */
function requestedApiScopes(ctx: KoaContextWithOIDC): string[] {
  const { params, entities } = ctx.oidc;
  const requested = [params?.['scope'], entities.AuthorizationCode?.scope, entities.RefreshToken?.scope];
  const knownScopes: readonly string[] = apiScopes;
  return requested
    .flatMap((scopes) => (typeof scopes === 'string' ? scopes.split(' ') : []))
    .filter((scope) => knownScopes.includes(scope.toLowerCase()));
}
