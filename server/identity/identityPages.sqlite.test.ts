import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../src/domain/time/time.ts';
import { createBrowser, startTestIdentityServer, password } from '../testing/testIdentity.ts';
import type { TestIdentityServer, BrowserPage } from '../testing/testIdentity.ts';

// A fixed clock: a lock must not end while a slow machine computes hashes.
const start = Date.now();
const clock = systemClock(() => start);
let server: TestIdentityServer;

beforeEach(async () => {
  server = await startTestIdentityServer({ path: ':memory:', clock });
});

afterEach(() => server.close());

/** The markup of one field, to check what refers to it. */
function fieldOf(page: BrowserPage, name: string): string {
  return new RegExp(`<input[^>]*name="${name}"[^>]*>`).exec(page.text)?.[0] ?? '';
}

describe('responses', () => {
  test('pages run no script, load nothing from other origins and may be framed by the app only', async () => {
    const { headers, text } = await createBrowser(server).authorize();
    const policy = headers.get('content-security-policy') ?? '';
    expect(policy).toContain("default-src 'none'; script-src; style-src 'self'");
    expect(policy).toContain(`form-action 'self' ${server.url}; frame-ancestors 'self' ${server.url}`);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(text).not.toMatch(/<script|style="|\son\w+="/);
    expect(text).not.toMatch(/(src|href)="https?:/);
  });

  test('the stylesheet defines every token it uses, and every font it names exists', async () => {
    const page = await createBrowser(server).authorize();
    const styles = await fetch(server.url + (/href="(\/oidc\/style\.css[^"]+)"/.exec(page.text)?.[1] ?? ''));
    expect(styles.headers.get('cache-control')).toContain('immutable');
    const css = await styles.text();
    const defined = new Set([...css.matchAll(/(--[\w-]+)\s*:/g)].map((match) => match[1]));
    expect(
      [...css.matchAll(/var\((--[\w-]+)\)/g)].map((match) => match[1]).filter((name) => !defined.has(name)),
    ).toEqual([]);
    const addresses = [...css.matchAll(/url\(([^)]+)\)/g)].map((match) => match[1] ?? '');
    expect(addresses.length).toBeGreaterThan(1);
    for (const address of addresses) expect((await fetch(new URL(address, server.url))).status, address).toBe(200);
    expect((await fetch(`${server.url}/oidc/fonts/nothing.woff2`)).status).toBe(404);
  });

  test('another loopback host name redirects to the public URL', async () => {
    const other = server.url.replace('localhost', '127.0.0.1');
    const answer = await fetch(`${other}/oidc/auth?client_id=threefold-app`, { redirect: 'manual' });
    expect(answer.headers.get('location')).toBe(`${server.url}/oidc/auth?client_id=threefold-app`);
    const document: unknown = await (await fetch(`${other}/oidc/.well-known/openid-configuration`)).json();
    expect(document).toMatchObject({ issuer: `${server.url}/oidc`, token_endpoint: `${server.url}/oidc/token` });
  });

  test('entered text is escaped', async () => {
    const browser = createBrowser(server);
    const page = await browser.authorize({ prompt: 'create', login_hint: '"><script>@x' });
    expect(page.text).not.toContain('<script>');
    const fields = { address: '"><script>@x', name: '<b>"', password };
    const again = await browser.submit(page, '/create', fields);
    expect(again.text).not.toContain('<script>');
    expect(fieldOf(again, 'name')).toContain('value="&lt;b&gt;&quot;"');
  });
});

