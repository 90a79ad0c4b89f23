/** The baseline of a list: the same framework responding with a fixed body of BODY_BYTES on PORT. */
import { serve } from '@hono/node-server';
import { Hono } from 'hono';

const body = JSON.stringify({ value: 'x'.repeat(Math.max(0, Number(process.env['BODY_BYTES']) - 12)) });
const app = new Hono();
app.get('/list', (c) => c.body(body, 200, { 'content-type': 'application/json' }));
const server = serve({ fetch: app.fetch, port: Number(process.env['PORT']), hostname: '127.0.0.1' }, () =>
  process.stdout.write('ready\n'),
);
process.on('SIGTERM', () => server.close(() => process.exit(0)));
