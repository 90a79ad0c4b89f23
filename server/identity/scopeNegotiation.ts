import { IncomingMessage } from 'node:http';
import type { KoaContextWithOIDC, Provider } from 'oidc-provider';
import { readForm } from './formRequest.ts';
import { apiScopes, offlineScope, oidcScopes } from './providerSettings.ts';

/**
 * Scopes as clients name them, which the provider compares letter by letter (docs/protocol.md#sign-in). Requests are
 * translated before it reads them, answers after it wrote them.
 */

const offlineAccess = 'offline_access';

const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();
const listOf = (scope: string | null | undefined) => (scope ?? '').split(' ').filter(Boolean);

/** The address of an authorization request with the provider's name for `offline_access`. */
export function translateAuthorization(address: string): string {
  const at = address.indexOf('?');
  const query = new URLSearchParams(at < 0 ? '' : address.slice(at));
  const scopes = listOf(query.get('scope'));
  if (!scopes.some((scope) => same(scope, offlineAccess))) return address;
  query.set('scope', scopes.map((scope) => (same(scope, offlineAccess) ? offlineScope : scope)).join(' '));
  return `${address.slice(0, at)}?${query.toString()}`;
}

/** A token request with the scopes of its refresh token as they were granted. Those it never had stay, to be refused. */
async function translateTokenRequest(provider: Provider, form: URLSearchParams): Promise<URLSearchParams> {
  const translated = new URLSearchParams(form);
  if (form.get('grant_type') !== 'refresh_token' || form.get('scope') === null) return translated;
  const token = await provider.RefreshToken.find(form.get('refresh_token') ?? '');
  const granted = listOf(token?.scope);
  const scopes = listOf(form.get('scope')).flatMap((scope) => {
    if (same(scope, offlineAccess)) return granted.includes(offlineScope) ? [offlineScope] : [];
    return [granted.find((one) => same(one, scope)) ?? scope];
  });
  if (scopes.length === 0) translated.delete('scope');
  else translated.set('scope', scopes.join(' '));
  return translated;
}

/** A request with another body. Node's own class, because the provider reads more of a request than its body. */
function withBody(req: IncomingMessage, body: string): IncomingMessage {
  const bytes = Buffer.from(body, 'utf8');
  const copy = new IncomingMessage(req.socket);
  copy.method = req.method;
  copy.url = req.url;
  copy.httpVersion = req.httpVersion;
  copy.headers = { ...req.headers, 'content-length': String(bytes.byteLength) };
  delete copy.headers['transfer-encoding'];
  copy.push(bytes);
  copy.push(null);
  copy.complete = true;
  return copy;
}

/**
 * Koa middleware: a token response names all that was granted, which clients compare with what they asked for, and the
 * metadata all that can be.
 * @param requestedScope the `scope` of a token request as it was sent.
 */
export function nameGrantedScopes(requestedScope: (req: IncomingMessage) => string | null) {
  return async (ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> => {
    await next();
    const route = ctx.oidc?.route;
    const { body } = ctx;
    if (typeof body !== 'object' || body === null) return;
    if (route === 'discovery') ctx.body = { ...body, scopes_supported: [...oidcScopes, offlineAccess, ...apiScopes] };
    if (route !== 'token' || !('access_token' in body)) return;
    const { AuthorizationCode: code, RefreshToken: refreshToken } = ctx.oidc.entities;
    const granted = listOf(code?.scope ?? refreshToken?.scope).map((one) =>
      one === offlineScope ? offlineAccess : one,
    );
    const requested = listOf(requestedScope(ctx.req));
    const isOffline = requested.some((scope) => same(scope, offlineAccess));
    // Of a refresh only what it asked for, in its spelling; a code is redeemed for everything.
    const named =
      code === undefined && requested.length > 0
        ? requested.filter((scope) => [...granted, offlineAccess].some((one) => same(one, scope)))
        : granted;
    const scopes = new Set([...named, ...(isOffline ? [offlineAccess] : [])]);
    ctx.body = { ...body, scope: [...scopes].join(' ') };
  };
}

/**
 * The token request that the provider reads: the same one, or one with translated scopes and the `scope` that was sent.
 * Null for a form that is too long, of which nothing is left to read.
 */
export async function readTokenRequest(
  provider: Provider,
  req: IncomingMessage,
): Promise<{ request: IncomingMessage; scope: string | null } | null> {
  const form = await readForm(req);
  if (form === undefined) return req.readableDidRead ? null : { request: req, scope: null };
  const translated = await translateTokenRequest(provider, form);
  return { request: withBody(req, translated.toString()), scope: form.get('scope') };
}