describe('forms', () => {
  test('problems are shown together, each at its field, and entered values are kept except the password', async () => {
    const browser = createBrowser(server);
    const page = await browser.authorize({ prompt: 'create' });
    expect(fieldOf(page, 'address')).toMatch(/type="email".*autocomplete="username".*autofocus/s);
    expect(fieldOf(page, 'password')).toContain('autocomplete="new-password"');
    const again = await browser.submit(page, '/create', { address: 'ada', name: 'Ada L', password: 'short' });
    expect(again.status).toBe(422);
    expect(again.text).toContain('Fix 2 problems');
    expect(again.text).toMatch(/role="alert" tabindex="-1" autofocus/);
    expect(fieldOf(again, 'address')).toMatch(
      /value="ada".*aria-invalid="true".*aria-describedby="address-hint address-error"/s,
    );
    expect(fieldOf(again, 'name')).toContain('value="Ada L"');
    expect(fieldOf(again, 'password')).toMatch(/aria-describedby="password-hint password-error"/);
    expect(again.text).not.toContain('short"');
    expect(again.text).toContain('<title>Error: Create an account · Threefold</title>');
  });

  test('a wrong password and an unknown address give the same message', async () => {
    const browser = createBrowser(server);
    await browser.signUp('ada@example.org');
    const page = await browser.authorize({ prompt: 'login' });
    const messageFor = async (address: string) => {
      const again = await browser.submit(page, '/sign-in', { address, password: 'not the password' });
      expect(again.status).toBe(422);
      expect(fieldOf(again, 'address')).toContain(`value="${address}"`);
      return again.text.replaceAll(address, 'ADDRESS');
    };
    expect(await messageFor('ada@example.org')).toBe(await messageFor('bob@example.org'));
    const empty = await browser.submit(page, '/sign-in', { address: ' ', password: '' });
    expect(empty.text).toContain('Enter your password.');
  });

  test('a taken address is reported at its field', async () => {
    const browser = createBrowser(server);
    await browser.signUp('ada@example.org');
    const page = await browser.authorize({ prompt: 'create' });
    const again = await browser.submit(page, '/create', { address: 'ADA@example.org', password });
    expect(again.text).toContain('There is an account with this address already.');
  });

  test('too many wrong passwords lock the sign-in, and the page says for how long', async () => {
    const browser = createBrowser(server);
    await browser.signUp('ada@example.org');
    const page = await browser.authorize({ prompt: 'login' });
    const guess = (guessed: string) =>
      browser.submit(page, '/sign-in', { address: 'ada@example.org', password: guessed });
    for (let at = 0; at < 5; at += 1) expect((await guess(`guess number ${at}`)).status).toBe(422);
    const locked = await guess(password);
    expect(locked.status).toBe(429);
    expect(Number(locked.headers.get('retry-after'))).toBeGreaterThan(0);
    expect(locked.text).toContain('Too many attempts with a wrong password.');
  });

  test('cancelling returns to the app with an error code that it knows', async () => {
    const browser = createBrowser(server);
    const page = await browser.authorize({ prompt: 'login' });
    expect((await browser.submit(page, '/cancel', {})).url).toContain('error=access_denied');
  });
});

describe('the sender of a form', () => {
  test('another site, or a request without an origin, is rejected', async () => {
    const browser = createBrowser(server);
    const page = await browser.authorize({ prompt: 'create' });
    const fields = { address: 'ada@example.org', password };
    for (const origin of ['https://evil.example', 'null', '']) {
      const refused = await browser.submit(page, '/create', fields, { origin });
      expect(refused.status).toBe(403);
      expect(refused.text).toContain('sent from another site');
    }
    expect(await server.database.db.selectFrom('accounts').selectAll().execute()).toEqual([]);
  });

  test('without the cookie of this interaction the page has expired', async () => {
    const page = await createBrowser(server).authorize({ prompt: 'login' });
    const stranger = createBrowser(server);
    const other = await stranger.authorize({ prompt: 'login' });
    for (const path of [page.url, `${page.url}/sign-in`, other.url.replace(/.$/, '_')]) {
      const answer = await stranger.open(path);
      expect(answer.status).toBe(400);
      expect(answer.text).toContain('This page has expired');
    }
  });

  test('a form that is too large is not read', async () => {
    const browser = createBrowser(server);
    const page = await browser.authorize({ prompt: 'login' });
    const long = { address: 'ada@example.org', password: 'x'.repeat(20_000) };
    expect((await browser.submit(page, '/sign-in', long)).status).toBe(400);
    const json = { 'content-type': 'application/json' };
    expect((await browser.submit(page, '/sign-in', { address: 'a' }, json)).status).toBe(400);
    expect((await browser.open(`${page.url}/nothing`)).status).toBe(404);
  });
});

test('with sign-up closed there is no link and no form, and posts are rejected', async () => {
  await server.close();
  server = await startTestIdentityServer({ path: ':memory:', clock, signUp: 'closed' });
  const browser = createBrowser(server);
  expect((await browser.authorize()).text).not.toContain('Create an account');
  const page = await browser.authorize({ prompt: 'create' });
  expect(page.text).toContain('New accounts are not open here.');
  const refused = await browser.submit(page, '/create', { address: 'ada@example.org', password });
  expect(refused.status).toBe(403);
  expect(await server.database.db.selectFrom('accounts').selectAll().execute()).toEqual([]);
});
