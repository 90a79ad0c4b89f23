import { trimOf } from '../src/domain/text/trimText.ts';
import { randomUUID } from 'node:crypto';
import { IncomingMessage } from 'node:http';
import { Hono, type Context } from 'hono';
import { msBetween, type Instant } from '../src/domain/time/time.ts';
import { isObject } from '../src/wire/jsonReader.ts';
import { errorBody } from '../src/wire/odata/odata.ts';
import { graphBeta } from '../src/wire/outlook/outlookDialects.ts';
import { handleDocsRequest } from './api-docs/docsRoutes.ts';
import { createResponseCache } from './http/responseCache.ts';
import { findUpload, handleUploadRequest, uploadsRoot } from './attachments/uploadSessionRoutes.ts';
import type { Principal, VerifyToken } from './identity/bearerAuth.ts';
import { partyOf, remoteAddressOf } from './identity/formRequest.ts';
import { bodyArrival } from './load/bodyArrival.ts';
import { createUnlimitedShare, type FairShare } from './load/fairShare.ts';
import type { Party } from './load/parties.ts';
import { isPostgres } from './db/isPostgres.ts';
import { limitMailboxes } from './usage/mailboxUsage.ts';
import { handleBatch, isBatchPath } from './batch/batchEndpoint.ts';
import type { ServiceContext } from './http/requestContext.ts';
import { defaultMailboxBytes, defaultMailboxItems, defaultRate, type Config } from './config/config.ts';
import { corsHeaders, preflightResponse } from './http/cors.ts';
import { AppError, notFound, tooManyRequests, unknownSegment } from './config/appError.ts';
import { toAppError } from './http/toAppError.ts';
import { handleV1Request, v1Root } from './v1/v1Routes.ts';
import { createEventStreams, type EventStreams } from './feed/eventStreams.ts';
import { createOriginResolver, reply, replyJson, variesBy, withoutBody, type HonoContext } from './http/http.ts';
import { noStaticPages, type StaticPages } from './static/staticPages.ts';
import { securityHeaders, type SecurityHeaderSettings } from './http/securityHeaders.ts';
import { createRateLimit, rateLimitHeaders } from './http/rateLimit.ts';
import { convertResponse } from './http/responseConversion.ts';
import { handleOutlookRequest, checkMailboxAddress } from './outlook/outlookRoutes.ts';
import { servedDialects } from './outlook/servedDialects.ts';

type AppEnv = HonoContext extends Context<infer Env> ? Env : never;

export type AppInput = Omit<ServiceContext, 'read' | 'responseCache' | 'events'> & {
  /** The database for reads; `db` by default. */
  read?: ServiceContext['read'];
  verify: VerifyToken;
  /** Passed in by a caller that closes them when the service stops. */
  events?: EventStreams;
  config: SecurityHeaderSettings &
    Partial<Pick<Config, 'mailboxBytes' | 'mailboxItems' | 'rateLimit' | 'rateWindowSeconds'>>;
  /** Divides the event loop; by default only between requests that wait. */
  share?: FairShare;
  /** The built app and /config.json; none by default (tests of the API). */
  pages?: StaticPages | undefined;
  /** Whether the disk of the database is almost full; never by default. */
  isDiskFull?: (() => boolean) | undefined;
};

