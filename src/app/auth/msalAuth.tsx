import {
  BrowserAuthError,
  CacheLookupPolicy,
  InteractionRequiredAuthError,
  ProtocolMode,
  PublicClientApplication,
  ServerError,
  type AccountInfo,
  type AuthenticationResult,
  type Configuration,
} from '@azure/msal-browser';
import { MsalProvider, useMsal } from '@azure/msal-react';
import { useEffect } from 'react';
import * as v from 'valibot';
import { ApiError } from '../../api/apiError.ts';
import type { Account } from '../../data/dataProvider.tsx';
import { authReturnPath, type AuthPort, type AccountsListener } from './authPort.ts';
import type { AuthConfig } from '../config/runtimeConfig.ts';

type Input = {
  settings: AuthConfig;
  /** Origin of the app: `https://tasks.example.org`. */
  origin: string;
  fetch: typeof fetch;
  /** Caches the provider's discovery document, so that the app starts offline. */
  discovery: { read: () => string | null; save: (text: string) => void };
  keyOf: (issuer: string, subject: string) => Promise<string>;
};

/**
 * MSAL over one provider: the embedded one or Microsoft Entra ID (docs/architecture.md#sign-in). Throws ApiError when
 * it is unreachable.
 */
export async function createMsalAuth(input: Input): Promise<AuthPort> {
  const { settings } = input;
  const { scopes } = settings;
  const app = new PublicClientApplication(await configuration(input));
  await app.initialize();
  const { accountOf, recordOf, verifiedToken } = createAccountRecords(app, input.keyOf);

  async function failure(error: unknown): Promise<ApiError> {
    if (error instanceof ApiError) return error;
    const message = error instanceof Error ? error.message : String(error);
    if (error instanceof InteractionRequiredAuthError) return new ApiError('signIn', message);
    if (error instanceof ServerError && (error.status ?? 0) >= 500) return new ApiError('busy', message);
    // A frame that times out looks the same whether the provider is down or rejects it; a request tells them apart.
    return new ApiError((await isReachable(input)) ? 'signIn' : 'offline', message);
  }

  async function acquireSilently(account: Account, how: 'renew' | 'fresh' | 'cached'): Promise<string> {
    const record = await recordOf(account);
    if (record === undefined && how === 'cached') throw new ApiError('signIn', 'The session has ended.');
    const result =
      record === undefined
        ? await app.ssoSilent({ scopes, loginHint: account.address })
        : await app.acquireTokenSilent({
            scopes,
            account: record,
            forceRefresh: how === 'fresh',
            cacheLookupPolicy: how === 'cached' ? CacheLookupPolicy.AccessToken : CacheLookupPolicy.Default,
          });
    return verifiedToken(result, account, record);
  }

  const inFlight = new Map<string, Promise<string>>();
  /** One request in flight per account and mode: hooks that start together share one hidden frame. */
  function token(account: Account, how: 'renew' | 'fresh' | 'cached'): Promise<string> {
    const name = `${how} ${account.key}`;
    const running = inFlight.get(name);
    if (running !== undefined) return running;
    const started = acquireSilently(account, how)
      .catch(async (error: unknown) => {
        throw how === 'cached' ? new ApiError('signIn', 'The session has ended.') : await failure(error);
      })
      .finally(() => inFlight.delete(name));
    inFlight.set(name, started);
    return started;
  }

  return {
    token,
    watchAccounts: (onChange) => (
      <MsalProvider instance={app}>
        <AccountsWatcher onChange={onChange} />
      </MsalProvider>
    ),
    async finish() {
      try {
        const result = await app.handleRedirectPromise();
        return result === null ? undefined : await accountOf(result);
      } catch (error) {
        if (isCancelled(error)) return undefined;
        throw await failure(error);
      }
    },
    async signIn({ create = false, choose = false, address, startPage } = {}) {
      const prompt = create ? 'create' : choose ? 'select_account' : undefined;
      await app.loginRedirect({
        scopes,
        ...(prompt === undefined ? {} : { prompt }),
        ...(address === undefined ? {} : { loginHint: address }),
        ...(startPage === undefined ? {} : { redirectStartPage: startPage }),
      });
    },
    async signInAgain(account) {
      try {
        const result = await app.acquireTokenPopup({
          scopes,
          loginHint: account.address,
          overrideInteractionInProgress: true,
        });
        return (await accountOf(result)).key === account.key ? 'signedIn' : 'someoneElse';
      } catch (error) {
        if (error instanceof BrowserAuthError && blockedCodes.has(error.errorCode)) return 'blocked';
        if (isCancelled(error)) return 'closed';
        throw await failure(error);
      }
    },
    async signOut(account) {
      const record = await recordOf(account);
      // The tokens on this device are deleted either way.
      if (!(await isReachable(input))) return app.clearCache(record === undefined ? {} : { account: record });
      await app.logoutRedirect({
        ...(record === undefined ? {} : { account: record, idTokenHint: record.idToken }),
        logoutHint: account.address,
        extraQueryParameters: { client_id: settings.clientId },
      });
    },
  };
}

