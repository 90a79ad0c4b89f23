import { portOf } from './nodeStreams.ts';
import { createHash, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { Clock } from '../../src/domain/time/time.ts';
import { createVerifier } from '../identity/bearerAuth.ts';
import type { VerifyToken } from '../identity/bearerAuth.ts';
import type { Database } from '../db/openDatabase.ts';
import { silentLog } from '../config/log.ts';
import { openTestDatabase } from './testDatabase.ts';
import { createIdentity } from '../identity/oidcProvider.ts';
import { apiResource, clientId } from '../identity/providerSettings.ts';

/**
 * For tests: a listening service with only the identity provider, and a browser without scripts that signs in there.
 */
export type TestIdentityServer = { url: string; database: Database; verify: VerifyToken; close(): Promise<void> };

export const password = 'correct horse battery';

type HouseOptions = { path: string; port?: number; clock: Clock; signUp?: 'open' | 'closed' };

export async function startTestIdentityServer({
  path,
  port = 0,
  clock,
  signUp = 'open',
}: HouseOptions): Promise<TestIdentityServer> {
  const database = await openTestDatabase(path);
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const url = `http://localhost:${portOf(server)}`;
  const config = { publicUrl: url, signUp };
  const identity = await createIdentity({ db: database.db, clock, config, log: silentLog });
  server.on('request', (req, res) => {
    if (!identity.handle(req, res)) res.end('the app');
  });
  const { issuer, jwks: keys } = identity;
  return {
    url,
    database,
    verify: createVerifier({ ...database, clock, issuer, keys, audience: apiResource }),
    async close() {
      identity.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await database.close();
    },
  };
}

export type TokenResponse = { access_token: string; refresh_token: string; id_token: string; scope: string };
export type BrowserPage = { status: number; url: string; text: string; headers: Headers };

/** Stores cookies by path and follows redirects until it returns to the app, as a browser does. */
export function createBrowser(server: Pick<TestIdentityServer, 'url'>) {
  const cookies = new Map<string, { value: string; path: string }>();
  const verifier = randomBytes(32).toString('base64url');

  async function send(address: string, init: RequestInit = {}): Promise<BrowserPage> {
    const url = new URL(address, server.url);
    if (url.pathname === '/auth.html') return { status: 200, url: url.href, text: '', headers: new Headers() };
    const sent = [...cookies].filter(([, { path }]) => url.pathname.startsWith(path));
    const headers = new Headers(init.headers);
    headers.set('cookie', sent.map(([name, { value }]) => `${name}=${value}`).join('; '));
    const answer = await fetch(url, { ...init, headers, redirect: 'manual' });
    for (const line of answer.headers.getSetCookie()) keep(line);
    const location = answer.headers.get('location');
    if (location !== null) return send(new URL(location, url).href);
    return { status: answer.status, url: url.href, text: await answer.text(), headers: answer.headers };
  }

  function keep(line: string): void {
    const [pair = '', ...attributes] = line.split('; ');
    const [name = '', value = ''] = pair.split('=');
    const path = attributes.find((one) => one.startsWith('path='))?.slice('path='.length) ?? '/';
    if (value === '' || line.includes('1970')) cookies.delete(name);
    else cookies.set(name, { value, path });
  }

  async function redeem(fields: Record<string, string>): Promise<Response> {
    const body = new URLSearchParams({ client_id: clientId, ...fields });
    return fetch(`${server.url}/oidc/token`, { method: 'POST', body, headers: { origin: server.url } });
  }

  return {
    cookies,
    open: (address: string) => send(address),
    /** Opens the app's authorization request. */
    authorize(more: Record<string, string> = {}): Promise<BrowserPage> {
      const query = new URLSearchParams({
        client_id: clientId,
        response_type: 'code',
        response_mode: 'query',
        redirect_uri: `${server.url}/auth.html`,
        scope: 'openid profile tasks.readwrite',
        code_challenge: createHash('sha256').update(verifier).digest('base64url'),
        code_challenge_method: 'S256',
        state: 'state',
        ...more,
      });
      return send(`/oidc/auth?${query.toString()}`);
    },
    /** Submits the form of a page. */
    submit: (page: BrowserPage, to: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
      send(new URL(page.url).pathname.replace(/\/(sign-in|create)$/, '') + to, {
        method: 'POST',
        body: new URLSearchParams(fields),
        headers: { origin: server.url, ...headers },
      }),
    async tokens(back: BrowserPage): Promise<TokenResponse> {
      const code = new URL(back.url).searchParams.get('code') ?? '';
      const redirect = { redirect_uri: `${server.url}/auth.html`, code_verifier: verifier };
      const answer = await redeem({ grant_type: 'authorization_code', code, ...redirect });
      const tokens: TokenResponse = JSON.parse(await answer.text());
      return tokens;
    },
    refresh: (refreshToken: string, scope = 'openid profile tasks.readwrite') =>
      redeem({ grant_type: 'refresh_token', refresh_token: refreshToken, scope }),
    async signUp(address: string): Promise<TokenResponse> {
      const page = await this.authorize({ prompt: 'create' });
      return this.tokens(await this.submit(page, '/create', { address, name: '', password }));
    },
    async signIn(address: string): Promise<TokenResponse> {
      const page = await this.authorize({ prompt: 'login' });
      return this.tokens(await this.submit(page, '/sign-in', { address, password }));
    },
  };
}

/** The claims of a token, without verification. */
export function claimsOf(token: string): Record<string, unknown> {
  const claims: Record<string, unknown> = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
  return claims;
}
