import { randomUUID } from 'node:crypto';
import { Hono, type Context } from 'hono';
import { msBetween } from '../src/domain/time/time.ts';
import { errorBody } from '../src/wire/odata/odata.ts';
import { graphBeta, outlookRest } from '../src/wire/outlook/outlookDialects.ts';
import { answerAbout } from './api-docs/docsRoutes.ts';
import { createAnswers } from './http/responseCache.ts';
import { answerUpload, uploadsRoot } from './attachments/uploadSessionRoutes.ts';
import type { Verify } from './identity/bearerAuth.ts';
import { answerBatch, isBatchPath } from './http/batch.ts';
import type { Stores } from './http/requestContext.ts';
import { defaultMailboxBytes, defaultRate, type Config } from './config/config.ts';
import { corsHeaders, preflight } from './http/cors.ts';
import { answerTo, AppError, unknownSegment } from './config/appError.ts';
import { answerExtras, extrasRoot } from './v1/v1Routes.ts';
import { createEvents, type Events } from './feed/eventStreams.ts';
import { createOrigins, reply, replyJson, type Ctx } from './http/http.ts';
import type { Log } from './config/log.ts';
import { noPages, type Pages } from './static/staticPages.ts';
import { createRateLimit, rateHeaders, throttled } from './http/rateLimit.ts';
import { reshape } from './http/responseConversion.ts';
import { answerOutlook, checkMailbox } from './outlook/outlookRoutes.ts';

type AppEnv = Ctx extends Context<infer Env> ? Env : never;

export type AppInput = Omit<Stores, 'read' | 'answers' | 'events' | 'mailboxBytes'> & {
  /** Where reads go; `db` when left out. */
  read?: Stores['read'];
  verify: Verify;
  /** Given by whoever closes them when the service stops. */
  events?: Events;
  config: Pick<Config, 'publicUrl'> & Partial<Pick<Config, 'mailboxBytes' | 'rateLimit' | 'rateWindowSeconds'>>;
  log: Log;
  /** The built app and /config.json; nothing when left out (tests of the API). */
  pages?: Pages | undefined;
};

