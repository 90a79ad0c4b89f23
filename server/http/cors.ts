import { reply, type HonoContext } from './http.ts';

/**
 * A browser client on any origin may call the API: it carries a bearer token and never cookies, so its origin needs no
 * allowlist.
 */
export const corsHeaders: Readonly<Record<string, string>> = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers':
    'Date, Preference-Applied, Retry-After, Location, ETag, OData-Version, request-id, client-request-id, Repeatability-Result, Rate-Limit-Limit, Rate-Limit-Remaining, Rate-Limit-Reset, WWW-Authenticate',
};

const allowedHeaders = [
  'Authorization',
  'Content-Type',
  'Content-Range',
  'Accept',
  'Prefer',
  'If-Match',
  'If-None-Match',
  'Cache-Control',
  'Last-Event-ID',
  'client-request-id',
  'return-client-request-id',
  'X-AnchorMailbox',
  'SdkVersion',
  'OData-Version',
  'OData-MaxVersion',
  'Repeatability-Request-ID',
  'Repeatability-First-Sent',
].join(', ');

/** The response to a preflight request. It needs no token, because it discloses nothing. */
export function preflightResponse(c: HonoContext): Response {
  c.set('route', 'preflight');
  return reply(c, null, 204, {
    'Access-Control-Allow-Methods': 'GET, POST, PATCH, PUT, DELETE',
    'Access-Control-Allow-Headers': allowedHeaders,
    'Access-Control-Max-Age': '7200',
    Vary: 'Origin',
  });
}
