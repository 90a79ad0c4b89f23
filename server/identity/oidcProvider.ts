import type { EventEmitter } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { JSONWebKeySet } from 'jose';
import type { Kysely } from 'kysely';
import { errors, Provider } from 'oidc-provider';
import type { KoaContextWithOIDC } from 'oidc-provider';
import type { Clock, Instant } from '../../src/domain/time/time.ts';
import { isLoopback } from '../config/config.ts';
import type { Config } from '../config/config.ts';
import type { Tables } from '../db/tables.ts';
import { createNewId } from '../config/ids.ts';
import type { Log } from '../config/log.ts';
import { permissionsPolicy, securityHeaders, type SecurityHeaderSettings } from '../http/securityHeaders.ts';
import { toAppError } from '../http/toAppError.ts';
import { findAccountById } from './accounts.ts';
import { deleteExpiredRows } from './oidcAdapter.ts';
import { loadPageAssets } from './pageAssets.ts';
import { partyOf, remoteAddressOf } from './formRequest.ts';
import { createInteractions } from './interactions.ts';
import { bodyArrival } from '../load/bodyArrival.ts';
import { createUnlimitedShare, type FairShare } from '../load/fairShare.ts';
import { Overload } from '../load/parties.ts';
import { sendPage, sendRedirect } from './pageResponse.ts';
import { nameGrantedScopes, readTokenRequest, translateAuthorization } from './scopeNegotiation.ts';
import type { PageContext } from './pages/documentLayout.ts';
import { failurePage, signedOutPage, signOutPage } from './pages/identityPages.ts';
import { providerSecrets } from './providerSecrets.ts';
import { cookieNaming, lifetimes, providerSettings } from './providerSettings.ts';
import { createSealedState } from './sealedState.ts';
import { endSessions } from './signOut.ts';
import { createSignInThrottle } from './signInThrottle.ts';
import { pageTextsFor } from './pageTexts.ts';

export type Identity = {
  issuer: string;
  /** Public keys, for createVerifier. */
  jwks: JSONWebKeySet;
  /** Handles a request below `/oidc`, and returns whether it was one. Call it before anything reads the body. */
  handle(req: IncomingMessage, res: ServerResponse): boolean;
  /** Stops the periodic cleanup. */
  close(): void;
};

export type IdentityInput = {
  db: Kysely<Tables>;
  clock: Clock;
  config: Pick<Config, 'publicUrl' | 'signUp'> & SecurityHeaderSettings;
  log: Log;
  /** Origins of the app besides PUBLIC_URL: that of Vite in development. */
  devOrigins?: readonly string[];
  /** Lifetime of access tokens; tests of refreshing shorten it. */
  accessTokenSeconds?: number;
  share?: FairShare;
};

const tokenPath = '/oidc/token';
const metadataPath = '/.well-known/oauth-authorization-server/oidc';

const cleanupIntervalMs = 10 * 60_000;

/**
 * The embedded OpenID Connect provider (docs/architecture.md#sign-in): accounts of this service sign in at
 * `PUBLIC_URL/oidc`. All of its state is in the database, so a restart signs nobody out.
 */
