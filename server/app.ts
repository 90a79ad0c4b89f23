import { randomUUID } from 'node:crypto';
import { Hono } from 'hono';
import type { Context } from 'hono';
import { msBetween } from '../src/domain/time.ts';
import { errorBody } from '../src/wire/odata.ts';
import type { Verify } from './auth.ts';
import type { Stores } from './call.ts';
import type { Config } from './config.ts';
import { corsHeaders, preflight } from './cors.ts';
import { AppError, answerTo, unknownSegment } from './errors.ts';
import { answerExtras, extrasRoot } from './extras.ts';
import { originFor } from './http.ts';
import type { Log } from './log.ts';
import { noPages, type Pages } from './pages.ts';
import { answerOutlook } from './routes.ts';

export type AppVariables = { route: string; account: string };

export type AppInput = Omit<Stores, 'read'> & {
  /** Where reads go; `db` when left out. */
  read?: Stores['read'];
  verify: Verify;
  config: Pick<Config, 'publicUrl'>;
  log: Log;
  /** The built app and /config.json; nothing when left out (tests of the API). */
  pages?: Pages;
};

type App = Hono<{ Variables: AppVariables }>;

/** The service as one function of a request. Opens nothing, listens nowhere, reads no environment (style.md §6, 21). */
export function buildApp({ read, verify, config, log, pages = noPages, ...rest }: AppInput): App {
  const stores: Stores = { ...rest, read: read ?? rest.db };
  const app: App = new Hono<{ Variables: AppVariables }>();

  app.use(async (c, next) => {
    const id = randomUUID();
    const began = stores.clock.now();
    await next();
    c.header('request-id', id);
    const theirs = c.req.header('client-request-id');
    if (theirs !== undefined && /^[\w{}.-]{1,128}$/.test(theirs)) c.header('client-request-id', theirs);
    c.header('X-Content-Type-Options', 'nosniff');
    log.info('request', {
      id,
      method: c.req.method,
      route: c.get('route') ?? '?',
      status: c.res.status,
      ms: msBetween(began, stores.clock.now()),
      account: c.get('account'),
    });
  });

  app.onError((error, c) => {
    const answer = answerTo(error);
    if (answer.isOurs) log.error('request failed', { route: c.get('route') ?? '?' }, error);
    return sendError(c, answer.error);
  });

  app.all('*', async (c) => {
    const path = c.req.path;
    const lower = path.toLowerCase();
    if (lower === '/healthz') return sendHealth(c, stores);
    if (isBelow(lower, '/api') || isBelow(lower, '/threefold')) {
      for (const [name, value] of corsHeaders) c.header(name, value);
      if (c.req.method === 'OPTIONS') return preflight(c);
      return answerApi(c, path);
    }
    return pages.answer(c, path);
  });

  async function answerApi(c: Context, path: string): Promise<Response> {
    const bearer = /^Bearer\s+(\S+)\s*$/i.exec(c.req.header('authorization') ?? '')?.[1];
    const principal = bearer === undefined ? undefined : await verify(bearer);
    if (principal === undefined) return sendUnauthorized(c, bearer !== undefined);
    c.set('account', principal.accountId);
    c.header('Cache-Control', 'private, no-store');
    const lower = path.toLowerCase();
    if (isBelow(lower, '/api/v2.0')) {
      return answerOutlook(c, stores, principal, originFor(c, config), path.slice('/api/v2.0'.length));
    }
    if (isBelow(lower, extrasRoot)) {
      return answerExtras(c, stores, principal, path.slice(extrasRoot.length).replace(/^\/+|\/+$/g, ''));
    }
    throw unknownSegment(path.split('/')[2] ?? '');
  }

  /** wire.md §16: v2 answers without a body, and says where tokens come from. */
  function sendUnauthorized(c: Context, hadToken: boolean): Response {
    const issuer = `authorization_uri="${config.publicUrl}/oidc/auth"`;
    const reason = hadToken
      ? ', error="invalid_token", error_description="The token is not valid or has expired."'
      : '';
    return c.body(null, 401, { 'WWW-Authenticate': `Bearer realm="threefold", ${issuer}${reason}` });
  }

  return app;
}

function sendError(c: Context, error: AppError): Response {
  const text = JSON.stringify(errorBody(error.code, error.message));
  const status = error.status as 400;
  return c.body(text, status, { 'Content-Type': 'application/json; charset=utf-8', ...error.headers });
}

/** Whether the database answers: for whoever restarts the service when it does not. */
async function sendHealth(c: Context, { read }: Stores): Promise<Response> {
  c.set('route', '/healthz');
  c.header('Cache-Control', 'no-store');
  await read.selectFrom('secrets').select('name').limit(1).execute();
  return c.json({ status: 'ok' });
}

function isBelow(path: string, root: string): boolean {
  return path === root || path.startsWith(`${root}/`);
}