/** The service as one function of a request. It opens no database, listens on no port and reads no environment. */
export function buildApp({ verify, config, log, pages = noStaticPages, isDiskFull, ...rest }: AppInput): Hono<AppEnv> {
  const { mailboxBytes: bytes = defaultMailboxBytes, mailboxItems: items = defaultMailboxItems } = config;
  limitMailboxes(rest.db, { bytes, items, isDiskFull });
  const { rateLimit = defaultRate.limit, rateWindowSeconds = defaultRate.windowSeconds } = config;
  const read = rest.read ?? rest.db;
  const events = rest.events ?? createEventStreams({ read, verify, log });
  const stores: ServiceContext = { ...rest, log, read, events, responseCache: createResponseCache() };
  const rate = createRateLimit({ limit: rateLimit, windowSeconds: rateWindowSeconds }, stores.clock);
  const share = rest.share ?? createUnlimitedShare(rest.clock);
  const originOf = createOriginResolver(config);
  const isBehindProxy = new URL(config.publicUrl).protocol === 'https:';
  const always = securityHeaders(config);
  const app = new Hono<AppEnv>();

  // One handler instead of middleware: everything that surrounds a request is here, and no error can skip a layer.
  app.all('*', async (c) => {
    const began = stores.clock.now();
    const id = setHeaders(c, always);
    const response = await answer(c).catch((error: unknown) => sendFailure(c, error));
    const account = c.get('account');
    const isRead = c.req.method === 'GET' || c.req.method === 'HEAD';
    if (account !== undefined && !isRead) events.notify(account);
    const mailbox = c.get('mailbox');
    if (mailbox !== undefined && mailbox !== account && !isRead) events.notify(mailbox);
    log.info('request', {
      id,
      method: c.req.method,
      route: c.get('route') ?? '?',
      status: response.status,
      ms: msBetween(began, stores.clock.now()),
      account,
    });
    return c.req.method === 'HEAD' ? withoutBody(response) : response;
  });

  async function answer(c: HonoContext): Promise<Response> {
    const path = c.req.path;
    const lower = path.toLowerCase();
    if (apiRoots.some((root) => isBelow(lower, root))) {
      Object.assign(c.get('headers'), corsHeaders);
      return c.req.method === 'OPTIONS' ? preflightResponse(c) : answerApi(c, path);
    }
    if (lower === '/healthz') return sendHealth(c, stores);
    return share.run(visitorOf(c), () => pages.answer(c, path));
  }

  const visitorOf = (c: HonoContext): Party => {
    const incoming = incomingOf(c.env);
    return partyOf(incoming === undefined ? '' : remoteAddressOf(incoming, isBehindProxy));
  };

  function sendFailure(c: HonoContext, error: unknown): Response {
    const { error: appError, isOurs } = toAppError(error, isGraph(c));
    if (isOurs) log.error('request failed', { route: c.get('route') ?? '?' }, error);
    return sendError(c, appError, stores.clock.now());
  }

  async function answerApi(c: HonoContext, path: string): Promise<Response> {
    if (path.startsWith(`${uploadsRoot}/`)) {
      c.get('headers')['Cache-Control'] = 'private, no-store';
      const upload = { token: path.slice(uploadsRoot.length + 1), origin: originOf(c) };
      return answerUpload(c, stores, { share, visitor: visitorOf(c), ...upload });
    }
    const lower = path.toLowerCase();
    const dialect = servedDialects.find(({ root }) => isBelow(lower, root));
    if (dialect !== undefined) Object.assign(c.get('headers'), { 'OData-Version': '4.0', Vary: variesBy });
    const docsResponse = handleDocsRequest(c, lower, originOf(c));
    if (docsResponse !== undefined) return docsResponse;
    const bearer = /^Bearer\s+(\S+)\s*$/i.exec(c.req.header('authorization') ?? '')?.[1];
    const visitor = visitorOf(c);
    const principal = bearer === undefined ? undefined : await share.count(visitor, () => verify(bearer));
    // Who has a valid token is not refused for what others at the same address have used.
    if (principal === undefined && bearer !== undefined) share.check(visitor);
    if (principal === undefined) return sendUnauthorized(c, config.publicUrl, bearer !== undefined, stores.clock.now());
    const { accountId } = principal;
    c.set('account', accountId);
    c.get('headers')['Cache-Control'] = 'private, no-store';
    countRequest(c, accountId);
    const incoming = incomingOf(c.env);
    if (incoming !== undefined) await bodyArrival(incoming);
    return share.run({ name: accountId, isLimited: true }, () => answerAccount(c, path, principal));
  }

  async function answerAccount(c: HonoContext, path: string, principal: Principal): Promise<Response> {
    const lower = path.toLowerCase();
    const dialect = servedDialects.find(({ root }) => isBelow(lower, root));
    if (dialect !== undefined && isBatchPath(path, dialect)) {
      checkMailboxAddress(path.slice(dialect.root.length), principal, stores.tenantId, dialect);
      return handleBatch(c, {
        keepsOrder: !isPostgres(stores.db),
        dialect,
        origin: originOf(c),
        send: (request) => app.fetch(request),
      });
    }
    if (dialect !== undefined) {
      const requested = { origin: originOf(c), path: path.slice(dialect.root.length), dialect };
      return convertResponse(c, dialect, await handleOutlookRequest(c, stores, principal, requested));
    }
    if (isBelow(lower, v1Root)) {
      c.set('origin', originOf(c));
      return handleV1Request(c, stores, principal, trimOf(path.slice(v1Root.length), '/'));
    }
    throw unknownSegment(path.split('/')[2] ?? '');
  }

  /** Counts the request; above the limit it is refused before its body is read (docs/protocol.md#throttling). */
  function countRequest(c: HonoContext, accountId: string): void {
    const share = rate.consume(accountId);
    if (share === undefined) return;
    if (!isGraph(c)) Object.assign(c.get('headers'), rateLimitHeaders(rate.limit, share));
    if (share.isUsedUp) throw tooManyRequests(isGraph(c), msBetween(stores.clock.now(), share.resetsAt) / 1000);
  }

  return app;
}

