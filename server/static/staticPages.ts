import { createHash } from 'node:crypto';
import { promisify } from 'node:util';
import { readFile } from 'node:fs/promises';
import { readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { isAppPath } from '../../src/domain/urls/appPaths.ts';
import { shareTargetPaths, isReservedPath } from '../../src/domain/urls/reservedPaths.ts';
import type { Config } from '../config/config.ts';
import { isLoopback } from '../config/config.ts';
import { AppError } from '../config/appError.ts';
import { isNotModified } from '../http/conditionalRead.ts';
import { reply, type HonoContext } from '../http/http.ts';
import { pageHeaders, type PageOrigins } from './csp.ts';

/** The built app: its files, /config.json, and the shell for every path of the app. */
export type StaticPages = { answer: (c: HonoContext, path: string) => Promise<Response>; warm: () => Promise<void> };

export type StaticPagesInput = {
  /** Folder of the build; without it the service has no app. */
  dist: string;
  config: Pick<Config, 'publicUrl'>;
  /** Text of /config.json. */
  appConfig: string;
  /** Other origins that the app may call and sign in with. */
  origins: PageOrigins;
};

/** For a service without the app. */
export const noStaticPages: StaticPages = { answer: async (c) => notHere(c), warm: async () => {} };

type File = { path: string; type: string; isHashed: boolean; compresses: boolean; hasBrotli: boolean };
type Encoded = { plain: Buffer; etag: string; br?: Buffer; gzip?: Buffer };

const types: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  json: 'application/json',
  map: 'application/json',
  webmanifest: 'application/manifest+json',
  svg: 'image/svg+xml',
  txt: 'text/plain; charset=utf-8',
  png: 'image/png',
  webp: 'image/webp',
  ico: 'image/x-icon',
  woff2: 'font/woff2',
};
const compressed = new Set(['html', 'js', 'css', 'json', 'map', 'webmanifest', 'svg', 'txt']);
const pack = { br: promisify(brotliCompress), gzip: promisify(gzip) };

/**
 * Serves the build. Files are listed once, so a path can only name one of them; each is read and compressed when first
 * requested.
 */
export function createStaticPages({ dist, config, appConfig, origins }: StaticPagesInput): StaticPages {
  const files = listFiles(dist);
  const cache = new Map<string, Promise<Encoded>>();
  const publicHost = new URL(config.publicUrl).host;

  async function answer(c: HonoContext, path: string): Promise<Response> {
    const { method } = c.req;
    if (path === '/config.json') return sendConfig(c);
    if (method === 'POST' && path === shareTargetPaths.share) return sendShared(c);
    const known = files.get(decoded(path)) ?? (isAppPath(path) ? files.get('/index.html') : undefined);
    if (known === undefined) return answerUnknown(c, path);
    if (method !== 'GET' && method !== 'HEAD') return reply(c, null, 405, { Allow: 'GET, HEAD' });
    c.set('route', known.isHashed ? '/assets/*' : known.path);
    const elsewhere = known.type.startsWith('text/html') ? redirectTarget(c) : undefined;
    return elsewhere === undefined ? sendFile(c, known) : reply(c, null, 307, { Location: elsewhere });
  }

  /** 404 in the form of the question: the app with its page for unknown addresses, an error as JSON, or a text. */
  async function answerUnknown(c: HonoContext, path: string): Promise<Response> {
    const shell = isReservedPath(path) || !wantsPage(c) ? undefined : files.get('/index.html');
    return shell === undefined ? notHere(c) : sendFile(c, shell, 404);
  }

  /**
   * The service worker receives content shared with the installed app; without one the app opens and reports that
   * nothing arrived. The posted data is not read: the service stores nothing of unknown senders.
   */
  function sendShared(c: HonoContext): Response {
    c.set('route', shareTargetPaths.share);
    return reply(c, null, 303, { Location: shareTargetPaths.share });
  }

  /**
   * Sign-in belongs to one host name, and 127.0.0.1 and localhost are two: the app is served on that of PUBLIC_URL
   * only.
   */
  function redirectTarget(c: HonoContext): string | undefined {
    const url = new URL(c.req.url);
    const host = c.req.header('host') ?? url.host;
    const requestedUrl = URL.canParse(`http://${host}`) ? new URL(`http://${host}`) : undefined;
    if (requestedUrl === undefined || requestedUrl.host === publicHost) return undefined;
    if (!isLoopback(requestedUrl.hostname) || !isLoopback(new URL(config.publicUrl).hostname)) return undefined;
    return config.publicUrl + url.pathname + url.search;
  }

  function read(file: File): Promise<Encoded> {
    const cached = cache.get(file.path);
    if (cached !== undefined) return cached;
    const reading = readEncoded(dist, file);
    cache.set(file.path, reading);
    // A failed read is retried at the next request, not cached.
    reading.catch(() => cache.delete(file.path));
    return reading;
  }

  async function sendFile(c: HonoContext, file: File, status: 200 | 404 = 200): Promise<Response> {
    const encoded = await read(file);
    const headers: Record<string, string> = {
      ...(status === 200 && { ETag: encoded.etag }),
      'Cache-Control': file.isHashed ? 'public, max-age=31536000, immutable' : 'no-cache',
      // Part of a 304 as well: the policy may change while the file does not.
      ...pageHeaders(file.path, encoded.plain, origins),
      ...(file.compresses && { Vary: 'Accept-Encoding' }),
    };
    if (status === 200 && isNotModified(c.req, encoded.etag)) return reply(c, null, 304, headers);
    const accepts = c.req.header('accept-encoding') ?? '';
    const encoding = (['br', 'gzip'] as const).find((name) => encoded[name] && accepts.includes(name));
    const body = encoding === undefined ? encoded.plain : (encoded[encoding] ?? encoded.plain);
    headers['Content-Type'] = file.type;
    headers['Content-Length'] = String(body.byteLength);
    if (encoding !== undefined) headers['Content-Encoding'] = encoding;
    return reply(c, c.req.method === 'HEAD' ? null : new Uint8Array(body), status, headers);
  }

  /**
   * Reads and compresses the files of the first page in advance, one after the other, so that no visitor waits for it.
   */
  async function warm(): Promise<void> {
    for (const file of files.values()) if (file.compresses && !file.path.endsWith('.map')) await read(file);
  }

  /** Any origin may read it: it has no secrets, and the app may be hosted elsewhere. */
  function sendConfig(c: HonoContext): Response {
    c.set('route', '/config.json');
    if (c.req.method !== 'GET' && c.req.method !== 'HEAD') return reply(c, null, 405, { Allow: 'GET, HEAD' });
    const headers = { 'Cache-Control': 'no-cache', 'Access-Control-Allow-Origin': '*' };
    return reply(c, appConfig, 200, { 'Content-Type': 'application/json; charset=utf-8', ...headers });
  }

  return { answer, warm };
}

