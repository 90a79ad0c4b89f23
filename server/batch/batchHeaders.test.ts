import { Hono } from 'hono';
import { expect, test } from 'vitest';
import { outlookRest } from '../../src/wire/outlook/outlookDialects.ts';
import type { HonoContext } from '../http/http.ts';
import { handleBatch } from './batchEndpoint.ts';

test('a part cannot say where it comes from', async () => {
  const sent: Headers[] = [];
  const app: HonoContext['var'] extends infer V extends object ? Hono<{ Variables: V }> : never = new Hono();
  app.post('*', (c) =>
    handleBatch(c, {
      dialect: outlookRest,
      origin: 'http://localhost:4100',
      keepsOrder: true,
      send: ({ headers }) => (sent.push(headers), Response.json({})),
    }),
  );
  const asked = {
    Forwarded: 'for=6.6.6.6',
    'X-Forwarded-For': '6.6.6.6',
    'X-Forwarded-Host': 'evil.example',
    'X-Forwarded-Proto': 'https',
    Host: 'evil.example',
    Authorization: 'Bearer bob',
    Connection: 'upgrade',
    'Content-Length': '7',
    'X-Kept': 'yes',
  };
  const batch = (headers: Record<string, string>) =>
    app.request('/api/v2.0/me/$batch', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: JSON.stringify({ requests: [{ id: '1', method: 'GET', url: '/me/tasks', headers: asked }] }),
    });
  await batch({});
  expect(Object.fromEntries(sent[0] ?? [])).toEqual({ 'x-kept': 'yes' });
  const own = {
    authorization: 'Bearer ann',
    forwarded: 'for=203.0.113.9',
    'x-forwarded-for': '203.0.113.9',
    'x-forwarded-host': 'tasks.example',
    'x-forwarded-proto': 'https',
  };
  await batch(own);
  expect(Object.fromEntries(sent[1] ?? [])).toEqual({ ...own, 'x-kept': 'yes' });
});
