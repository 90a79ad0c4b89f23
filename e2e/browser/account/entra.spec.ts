import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from '../fixtures.ts';

const file = path.join(mkdtempSync(path.join(tmpdir(), 'threefold-entra-')), 'config.json');
const clientId = '11111111-2222-4333-8444-555555555555';
writeFileSync(
  file,
  JSON.stringify({
    dialect: 'graphBeta',
    apiBase: 'https://graph.microsoft.com',
    extras: false,
    auth: {
      kind: 'entra',
      clientId,
      authority: 'https://login.microsoftonline.com/common',
      scopes: ['https://graph.microsoft.com/Tasks.ReadWrite'],
    },
  }),
);
test.use({ serviceEnv: { APP_CONFIG: file } });

test('the same build sends a valid sign-in request to Microsoft Entra ID', async ({ page, service }) => {
  let asked: URL | undefined;
  // A stub for this one host; nothing of the app is replaced.
  await page.route('https://login.microsoftonline.com/**', async (route) => {
    const url = new URL(route.request().url());
    if (url.pathname.endsWith('/authorize')) {
      asked = url;
      return route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Sign in to your account</title>' });
    }
    const root = 'https://login.microsoftonline.com/common';
    const document = {
      issuer: 'https://login.microsoftonline.com/{tenantid}/v2.0',
      authorization_endpoint: `${root}/oauth2/v2.0/authorize`,
      token_endpoint: `${root}/oauth2/v2.0/token`,
      end_session_endpoint: `${root}/oauth2/v2.0/logout`,
      jwks_uri: `${root}/discovery/v2.0/keys`,
    };
    return route.fulfill({ headers: { 'access-control-allow-origin': '*' }, json: document });
  });
  await page.goto('/today?a=b#c');
  await expect(page.getByRole('button', { name: 'Create account' })).toBeHidden();
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page).toHaveTitle('Sign in to your account');

  const query = Object.fromEntries(asked?.searchParams ?? []);
  expect(asked?.pathname).toBe('/common/oauth2/v2.0/authorize');
  expect(query).toMatchObject({
    client_id: clientId,
    response_type: 'code',
    redirect_uri: `${service.url}/auth.html`,
    code_challenge_method: 'S256',
  });
  expect(query['code_challenge']).toMatch(/^[\w-]{43}$/);
  expect(query['state']).toBeTruthy();
  expect(query['nonce']).toBeTruthy();
  expect(new Set(query['scope']?.split(' '))).toEqual(
    new Set(['https://graph.microsoft.com/Tasks.ReadWrite', 'offline_access', 'openid', 'profile']),
  );
});