export async function createIdentity(input: IdentityInput): Promise<Identity> {
  const {
    db,
    clock,
    config,
    log,
    share = createUnlimitedShare(clock),
    devOrigins = [],
    accessTokenSeconds = lifetimes.accessToken,
  } = input;
  const origins = [config.publicUrl, ...devOrigins];
  const publicUrl = new URL(config.publicUrl);
  const isBehindProxy = publicUrl.protocol === 'https:';
  const issuer = `${config.publicUrl}/oidc`;
  const secrets = await providerSecrets(db, clock);
  const assets = await loadPageAssets();
  const throttle = createSignInThrottle(db, clock);
  const state = createSealedState(clock, secrets.cookieKeys[0] ?? '', cookieNaming(publicUrl));
  const stores = { db, clock, secrets, state };
  const page = (req: IncomingMessage): PageContext => ({
    texts: pageTextsFor(req.headers['accept-language']),
    styles: assets.styles,
    appUrl: `${config.publicUrl}/`,
  });

  const arrivals = new WeakMap<IncomingMessage, Instant>();
  const arrivalOf = (req: IncomingMessage): Instant => arrivals.get(req) ?? clock.now();

  const provider = new Provider(
    issuer,
    providerSettings({ ...stores, origins, accessTokenSeconds, arrivalOf, pages: providerPages(db, page) }),
  );
  // The host and scheme of every request are those of PUBLIC_URL: set below, whatever the client or a proxy sent.
  provider.proxy = true;
  provider.use(answerFailures(log, page));
  const requestedScopes = new WeakMap<IncomingMessage, string | null>();
  provider.use(nameGrantedScopes((req) => requestedScopes.get(req) ?? null));
  provider.use(endSessions(db));
  provider.on('server_error', (_ctx, error) => log.error('identity failed', {}, error));
  // Koa's own event, missing in the provider's types; without a listener Koa writes to the console.
  const koa: EventEmitter = provider;
  koa.on('error', (error: unknown) => log.error('identity failed', {}, error));
  const callback = provider.callback();
  const interactions = createInteractions({
    provider,
    db,
    clock,
    newId: createNewId(clock),
    throttle,
    signUp: config.signUp,
    formOrigins: [config.publicUrl],
    isBehindProxy,
    page,
  });

  async function answer(req: IncomingMessage, res: ServerResponse, path: string): Promise<void> {
    arrivals.set(req, clock.now());
    setPageHeaders(res, origins, config);
    if (path === '/oidc/' || path === '/oidc') return sendRedirect(res, 302, `${config.publicUrl}/`);
    const host = req.headers.host ?? '';
    if (req.method === 'GET' && isPage(path) && host !== publicUrl.host && isLoopback(publicUrl.hostname)) {
      // Cookies and form origins belong to one host name; 127.0.0.1 and localhost are two.
      return sendRedirect(res, 307, config.publicUrl + req.url);
    }
    Object.assign(req.headers, {
      host: publicUrl.host,
      'x-forwarded-host': publicUrl.host,
      'x-forwarded-proto': publicUrl.protocol.slice(0, -1),
    });
    if (await assets.serve(path, res)) return;
    if (await interactions(req, res, path)) return;
    if (path === tokenPath && req.method === 'POST') return redeem(req, res);
    // A resumed sign-in takes no parameters; the provider answers 500 to some.
    const isResumed = /^\/oidc\/auth\/./.test(path);
    await forward(
      callback,
      req,
      res,
      isResumed ? path : path === '/oidc/auth' ? translateAuthorization(req.url ?? '') : req.url,
    );
  }

  const sendFailure = createFailureSender({ log, page, origins, config });

  async function redeem(req: IncomingMessage, res: ServerResponse): Promise<void> {
    const read = await readTokenRequest(provider, req);
    if (read === null) return sendPage(res, 413, failurePage(page(req), 'other'));
    arrivals.set(read.request, arrivalOf(req));
    requestedScopes.set(read.request, read.scope);
    await forward(callback, read.request, res);
  }

  async function clean(): Promise<void> {
    try {
      await deleteExpiredRows(db, clock);
      await throttle.clean();
    } catch (error) {
      log.error('cleaning sign-in rows failed', {}, error);
    }
  }
  await clean();
  const timer = setInterval(() => void clean(), cleanupIntervalMs).unref();

  return {
    issuer,
    jwks: {
      keys: secrets.signingKeys.map(({ kty, n, e, kid, use, alg }) => ({ kty, n, e, kid, use, alg })),
    },
    handle(req, res) {
      // RFC 8414 §3.1 puts its name before the path of the issuer; the content is that of OpenID Connect.
      if (req.url === metadataPath) req.url = '/oidc/.well-known/openid-configuration';
      const path = (req.url ?? '').split('?', 1)[0] ?? '';
      if (path !== '/oidc' && !path.startsWith('/oidc/')) return false;
      const work = () => runWithBody(share, req, isBehindProxy, () => answer(req, res, path));
      state.handle(req, res, work).catch((error: unknown) => sendFailure(req, res, error));
      return true;
    },
    close: () => clearInterval(timer),
  };
}

async function runWithBody(
  share: FairShare,
  req: IncomingMessage,
  isBehindProxy: boolean,
  work: () => Promise<void>,
): Promise<void> {
  await bodyArrival(req);
  await share.run(partyOf(remoteAddressOf(req, isBehindProxy)), work);
}

