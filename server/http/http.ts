import type { Context } from 'hono';
import type { Preferences } from '../../src/wire/odata/preferHeader.ts';
import type { Config } from '../config/config.ts';
import { isLoopback } from '../config/config.ts';
import { isNotModified } from './conditionalRead.ts';
import { resumeCounting, takeTurnBeforeWork } from '../load/fairShare.ts';
import { AppError, bodyTooLarge, unsupportedMediaType, malformedBody } from '../config/appError.ts';

/** A request with notes for the log, and headers that every answer to it carries. */
export type HonoContext = Context<{
  Variables: {
    route: string;
    account: string;
    /** The account of the addressed mailbox, for requests of a dialect. */
    mailbox: string;
    /** The origin of links in the answer. */
    origin: string;
    headers: Record<string, string>;
  };
}>;

/**
 * The answer to a request. Built with all headers in one plain object, which @hono/node-server writes directly: a
 * Headers object costs as much as the rest of a small request. A client that already has this version gets a 304.
 */
export function reply(
  c: HonoContext,
  body: string | Uint8Array<ArrayBuffer> | ReadableStream<Uint8Array<ArrayBuffer>> | null,
  status: number,
  headers: Readonly<Record<string, string>> = {},
): Response {
  if (status === 200 && isNotModified(c.req, headers['ETag'])) {
    const { 'Content-Type': _type, 'Content-Length': _length, 'Content-Encoding': _encoding, ...kept } = headers;
    return new Response(null, { status: 304, headers: { ...c.get('headers'), ...kept } });
  }
  const response = new Response(body, { status, headers: { ...c.get('headers'), ...headers } });
  if (body instanceof ReadableStream) streams.add(response);
  return response;
}

/** Answers whose length is not known before they are sent. */
const streams = new WeakSet<Response>();

/** The answer to HEAD: the headers of the answer to GET with its length, and no body (RFC 9110 §9.3.2). */
export async function withoutBody(response: Response): Promise<Response> {
  const { status, body } = response;
  const headers = new Headers(response.headers);
  if (streams.has(response)) await body?.cancel();
  else if (body !== null) headers.set('Content-Length', String((await response.arrayBuffer()).byteLength));
  return new Response(null, { status, headers });
}

/** The headers of a request that choose the form of an entity. */
export const variesBy = 'Accept, Prefer';

export function replyJson(c: HonoContext, value: unknown): Response {
  return reply(c, JSON.stringify(value), 200, { 'Content-Type': 'application/json; charset=utf-8' });
}

/** In UTF-16 units. */
const longText = 16_384;

/** Largest request body in bytes (docs/protocol.md#attachments). */
export const bodyLimit = 4 * 1024 * 1024;

/**
 * Returns the origin for links in an answer: the client's own, because clients strip their base address textually
 * (docs/protocol.md#query-options-and-paging). Only a loopback name or PUBLIC_URL is repeated; any other Host header
 * gets PUBLIC_URL. Behind a proxy it is PUBLIC_URL too, unless both run on this machine.
 */
export function createOriginResolver({ publicUrl }: Pick<Config, 'publicUrl'>): (c: HonoContext) => string {
  const isLocal = isLoopback(new URL(publicUrl).hostname);
  const known = new Map<string, string>();
  return (c) => {
    const host = c.req.header('host') ?? new URL(c.req.url).host;
    if (forwarding.some((name) => c.req.header(name) !== undefined)) {
      if (!isLocal) return publicUrl;
      const scheme = c.req.header('x-forwarded-proto') === 'https' ? 'https' : 'http';
      return originOf(scheme, c.req.header('x-forwarded-host') ?? host, publicUrl);
    }
    const origin = known.get(host) ?? originOf('http', host, publicUrl);
    if (known.size < 100) known.set(host, origin);
    return origin;
  };
}

const forwarding = ['x-forwarded-host', 'x-forwarded-proto', 'x-forwarded-for', 'forwarded'];

function originOf(scheme: string, host: string, publicUrl: string): string {
  const url = `${scheme}://${host}`;
  if (host === new URL(publicUrl).host || !URL.canParse(url)) return publicUrl;
  const parsed = new URL(url);
  return isLoopback(parsed.hostname) && parsed.host === host.toLowerCase() ? parsed.origin : publicUrl;
}

/** The query string as it was sent, with its `?`. */
export function queryStringOf(c: HonoContext): string {
  const { url } = c.req;
  const at = url.indexOf('?');
  return at < 0 ? '' : url.slice(at);
}

/** Preference-Applied for the preferences that were followed, or undefined. */
export function preferenceAppliedOf(prefer: Preferences, isMinimal: boolean): string | undefined {
  const parts: string[] = [];
  if (prefer.timeZone !== undefined) parts.push(`outlook.timezone="${prefer.timeZone.name}"`);
  if (isMinimal) parts.push('return=minimal');
  return parts.length === 0 ? undefined : parts.join(', ');
}