/** The address of an upload is its permission: it counts to who opened it. */
async function answerUpload(
  c: HonoContext,
  stores: ServiceContext,
  { share, visitor, token, origin }: { share: FairShare; visitor: Party; token: string; origin: string },
): Promise<Response> {
  const upload = await share.count(visitor, () => findUpload(c, stores, token));
  if (upload === undefined) {
    share.check(visitor);
    throw notFound();
  }
  const sender: Party = { name: upload.guest_id ?? upload.account_id, isLimited: true };
  share.check(sender);
  return share.count(sender, () => handleUploadRequest(c, stores, origin, upload));
}

/** v2 sends no body and states where tokens come from (docs/protocol.md#errors). */
function sendUnauthorized(c: HonoContext, publicUrl: string, hadToken: boolean, now: Instant): Response {
  const issuer = `authorization_uri="${publicUrl}/oidc/auth"`;
  const reason = hadToken ? ', error="invalid_token", error_description="The token is not valid or has expired."' : '';
  const headers = { 'WWW-Authenticate': `Bearer realm="threefold", ${issuer}${reason}` };
  if (!isGraph(c)) return reply(c, '', 401, headers);
  const message = hadToken ? 'Access token validation failure.' : 'Access token is empty.';
  return sendError(c, new AppError(401, 'InvalidAuthenticationToken', message, headers), now);
}

/** Node's request, which the listener passes on; none without a socket. */
function incomingOf(environment: unknown): IncomingMessage | undefined {
  const incoming = isObject(environment) ? environment['incoming'] : undefined;
  return incoming instanceof IncomingMessage ? incoming : undefined;
}

/** Graph adds the date and the request id (docs/protocol.md#errors). */
function sendError(c: HonoContext, { status, code, message, headers }: AppError, now: Instant): Response {
  const requestId = c.get('headers')['request-id'] ?? '';
  const innerError = {
    date: now.slice(0, 19),
    'request-id': requestId,
    'client-request-id': c.get('headers')['client-request-id'] ?? requestId,
    ...(status === 429 && { code: '429', message: 'Please retry after', status: '429' }),
  };
  const text = JSON.stringify(errorBody(code, message, isGraph(c) ? innerError : undefined));
  return reply(c, text, status, { 'Content-Type': 'application/json; charset=utf-8', ...headers });
}

const apiRoots = ['/api', graphBeta.root, '/threefold'];

function isGraph(c: HonoContext): boolean {
  return isBelow(c.req.path.toLowerCase(), graphBeta.root);
}

/** Sets the response headers with the request ids of service and client (docs/protocol.md#headers). */
function setHeaders(c: HonoContext, always: Readonly<Record<string, string>>): string {
  const id = randomUUID();
  const headers: Record<string, string> = { 'request-id': id, ...always };
  const theirs = c.req.header('client-request-id');
  if (theirs !== undefined && /^[\w{}.-]{1,128}$/.test(theirs)) headers['client-request-id'] = theirs;
  c.set('headers', headers);
  return id;
}

/** Health check: whether the database responds. */
async function sendHealth(c: HonoContext, { read }: ServiceContext): Promise<Response> {
  c.set('route', '/healthz');
  await read.selectFrom('secrets').select('name').limit(1).execute();
  return replyJson(c, { status: 'ok' });
}

function isBelow(path: string, root: string): boolean {
  return path === root || path.startsWith(`${root}/`);
}
