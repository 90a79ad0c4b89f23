import { createServer, request } from 'node:http';
import type { IncomingMessage, Server } from 'node:http';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { systemClock } from '../../src/domain/time/time.ts';
import { openTestDatabase } from '../testing/testDatabase.ts';
import type { Database } from '../db/openDatabase.ts';
import { silentLog } from '../config/log.ts';
import { createIdentity } from './oidcProvider.ts';
import type { Identity } from './oidcProvider.ts';
import { remoteAddressOf } from './formRequest.ts';

/** The service behind a TLS proxy that forwards its own host name over plain http. */
const publicUrl = 'https://tasks.example.org';

let database: Database;
let identity: Identity;
let server: Server;
let remotes: string[];

beforeEach(async () => {
  database = await openTestDatabase();
  const clock = systemClock(() => Date.now());
  identity = await createIdentity({ db: database.db, clock, config: { publicUrl, signUp: 'open' }, log: silentLog });
  remotes = [];
  server = createServer((req, res) => {
    remotes.push(remoteAddressOf(req, true), remoteAddressOf(req, false));
    if (!identity.handle(req, res)) res.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterEach(async () => {
  identity.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await database.close();
});

function get(path: string, headers: Record<string, string> = {}): Promise<{ answer: IncomingMessage; body: string }> {
  const address = server.address();
  const port = address !== null && typeof address === 'object' ? address.port : 0;
  return new Promise((resolve, reject) => {
    const asked = request({ port, host: '127.0.0.1', path, headers }, (answer) => {
      let body = '';
      answer.setEncoding('utf8').on('data', (text: string) => (body += text));
      answer.on('end', () => resolve({ answer, body }));
    });
    asked.on('error', reject).end();
  });
}

test('every URL in responses is the public one, whatever host was requested', async () => {
  const { body } = await get('/oidc/.well-known/openid-configuration', { host: 'evil.example' });
  expect(JSON.parse(body)).toMatchObject({
    issuer: `${publicUrl}/oidc`,
    authorization_endpoint: `${publicUrl}/oidc/auth`,
    end_session_endpoint: `${publicUrl}/oidc/session/end`,
  });
  expect(body).not.toContain('evil');
});

test('cookies are Secure, and HSTS is sent', async () => {
  const asked = new URLSearchParams({
    client_id: 'threefold-app',
    response_type: 'code',
    redirect_uri: `${publicUrl}/auth.html`,
    scope: 'openid tasks.read',
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
  });
  const { answer } = await get(`/oidc/auth?${asked.toString()}`, { host: '10.0.0.7:4100' });
  expect(answer.statusCode).toBe(303);
  expect(answer.headers.location).toMatch(/^\/oidc\/interaction\//);
  for (const cookie of answer.headers['set-cookie'] ?? []) {
    expect(cookie).toMatch(
      /^__Secure-tf_(state(_resume)?|(interaction|resume)(\.sig)?)=.*; samesite=lax; secure; httponly$/i,
    );
  }
  expect(answer.headers['strict-transport-security']).toBe('max-age=31536000');
  expect(answer.headers['cross-origin-resource-policy']).toBe('same-origin');
  expect(answer.headers['permissions-policy']).toContain('camera=()');
});

test('the client address is the last one of the proxy; without a proxy, the peer', async () => {
  await get('/', { 'x-forwarded-for': '6.6.6.6, 203.0.113.9' });
  await get('/');
  expect(remotes).toEqual(['203.0.113.9', '127.0.0.1', '127.0.0.1', '127.0.0.1']);
});
