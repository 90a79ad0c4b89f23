import { type HonoContext } from '../http/http.ts';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, brotliDecompressSync, gunzipSync } from 'node:zlib';
import { Hono, type Context } from 'hono';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { readAppConfig } from './appConfig.ts';
import { ConfigError } from '../config/config.ts';
import { createStaticPages, type StaticPagesInput } from './staticPages.ts';
import { startService, type Service } from '../testing/testService.ts';

const script = 'const app = 1;\n'.repeat(200);
const frame = '<!doctype html><script>addEventListener("message", show)</script><p></p>';
let folder: string;
let service: Service;
let input: StaticPagesInput;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'threefold-dist-'));
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Threefold</title>');
  writeFileSync(join(folder, 'auth.html'), '<!doctype html><title>Signing in</title>');
  writeFileSync(join(folder, 'body-frame.html'), frame);
  writeFileSync(join(folder, 'body-frame-images.html'), frame);
  writeFileSync(join(folder, 'icon.svg'), '<svg/>');
  writeFileSync(join(folder, 'assets/app-abc.js'), script);
  const config = { publicUrl: 'http://localhost:4100' };
  const { json, origins } = readAppConfig({ ...config, appConfig: null });
  input = { dist: folder, config, appConfig: json, origins };
  service = await startService({ pages: createStaticPages(input) });
});
afterAll(async () => {
  await service.close();
  rmSync(folder, { recursive: true });
});

const get = (path: string, headers: Record<string, string> = {}) =>
  service.request('GET', path, undefined, { Authorization: '', ...headers });
const policyOf = async (path: string) => (await get(path)).headers.get('content-security-policy') ?? '';
const asPage = { Accept: 'text/html,application/xhtml+xml' };