/**
 * The JSON of a request's body.
 * @throws AppError 413 too large, 415 not JSON, 400 not readable.
 */
export async function readJsonBody(c: HonoContext): Promise<{ text: string; json: unknown }> {
  const text = await readTextBody(c);
  const type = c.req.header('content-type');
  if (type !== undefined ? !isJsonType(type) : text !== '') throw unsupportedMediaType();
  try {
    const json: unknown = text.includes('\\u0000') ? JSON.parse(text, withoutNul) : JSON.parse(text);
    return { text, json };
  } catch {
    throw malformedBody('The request body is not valid JSON.');
  }
}

/**
 * NUL is invalid in texts: PostgreSQL stores none, and SQLite's functions end at it. It becomes the replacement
 * character, like a lone surrogate.
 */
function withoutNul(_name: string, value: unknown): unknown {
  return typeof value === 'string' ? value.replaceAll('\0', '\u{fffd}') : value;
}

/**
 * The body of an action without parameters: empty, `null` and `{}` are accepted (docs/protocol.md#endpoints-of-beta).
 * @throws AppError as readJson.
 */
export async function readEmptyBody(c: HonoContext): Promise<{ text: string }> {
  const text = await readTextBody(c);
  // The Content-Type is ignored: fetch sends text/plain for a bare `null`.
  if (/^(?:null|\{\s*\})?$/.test(text.trim())) return { text: '' };
  const type = c.req.header('content-type');
  if (type !== undefined && !isJsonType(type)) throw unsupportedMediaType();
  throw malformedBody('This action takes no parameters.');
}

/** @throws AppError 413, 400. Overload. */
export async function readTextBody(c: HonoContext): Promise<string> {
  const text = await readWholeBody(c);
  // What is done with a long text may take long.
  if (text.length > longText) await takeTurnBeforeWork();
  else resumeCounting();
  return text;
}

async function readWholeBody(c: HonoContext): Promise<string> {
  try {
    return await readLimited(c);
  } catch (error) {
    if (error instanceof AppError) throw error;
    // The connection broke or carried no valid body: a client error, and no client waits for the response.
    throw malformedBody('The request body ended early.');
  }
}

async function readLimited(c: HonoContext): Promise<string> {
  checkContentEncoding(c);
  const length = c.req.header('content-length');
  // Node ends a body at its Content-Length, so the header is reliable; a chunked body is counted.
  if (length !== undefined && Number(length) > bodyLimit) throw bodyTooLarge(bodyLimit);
  const decoder = decoderOf(c.req.header('content-type') ?? '');
  if (decoder.encoding === 'utf-8' && (length !== undefined || c.req.raw.body === null)) return c.req.text();
  if (c.req.raw.body === null) return '';
  let size = 0;
  let text = '';
  for await (const chunk of c.req.raw.body) {
    resumeCounting();
    size += chunk.byteLength;
    if (size > bodyLimit) throw bodyTooLarge(bodyLimit);
    text += decoder.decode(chunk, { stream: true });
  }
  return text + decoder.decode();
}

/**
 * The decoder of a body in the charset that its type declares; UTF-8 without one (RFC 8259 §8.1).
 * @throws AppError 415 for a charset that cannot be read.
 */
function decoderOf(type: string): InstanceType<typeof TextDecoder> {
  const label = charsetOf(type);
  try {
    return new TextDecoder(label);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new AppError(415, 'UnsupportedMediaType', `The charset '${label}' of the request body is not supported.`);
  }
}

/** The charset that a Content-Type declares, in lower case; UTF-8 for none and for ASCII, a part of it. */
export function charsetOf(type: string): string {
  const [, quoted, bare] = /;\s*charset\s*=\s*(?:"([^"]*)"|([^\s;"]+))/i.exec(type) ?? [];
  const label = (quoted ?? bare ?? 'utf-8').toLowerCase();
  return label === 'utf8' || label === 'us-ascii' ? 'utf-8' : label;
}

/** @throws AppError 415 where bytes are read before they are text, unless they are UTF-8. */
export function requireUtf8(type: string): void {
  if (charsetOf(type) === 'utf-8') return;
  throw new AppError(415, 'UnsupportedMediaType', 'The request body must be encoded in UTF-8.');
}

/** @throws AppError 415 for a body that is compressed: nothing here unpacks it (RFC 9110 §15.5.16). */
export function checkContentEncoding(c: HonoContext): void {
  if (/^\s*(identity\s*)?$/i.test(c.req.header('content-encoding') ?? '')) return;
  throw new AppError(415, 'UnsupportedMediaType', 'The request body must not be compressed.', {
    'Accept-Encoding': 'identity',
  });
}

export function isJsonType(type: string): boolean {
  return /^application\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(type.trim());
}