/** Before all others: Koa would answer what they throw as plain text, without the headers of our pages. */
function answerFailures(log: Log, page: (req: IncomingMessage) => PageContext) {
  return async (ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> => {
    const status = await next().then(
      () => (ctx.status === 404 ? 404 : null),
      (error: unknown) => {
        log.error('identity failed', {}, error);
        return statusOf(error);
      },
    );
    if (status === null) return;
    show(ctx, failurePage(page(ctx.req), 'other'));
    ctx.status = status;
  };
}

type Callback = ReturnType<Provider['callback']>;

/** Passes a request on to the provider, which finds the path it is mounted at by comparing the two addresses. */
async function forward(
  callback: Callback,
  req: IncomingMessage,
  res: ServerResponse,
  address = req.url ?? '',
): Promise<void> {
  const mounted = req as IncomingMessage & { originalUrl?: string | undefined };
  mounted.originalUrl = address;
  req.url = address.slice('/oidc'.length);
  await callback(req, res);
}

type FailureInput = Pick<IdentityInput, 'log' | 'config'> & {
  page: (req: IncomingMessage) => PageContext;
  origins: readonly string[];
};

function createFailureSender({ log, page, origins, config }: FailureInput) {
  return (req: IncomingMessage, res: ServerResponse, error: unknown): void => {
    // Another tab may complete the same sign-in during this request.
    const isExpired = error instanceof errors.SessionNotFound;
    const isOverload = error instanceof Overload;
    if (!isExpired && !isOverload) log.error('identity failed', {}, error);
    if (res.headersSent) return void res.destroy();
    if (isOverload) {
      setPageHeaders(res, origins, config);
      res.setHeader('Retry-After', Math.ceil(error.seconds));
    }
    const reason = isExpired ? 'expired' : isOverload ? 'busy' : 'other';
    sendPage(res, isExpired ? 400 : statusOf(error), failurePage(page(req), reason));
  };
}

/** A library's error about a request names its status; everything else is the service's fault. */
function statusOf(error: unknown): number {
  const status = error instanceof Error && 'status' in error ? error.status : undefined;
  return typeof status === 'number' && status >= 400 && status < 500 ? status : toAppError(error).error.status;
}

/** The provider's own pages, with our texts and layout. */
function providerPages(db: Kysely<Tables>, page: (req: IncomingMessage) => PageContext) {
  return {
    error(ctx: KoaContextWithOIDC, error: unknown): void {
      const isExpired = error instanceof errors.SessionNotFound;
      const details =
        error instanceof errors.OIDCProviderError && !isExpired
          ? [error.error, error.error_description].filter(Boolean).join(': ')
          : undefined;
      show(ctx, failurePage(page(ctx.req), isExpired ? 'expired' : 'other', details));
    },
    async signOut(ctx: KoaContextWithOIDC, form: string): Promise<void> {
      const account = await findAccountById(db, ctx.oidc.session?.accountId ?? '');
      show(ctx, account === undefined ? form : signOutPage(page(ctx.req), account, { html: form }));
    },
    signedOut(ctx: KoaContextWithOIDC): void {
      show(ctx, signedOutPage(page(ctx.req)));
    },
  };
}

function show(ctx: Pick<KoaContextWithOIDC, 'type' | 'body'>, body: string): void {
  ctx.type = 'html';
  ctx.body = body;
}

/**
 * No scripts (the provider adds the hash of its own script where it has one) and no other origins. A form's response
 * redirects to the app, which Chromium checks as part of form-action; silent renewal frames these pages.
 */
function setPageHeaders(res: ServerResponse, origins: readonly string[], config: SecurityHeaderSettings): void {
  const policy = [
    "default-src 'none'",
    'script-src',
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self'",
    `form-action 'self' ${origins.join(' ')}`,
    `frame-ancestors 'self' ${origins.join(' ')}`,
    "base-uri 'none'",
  ];
  res.setHeader('Content-Security-Policy', policy.join('; '));
  res.setHeader('Permissions-Policy', permissionsPolicy);
  for (const [name, value] of Object.entries(securityHeaders(config))) res.setHeader(name, value);
  // `no-referrer` would blank the Origin header by which our own forms are checked.
  res.setHeader('Referrer-Policy', 'same-origin');
}

/** Whether it is a page for people. Discovery, keys and tokens respond on any host name. */
function isPage(path: string): boolean {
  return /^\/oidc\/(auth|interaction|session)(\/|$)/.test(path);
}