test('every path of the app serves the shell, with a strict policy and without caching', async () => {
  const paths = [
    '/',
    '/folders/Vabc',
    '/folders/a/tasks/b',
    '/today',
    '/people/ann@example.com/folders/x',
    '/settings?x=1',
  ];
  for (const path of paths) {
    const { status, text, headers } = await get(path, asPage);
    expect([path, status, text]).toEqual([path, 200, '<!doctype html><title>Threefold</title>']);
    expect(headers.get('cache-control')).toBe('no-cache');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("connect-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
  }
});

test.each(['/nothing', '/people/ann@example.com', '/folders/a/b', '/wp-login.php', '/.git/config'])(
  '%s is no page of the app: 404 as a page, as JSON or as text',
  async (path) => {
    const page = await get(path, asPage);
    expect([page.status, page.text]).toEqual([404, '<!doctype html><title>Threefold</title>']);
    expect([page.headers.get('etag'), page.headers.get('content-type')]).toEqual([null, 'text/html; charset=utf-8']);
    expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
    const json = await get(path, { Accept: 'application/json' });
    expect([json.status, json.body]).toEqual([
      404,
      { error: { code: 'ResourceNotFound', message: 'There is nothing at this address.' } },
    ]);
    const asked = await get(path, { Accept: 'application/json, text/plain, */*' });
    expect([asked.status, asked.body['error']?.['code']]).toEqual([404, 'ResourceNotFound']);
    const plain = await get(path, { Accept: '*/*' });
    expect([plain.status, plain.headers.get('content-type')]).toEqual([404, 'text/plain; charset=utf-8']);
    expect((await service.request('POST', path, {})).status).toBe(404);
  },
);

test.each(['/.well-known/openid-configuration', '/.well-known/security.txt', '/.well-known', '/.Well-Known/x/y'])(
  '%s is 404, without the app',
  async (path) => {
    for (const headers of [asPage, {}, { Accept: 'application/json' }]) {
      const { status, text } = await get(path, headers);
      expect(status).toBe(404);
      expect(text).not.toContain('<title>');
    }
    const { body } = await get(path, { Accept: 'application/json' });
    expect(body['error']?.['code']).toBe('ResourceNotFound');
  },
);

test.each([
  '/api',
  '/api/x',
  '/API/v2.0x',
  '/beta/me',
  '/v1.0/me',
  '/oidc/x',
  '/threefold',
  '/threefold/v1/x',
  '/assets/gone.js',
  '/assets/gone',
  '/gone.js',
  '/Config.json',
  '/auth.html/x',
])('%s never serves the app shell', async (path) => {
  const { status, text } = await get(path, path.endsWith('.js') ? { Accept: '*/*' } : asPage);
  expect(status).toBeGreaterThanOrEqual(400);
  expect(text).not.toContain('<title>');
});

test('paths cannot leave the folder', async () => {
  for (const path of [
    '/../package.json',
    '/..%2f..%2fpackage.json',
    '/assets/%2e%2e/%2e%2e/etc/passwd',
    '/%00',
    '/%',
  ]) {
    const { text } = await get(path, { Accept: '*/*' });
    expect(text).not.toMatch(/threefold"|root:/);
  }
});

test('hashed files are cached forever and compressed', async () => {
  const plain = await get('/assets/app-abc.js');
  expect(plain.text).toBe(script);
  expect(plain.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  expect(plain.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
  expect(plain.headers.get('vary')).toBe('Accept-Encoding');
  const app = new Hono<HonoContext extends Context<infer Env> ? Env : never>().all('*', async (c) => {
    c.set('headers', {});
    return createStaticPages(input).answer(c, c.req.path);
  });
  for (const [encoding, unpack] of [
    ['br', brotliDecompressSync],
    ['gzip', gunzipSync],
  ] as const) {
    const response = await app.request('/assets/app-abc.js', {
      headers: { 'Accept-Encoding': `deflate, ${encoding}` },
    });
    expect(response.headers.get('content-encoding')).toBe(encoding);
    expect(unpack(await response.arrayBuffer()).toString()).toBe(script);
  }
});

test('a compressed file of the build is sent as it is, and has no path of its own', async () => {
  const packed = brotliCompressSync(script);
  writeFileSync(join(folder, 'assets/packed-abc.js'), script);
  writeFileSync(join(folder, 'assets/packed-abc.js.br'), packed);
  const app = new Hono<HonoContext extends Context<infer Env> ? Env : never>().all('*', async (c) => {
    c.set('headers', {});
    return createStaticPages(input).answer(c, c.req.path);
  });
  const response = await app.request('/assets/packed-abc.js', { headers: { 'Accept-Encoding': 'gzip, br' } });
  expect(response.headers.get('content-encoding')).toBe('br');
  expect(Buffer.from(await response.arrayBuffer())).toEqual(packed);
  expect((await app.request('/assets/packed-abc.js.br')).status).toBe(404);
});

test('files without a hash are revalidated with 304', async () => {
  const { headers } = await get('/icon.svg');
  const etag = headers.get('etag') ?? '';
  expect([etag.startsWith('W/"'), headers.get('cache-control')]).toEqual([true, 'no-cache']);
  const again = await get('/icon.svg', { 'If-None-Match': etag });
  expect([again.status, again.text, again.headers.get('etag')]).toEqual([304, '', etag]);
  const page = (await get('/', asPage)).headers;
  const same = (await get('/', { ...asPage, 'If-None-Match': page.get('etag') ?? '' })).headers;
  expect(same.get('content-security-policy')).toBe(page.get('content-security-policy'));
  expect((await get('/icon.svg', { 'If-None-Match': 'W/"other"' })).status).toBe(200);
});

test('auth.html may be framed by the same origin; the shell may not', async () => {
  const { headers } = await get('/auth.html', asPage);
  expect(headers.get('content-security-policy')).toContain("frame-ancestors 'self'");
});

test('the frames for HTML bodies run only their own script, sandboxed; only one of them loads external images', async () => {
  const hash = createHash('sha256').update('addEventListener("message", show)').digest('base64');
  const policy = await policyOf('/body-frame.html');
  expect(policy).toContain(`script-src 'sha256-${hash}';`);
  expect(policy).toContain('sandbox allow-scripts');
  expect(policy).toContain('img-src data: blob:;');
  expect(policy).toContain("default-src 'none'");
  expect(await policyOf('/body-frame-images.html')).toContain('img-src data: blob: https:');
});

test('a page on another loopback host name redirects to PUBLIC_URL; files and the API do not', async () => {
  const there = { Host: '127.0.0.1:4100' };
  const page = await get('/folders/x?y=1', { ...asPage, ...there });
  expect([page.status, page.headers.get('location')]).toEqual([307, 'http://localhost:4100/folders/x?y=1']);
  expect((await get('/assets/app-abc.js', there)).status).toBe(200);
  expect((await get('/config.json', there)).status).toBe(200);
  expect((await service.send('GET', '/me/tasks', undefined, there)).status).toBe(200);
  expect((await get('/folders/x', { ...asPage, Host: 'elsewhere.example' })).status).toBe(200);
});

test('only GET and HEAD', async () => {
  expect((await service.request('POST', '/folders/x', {})).status).toBe(405);
  const head = await service.request('HEAD', '/assets/app-abc.js');
  expect([head.status, head.text, head.headers.get('content-length')]).toEqual([200, '', String(script.length)]);
});

test('/config.json is generated or the configured file; its origins are added to the policy', async () => {
  expect((await get('/config.json')).body).toEqual({
    dialect: 'outlookRest',
    apiBase: '',
    extras: true,
    auth: {
      kind: 'embedded',
      clientId: 'threefold-app',
      authority: 'http://localhost:4100/oidc',
      scopes: ['tasks.readwrite', 'tasks.readwrite.shared'],
    },
  });
  const entra = {
    dialect: 'graphBeta',
    apiBase: 'https://graph.microsoft.com',
    extras: false,
    auth: { kind: 'entra', clientId: 'x', authority: 'https://login.microsoftonline.com/common', scopes: ['s'] },
  };
  const path = join(folder, 'entra.json');
  writeFileSync(path, JSON.stringify(entra));
  const { json, origins } = readAppConfig({ publicUrl: 'http://localhost:4100', appConfig: path });
  const hosted = await startService({ pages: createStaticPages({ ...input, appConfig: json, origins }) });
  expect((await hosted.request('GET', '/config.json')).body).toEqual(entra);
  const policy = (await hosted.request('GET', '/', undefined, asPage)).headers.get('content-security-policy');
  expect(policy).toContain("connect-src 'self' https://graph.microsoft.com https://login.microsoftonline.com;");
  expect(policy).toContain("frame-src 'self' https://login.microsoftonline.com;");
  await hosted.close();
});

test.each([
  ['nowhere.json', undefined],
  ['broken.json', '{'],
  ['list.json', '[]'],
  ['bare.json', '{"apiBase":"","auth":{}}'],
  ['base.json', '{"apiBase":"no address","auth":{"authority":"https://x.example"}}'],
])('APP_CONFIG %s is rejected with a message', (name, text) => {
  const path = join(folder, name);
  if (text !== undefined) writeFileSync(path, text);
  expect(() => readAppConfig({ publicUrl: 'http://localhost:4100', appConfig: path })).toThrow(ConfigError);
});

test('without a build there is no app, and the API responds', async () => {
  const bare = await startService({ pages: createStaticPages({ ...input, dist: join(folder, 'none') }) });
  expect((await bare.request('GET', '/', undefined, asPage)).status).toBe(404);
  expect((await bare.send('GET', '/me/tasks')).status).toBe(200);
  await bare.close();
});