async function readEncoded(dist: string, file: File): Promise<Encoded> {
  const plain = await readFile(join(dist, file.path));
  // Weak: the same etag is used for every encoding.
  const etag = `W/"${createHash('sha256').update(plain).digest('base64url').slice(0, 22)}"`;
  if (!file.compresses || plain.byteLength < 1_024) return { plain, etag };
  const [br, zipped] = await Promise.all([readBrotli(dist, file, plain), pack.gzip(plain, { level: 9 })]);
  return { plain, etag, br, gzip: zipped };
}

/** The compressed file of the build, or compressed here when the build has none. */
async function readBrotli(dist: string, file: File, plain: Buffer): Promise<Buffer> {
  if (file.hasBrotli) return readFile(join(dist, `${file.path}.br`));
  // Level 9 is nearly as small as 11 and ten times as fast; it runs once per start.
  return pack.br(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } });
}

function listFiles(dist: string): ReadonlyMap<string, File> {
  const paths = entriesOf(dist).map(
    (entry) => `/${relative(dist, join(entry.parentPath, entry.name)).split(sep).join('/')}`,
  );
  const present = new Set(paths);
  const files = new Map<string, File>();
  for (const path of paths) {
    if (path.endsWith('.br') && present.has(path.slice(0, -3))) continue;
    const ending = path.slice(path.lastIndexOf('.') + 1).toLowerCase();
    const type = types[ending] ?? 'application/octet-stream';
    files.set(path, {
      path,
      type,
      isHashed: path.startsWith('/assets/'),
      compresses: compressed.has(ending),
      hasBrotli: present.has(`${path}.br`),
    });
  }
  const index = files.get('/index.html');
  if (index !== undefined) files.set('/', index);
  return files;
}

function entriesOf(dist: string) {
  try {
    return readdirSync(dist, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch (error) {
    if (error instanceof URIError) return path;
    throw error;
  }
}

/** A browser opens a page: of the types it accepts, HTML comes first. */
function wantsPage(c: HonoContext): boolean {
  const { method } = c.req;
  return (method === 'GET' || method === 'HEAD') && /^[^,]*\btext\/html\b/i.test(c.req.header('accept') ?? '');
}

function notHere(c: HonoContext): Response {
  const isJson = /\b(?:application\/(?:[\w.-]+\+)?json)\b/i.test(c.req.header('accept') ?? '');
  if (isJson) throw new AppError(404, 'ResourceNotFound', 'There is nothing at this address.');
  return reply(c, 'Not found.', 404, { 'Content-Type': 'text/plain; charset=utf-8' });
}
