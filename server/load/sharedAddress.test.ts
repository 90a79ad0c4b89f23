import { createServer, type Server } from 'node:http';
import { connect, type Socket } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { afterEach, expect, test } from 'vitest';
import { systemClock } from '../../src/domain/time/time.ts';
import { portOf } from '../testing/nodeStreams.ts';
import { startTestIdentityServer } from '../testing/testIdentity.ts';
import { startService } from '../testing/testService.ts';

/** Many people may have one address, behind a proxy or in an office. */

const closing: (() => Promise<void> | void)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).toReversed()) await close();
});

async function listening(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${portOf(server)}`;
}

/** Requests whose body ends after its first byte, and stay open. */
async function sendSlowly(url: string, count: number, head: readonly string[]): Promise<void> {
  const { port, pathname } = new URL(url);
  const sockets = Array.from({ length: count }, () => connect(Number(port), '127.0.0.1'));
  closing.push(() => sockets.forEach((socket) => socket.destroy()));
  const lines = [`POST ${pathname} HTTP/1.1`, 'Host: localhost', 'Content-Length: 100', ...head, '', '{'];
  await Promise.all(sockets.map((socket) => written(socket, lines.join('\r\n'))));
}

const written = (socket: Socket, text: string) => new Promise<void>((resolve) => socket.write(text, () => resolve()));

test('a valid token and the address of an upload work where others have used up the time of the network', async () => {
  let cpu = 0;
  const limits = { cpuSeconds: 0.2, rateWindowSeconds: 100, cpuMs: () => (cpu += 1) };
  const service = await startService({ publicUrl: 'https://tasks.example', ...limits });
  closing.push(() => service.close());
  const listener = getRequestListener(service.fetch);
  const url = await listening(createServer((req, res) => void listener(req, res)));
  const from = (
    path: string,
    bearer?: string,
    init: { method?: string; headers?: Record<string, string>; body?: string } = {},
  ) =>
    fetch(`${url}${path}`, {
      ...init,
      headers: {
        'X-Forwarded-For': '203.0.113.5',
        ...(bearer !== undefined && { Authorization: `Bearer ${bearer}` }),
        ...init.headers,
      },
    });
  const posted = await service.send('POST', '/me/tasks', { Subject: 'x' });
  const session = await service.send(
    'POST',
    `/me/tasks('${String(posted.body['Id'])}')/attachments/createUploadSession`,
    {
      AttachmentItem: { AttachmentType: 'file', Name: 'a', Size: 1 },
    },
  );
  const upload = new URL(String(session.body['UploadUrl'])).pathname;

  const statuses = new Set<number>();
  for (let tries = 0; tries < 1_000 && !statuses.has(429); tries += 1)
    statuses.add((await from('/api/v2.0/me/tasks', 'wrong')).status);
  expect(statuses).toEqual(new Set([401, 429]));
  expect((await from(`${upload}x`)).status).toBe(429);
  expect((await from('/api/v2.0/me/tasks', 'bob')).status).toBe(200);
  const piece = { method: 'PUT', headers: { 'Content-Range': 'bytes 0-0/1' }, body: 'a' };
  expect((await from(upload, undefined, piece)).status).toBe(201);
});

test('slow bodies from one address do not lock out its other requests to sign in', async () => {
  const clock = systemClock(() => Date.now());
  const server = await startTestIdentityServer({ path: ':memory:', clock });
  closing.push(() => server.close());
  await sendSlowly(`${server.url}/oidc/token`, 20, ['Content-Type: application/x-www-form-urlencoded']);
  const answer = await fetch(`${server.url}/oidc/.well-known/openid-configuration`);
  expect(answer.status).toBe(200);
});

test('slow bodies of an account do not lock out its other requests', async () => {
  const service = await startService();
  closing.push(() => service.close());
  const listener = getRequestListener(service.fetch);
  const url = await listening(createServer((req, res) => void listener(req, res)));
  await sendSlowly(`${url}/api/v2.0/me/tasks`, 20, ['Authorization: Bearer ann', 'Content-Type: application/json']);
  const headers = { Authorization: 'Bearer ann', 'Content-Type': 'application/json' };
  expect((await fetch(`${url}/api/v2.0/me/tasks`, { headers })).status).toBe(200);
  // Bodies of any length arrive whole.
  for (const length of [10, 100_000, 900_000]) {
    const Body = { ContentType: 'Text', Content: 'x'.repeat(length) };
    const init = { method: 'POST', headers, body: JSON.stringify({ Subject: 'x', Body }) };
    expect((await fetch(`${url}/api/v2.0/me/tasks`, init)).status).toBe(201);
  }
});