/** The service as one function of a request. It opens nothing, listens nowhere and reads no environment. */
export function buildApp({ verify, config, log, pages = noPages, ...rest }: AppInput): Hono<AppEnv> {
  const { mailboxBytes = defaultMailboxBytes } = config;
  const { rateLimit = defaultRate.limit, rateWindowSeconds = defaultRate.windowSeconds } = config;
  const read = rest.read ?? rest.db;
  const events = rest.events ?? createEvents({ read, verify, log });
  const stores: Stores = { ...rest, read, events, answers: createAnswers(), mailboxBytes };
  const rate = createRateLimit({ limit: rateLimit, windowSeconds: rateWindowSeconds }, stores.clock);
  const originOf = createOrigins(config);
  const app = new Hono<AppEnv>();

  // One handler, not a chain: what goes around a request is around it here, and an error never passes a layer by.
  app.all('*', async (c) => {
    const began = stores.clock.now();
    const id = noteHeaders(c);
    const response = await answer(c).catch((error: unknown) => sendFailure(c, error));
    const account = c.get('account');
    if (account !== undefined && c.req.method !== 'GET') events.poke(account);
    const mailbox = c.get('mailbox');
    if (mailbox !== undefined && mailbox !== account && c.req.method !== 'GET') events.poke(mailbox);
    log.info('request', {
      id,
      method: c.req.method,
      route: c.get('route') ?? '?',
      status: response.status,
      ms: msBetween(began, stores.clock.now()),
      account,
    });
    return response;
  });

  async function answer(c: Ctx): Promise<Response> {
    const path = c.req.path;
    const lower = path.toLowerCase();
    if (apiRoots.some((root) => isBelow(lower, root))) {
      Object.assign(c.get('headers'), corsHeaders);
      return c.req.method === 'OPTIONS' ? preflight(c) : answerApi(c, path);
    }
    return lower === '/healthz' ? sendHealth(c, stores) : pages.answer(c, path);
  }

  function sendFailure(c: Ctx, error: unknown): Response {
    const { error: told, isOurs } = answerTo(error);
    if (isOurs) log.error('request failed', { route: c.get('route') ?? '?' }, error);
    return sendError(c, told);
  }

  /** Graph adds the date and the request id (docs/protocol.md#errors). */
  function sendError(c: Ctx, { status, code, message, headers }: AppError): Response {
    const requestId = c.get('headers')['request-id'] ?? '';
    const innerError = {
      date: stores.clock.now().slice(0, 19),
      'request-id': requestId,
      'client-request-id': c.get('headers')['client-request-id'] ?? requestId,
      ...(status === 429 && { code: '429', message: 'Please retry after', status: '429' }),
    };
    const text = JSON.stringify(errorBody(code, message, isGraph(c) ? innerError : undefined));
    return reply(c, text, status, { 'Content-Type': 'application/json; charset=utf-8', ...headers });
  }

  async function answerApi(c: Ctx, path: string): Promise<Response> {
    if (path.startsWith(`${uploadsRoot}/`)) {
      c.get('headers')['Cache-Control'] = 'private, no-store';
      return answerUpload(c, stores, originOf(c), path.slice(uploadsRoot.length + 1));
    }
    const about = answerAbout(c, path.toLowerCase(), originOf(c));
    if (about !== undefined) return about;
    const bearer = /^Bearer\s+(\S+)\s*$/i.exec(c.req.header('authorization') ?? '')?.[1];
    const principal = bearer === undefined ? undefined : await verify(bearer);
    if (principal === undefined) return sendUnauthorized(c, bearer !== undefined);
    c.set('account', principal.accountId);
    c.get('headers')['Cache-Control'] = 'private, no-store';
    takeShare(c, principal.accountId);
    const lower = path.toLowerCase();
    const dialect = dialects.find(({ root }) => isBelow(lower, root));
    if (dialect !== undefined && isBatchPath(path, dialect)) {
      checkMailbox(path.slice(dialect.root.length), principal, stores.tenantId, dialect);
      return answerBatch(c, { dialect, origin: originOf(c), send: (request) => app.fetch(request) });
    }
    if (dialect !== undefined) {
      const asked = { origin: originOf(c), path: path.slice(dialect.root.length), dialect };
      return reshape(c, dialect, await answerOutlook(c, stores, principal, asked));
    }
    if (isBelow(lower, extrasRoot)) {
      c.set('origin', originOf(c));
      return answerExtras(c, stores, principal, path.slice(extrasRoot.length).replace(/^\/+|\/+$/g, ''));
    }
    throw unknownSegment(path.split('/')[2] ?? '');
  }

  /** Counts the request; one above the limit is refused before anything of it is read (docs/protocol.md#throttling). */
  function takeShare(c: Ctx, accountId: string): void {
    const share = rate.take(accountId);
    if (share === undefined) return;
    if (!isGraph(c)) Object.assign(c.get('headers'), rateHeaders(rate.limit, share));
    if (share.isUsedUp) throw throttled(isGraph(c), msBetween(stores.clock.now(), share.resetsAt) / 1000);
  }

  /** v2 answers without a body and says where tokens come from (docs/protocol.md#errors). */
  function sendUnauthorized(c: Ctx, hadToken: boolean): Response {
    const issuer = `authorization_uri="${config.publicUrl}/oidc/auth"`;
    const reason = hadToken
      ? ', error="invalid_token", error_description="The token is not valid or has expired."'
      : '';
    const headers = { 'WWW-Authenticate': `Bearer realm="threefold", ${issuer}${reason}` };
    if (!isGraph(c)) return reply(c, '', 401, headers);
    const message = hadToken ? 'Access token validation failure.' : 'Access token is empty.';
    return sendError(c, new AppError(401, 'InvalidAuthenticationToken', message, headers));
  }

  return app;
}

const dialects = [outlookRest, graphBeta];
const apiRoots = ['/api', graphBeta.root, '/threefold'];

function isGraph(c: Ctx): boolean {
  return isBelow(c.req.path.toLowerCase(), graphBeta.root);
}

/** Starts the headers of the answer with the service's request id and the client's (docs/protocol.md#headers). */
function noteHeaders(c: Ctx): string {
  const id = randomUUID();
  const headers: Record<string, string> = { 'request-id': id, 'X-Content-Type-Options': 'nosniff' };
  const theirs = c.req.header('client-request-id');
  if (theirs !== undefined && /^[\w{}.-]{1,128}$/.test(theirs)) headers['client-request-id'] = theirs;
  c.set('headers', headers);
  return id;
}

/** Whether the database answers: for whoever restarts the service when it does not. */
async function sendHealth(c: Ctx, { read }: Stores): Promise<Response> {
  c.set('route', '/healthz');
  await read.selectFrom('secrets').select('name').limit(1).execute();
  return replyJson(c, { status: 'ok' });
}

function isBelow(path: string, root: string): boolean {
  return path === root || path.startsWith(`${root}/`);
}
