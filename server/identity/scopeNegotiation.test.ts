import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from '../../src/domain/time/time.ts';
import { createBrowser, password, startTestIdentityServer, type TestIdentityServer } from '../testing/testIdentity.ts';
import { membersOf, parseJson } from '../testing/json.ts';

/** What OAuth libraries ask for and compare (docs/protocol.md#sign-in). */

let folder: string;
let server: TestIdentityServer;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'threefold-scopes-'));
  const clock = systemClock(() => Date.now());
  server = await startTestIdentityServer({ clock, path: join(folder, 'threefold.db') });
});
afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true });
});

async function tokensFor(scope: string) {
  const browser = createBrowser(server);
  const page = await browser.authorize({ prompt: 'create', scope });
  const back = await browser.submit(page, '/create', { address: 'ada@example.org', name: '', password });
  return { browser, tokens: await browser.tokens(back) };
}

const bodyOf = async (response: Response) => membersOf(parseJson(await response.text()));

test.each([
  'openid profile email offline_access tasks.readwrite',
  'openid offline_access Tasks.ReadWrite',
  'openid profile tasks.read tasks.readwrite.shared',
  'tasks.readwrite',
])('a sign-in for "%s" is answered with exactly these scopes, and so is each refresh', async (scope) => {
  const { browser, tokens } = await tokensFor(scope);
  expect(new Set(tokens.scope.split(' '))).toEqual(new Set(scope.split(' ')));
  // As requests-oauthlib refreshes, without scopes.
  const plain = await fetch(`${server.url}/oidc/token`, {
    method: 'POST',
    body: new URLSearchParams({
      client_id: 'threefold-app',
      grant_type: 'refresh_token',
      refresh_token: tokens.refresh_token,
    }),
  });
  expect(new Set((await bodyOf(plain))['scope']?.split(' '))).toEqual(new Set(scope.split(' ')));
  const named = await bodyOf(await browser.refresh(tokens.refresh_token, scope));
  expect(new Set(named['scope']?.split(' '))).toEqual(new Set(scope.split(' ')));
  expect(await server.verify(String(named['access_token']))).toBeDefined();
});

test('a refresh may spell scopes in any case and name offline_access, granted before or not', async () => {
  const { browser, tokens } = await tokensFor('openid profile Tasks.ReadWrite');
  for (const scope of [
    'openid profile offline_access tasks.readwrite',
    'TASKS.READWRITE openid',
    'Tasks.ReadWrite offline_access',
    'offline_access',
  ]) {
    const answer = await browser.refresh(tokens.refresh_token, scope);
    const body = await bodyOf(answer);
    expect([scope, answer.status]).toEqual([scope, 200]);
    if (scope !== 'offline_access') expect(body['scope']).toBe(scope);
    const { scopes } = (await server.verify(String(body['access_token']))) ?? {};
    expect([...(scopes ?? [])].toSorted(), scope).toEqual(['tasks.read', 'tasks.readwrite']);
  }
});

test('what was not granted is still refused', async () => {
  const { browser, tokens } = await tokensFor('openid tasks.read');
  const more = await browser.refresh(tokens.refresh_token, 'openid tasks.readwrite');
  expect([more.status, (await bodyOf(more))['error']]).toEqual([400, 'invalid_scope']);
  const unknown = await browser.refresh('nothing', 'openid offline_access');
  expect([unknown.status, (await bodyOf(unknown))['error']]).toEqual([400, 'invalid_grant']);
});

test('a token request that is no form, or far too long, is refused', async () => {
  const send = (body: string, type: string) =>
    fetch(`${server.url}/oidc/token`, { method: 'POST', body, headers: { 'Content-Type': type } });
  expect((await send('{}', 'application/json')).status).toBe(400);
  expect((await send(`scope=${'x'.repeat(20_000)}`, 'application/x-www-form-urlencoded')).status).toBe(413);
});

test('RFC 8414: the metadata at the path that the issuer gives it', async () => {
  const own = await fetch(`${server.url}/.well-known/oauth-authorization-server/oidc`);
  const metadata = await bodyOf(own);
  expect([own.status, metadata['issuer']]).toEqual([200, `${server.url}/oidc`]);
  expect(own.headers.get('content-type')).toContain('application/json');
  expect(metadata).toMatchObject({
    authorization_endpoint: `${server.url}/oidc/auth`,
    token_endpoint: `${server.url}/oidc/token`,
    jwks_uri: `${server.url}/oidc/jwks`,
    response_types_supported: ['code'],
    code_challenge_methods_supported: ['S256'],
  });
  const scopes = ['openid', 'profile', 'email', 'offline_access', 'tasks.read', 'tasks.readwrite'];
  expect(metadata['scopes_supported']).toEqual(expect.arrayContaining(scopes));
  expect(metadata['scopes_supported']).not.toContain('offline');
  const openid = await bodyOf(await fetch(`${server.url}/oidc/.well-known/openid-configuration`));
  expect(openid).toEqual(metadata);
});