/** Maps MSAL's account records to the app's accounts. */
function createAccountRecords(app: PublicClientApplication, keyOf: Input['keyOf']) {
  async function identify(claims: object | undefined, username: string): Promise<Account> {
    const parsed = v.parse(idClaims, claims ?? {});
    const address = parsed.email ?? parsed.preferred_username ?? username;
    return { key: await keyOf(parsed.iss, parsed.sub), address, name: parsed.name ?? address };
  }
  const accountOf = (result: AuthenticationResult) => identify(result.idTokenClaims, result.account.username);

  /** MSAL's own record of an account; undefined after a browser restart, which empties MSAL's cache. */
  async function recordOf(account: Account): Promise<AccountInfo | undefined> {
    for (const record of app.getAllAccounts()) {
      if ((await identify(record.idTokenClaims, record.username)).key === account.key) return record;
    }
    return undefined;
  }

  /**
   * The result's token, if it is this account's; a token of another account is never used. MSAL stores tokens by the
   * account that signed in, so a cached result for `record` is right; it carries no claims to check.
   */
  async function verifiedToken(result: AuthenticationResult, account: Account, record?: AccountInfo): Promise<string> {
    if (result.fromCache && result.account.homeAccountId === record?.homeAccountId) return result.accessToken;
    const other = await identify(result.idTokenClaims, result.account.username);
    if (other.key === account.key) return result.accessToken;
    throw new ApiError('signIn', `The provider answered for ${other.address} instead of ${account.address}.`);
  }

  return { accountOf, recordOf, verifiedToken };
}

/** MSAL shares its cache among tabs, and its React context follows changes by other tabs. */
function AccountsWatcher({ onChange }: { onChange: AccountsListener }) {
  const { accounts } = useMsal();
  useEffect(() => onChange(accounts.map(({ username }) => username)), [accounts, onChange]);
  return null;
}

/** The claims of an ID token that identify a person. Without issuer and subject the key matches no account. */
const idClaims = v.object({
  iss: v.optional(v.string(), ''),
  sub: v.optional(v.string(), ''),
  email: v.optional(v.string()),
  preferred_username: v.optional(v.string()),
  name: v.optional(v.string()),
});

/** The window was closed, or Cancel was pressed on the provider's page. */
function isCancelled(error: unknown): boolean {
  if (error instanceof BrowserAuthError) return error.errorCode === 'user_cancelled';
  return error instanceof ServerError && error.errorCode === 'access_denied';
}

const blockedCodes = new Set(['popup_window_error', 'empty_window_error']);

async function configuration(input: Input): Promise<Configuration> {
  const { settings, origin } = input;
  const common = {
    clientId: settings.clientId,
    redirectUri: origin + authReturnPath,
    postLogoutRedirectUri: origin + authReturnPath,
  };
  const cache = { cacheLocation: 'localStorage' };
  if (settings.kind === 'entra') return { auth: { ...common, authority: settings.authority }, cache };
  // MSAL rejects http authorities, but all endpoints that it calls come from the discovery document.
  const authority = settings.authority.replace(/^http:/, 'https:').toLowerCase();
  return {
    auth: {
      ...common,
      authority,
      knownAuthorities: [new URL(authority).host],
      authorityMetadata: await discover(input),
      // Not offline_access: the provider drops it silently, and MSAL's renewal would request too many scopes.
      OIDCOptions: { defaultScopes: ['openid', 'profile'] },
    },
    cache,
    system: { protocolMode: ProtocolMode.OIDC },
  };
}

const discoveryPath = {
  embedded: '/.well-known/openid-configuration',
  entra: '/v2.0/.well-known/openid-configuration',
};

async function fetchDiscovery({ settings, fetch: read }: Input): Promise<string> {
  const response = await read(settings.authority + discoveryPath[settings.kind], {
    signal: AbortSignal.timeout(10_000),
  });
  if (!response.ok) throw new Error(`The sign-in service answered ${response.status}.`);
  return response.text();
}

/** Returns the cached document at once and refreshes the cache for the next start: endpoints rarely change. */
async function discover(input: Input): Promise<string> {
  const fetched = fetchDiscovery(input).then((text) => {
    input.discovery.save(text);
    return text;
  });
  const cached = input.discovery.read();
  try {
    if (cached === null) return await fetched;
  } catch (error) {
    throw new ApiError('offline', error instanceof Error ? error.message : String(error));
  }
  // The cached copy is in use; the next start tries the refresh again.
  fetched.catch(() => undefined);
  return cached;
}

async function isReachable(input: Input): Promise<boolean> {
  try {
    await fetchDiscovery(input);
    return true;
  } catch {
    return false;
  }
}
