import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from '../../src/domain/time/time.ts';
import { startTestIdentityServer } from '../testing/testIdentity.ts';
import type { TestIdentityServer } from '../testing/testIdentity.ts';

const start = Date.now();
let server: TestIdentityServer;
beforeEach(async () => {
  server = await startTestIdentityServer({ path: ':memory:', clock: systemClock(() => start) });
});
afterEach(() => server.close());

const addresses = [
  '/oidc/auth',
  '/oidc/auth?client_id=threefold-app',
  '/oidc/auth?client_id=nobody',
  '/oidc/auth/x',
  '/oidc/auth/x?client_id=threefold-app',
  '/oidc/auth/%ff?client_id=threefold-app',
  '/oidc/auth/x/y',
  '/oidc/interaction/x',
  '/oidc/interaction/x/sign-in',
  '/oidc/interaction/%00',
  '/oidc/session/end',
  '/oidc/session/end/confirm',
  '/oidc/session/end?id_token_hint=x',
  '/oidc/token',
  '/oidc/token/revocation',
  '/oidc/me',
  '/oidc/jwks',
  '/oidc/jwks/x',
  '/oidc/.well-known/openid-configuration',
  '/oidc/.well-known/x',
  '/oidc/nothing',
  '/oidc/%E0%A4%A',
  '/oidc//auth',
];
const methods = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH'];
const bodies: Readonly<Record<string, string>> = {
  'application/x-www-form-urlencoded': 'a=%ff&client_id=threefold-app&grant_type=authorization_code&code=x',
  'application/json': '{"a":',
};

test.each(addresses)('%s: error responses have the same headers and format as its other responses', async (address) => {
  for (const method of methods)
    for (const [type, body] of Object.entries(bodies)) {
      const hasBody = method !== 'GET' && method !== 'HEAD';
      const answer = await fetch(server.url + address, {
        method,
        redirect: 'manual',
        headers: {
          Cookie: '_session=x; _interaction=%ff; _interaction_resume=x',
          ...(hasBody && { 'Content-Type': type }),
        },
        ...(hasBody && { body }),
      });
      const text = await answer.text();
      const name = `${method} ${address} ${type}: ${answer.status} ${text.slice(0, 80)}`;
      expect(answer.status, name).toBeLessThan(500);
      expect(answer.headers.get('x-content-type-options'), name).toBe('nosniff');
      expect(answer.headers.get('content-security-policy'), name).toContain("default-src 'none'");
      expect(answer.headers.get('referrer-policy'), name).toBe('same-origin');
      if (text !== '')
        expect(answer.headers.get('content-type'), name).toMatch(/^(text\/html|application\/(?:jwk-set\+)?json)/);
    }
});
