import { parseJson } from './testing/json.ts';
import { exitCodeOf, portOf } from './testing/nodeStreams.ts';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort } from './testing/testPort.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'threefold-main-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Starts the service as a process; `until` resolves with its output once that contains the text. */
function start(env: Record<string, string>) {
  const { PATH = '' } = process.env;
  const child = spawn(process.execPath, ['server/main.ts'], {
    cwd: join(import.meta.dirname, '..'),
    env: { PATH, DATA_DIR: folder, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (piece: Buffer) => (out += piece.toString()));
  child.stderr.on('data', (piece: Buffer) => (err += piece.toString()));
  const exit = exitCodeOf(child).then((code) => ({ code, out, err }));
  const until = (words: string) =>
    new Promise<void>((resolve, reject) => {
      const checkOutput = () => out.includes(words) && resolve();
      child.stdout.on('data', checkOutput);
      void exit.then(() => reject(new Error(err)));
      checkOutput();
    });
  return { child, exit, until };
}

async function takenPort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { port: portOf(server), free: () => server.close() };
}

test('an invalid setting prints one sentence and exits with 1', async () => {
  const { code, out, err } = await start({ PORT: 'many' }).exit;
  expect([code, out, err]).toEqual([1, '', 'PORT must be a whole number from 1 to 65535, but it is "many".\n']);
});

test('a port in use prints one sentence and exits with 1', async () => {
  const { port, free } = await takenPort();
  const { code, err } = await start({ PORT: String(port) }).exit;
  free();
  expect(code).toBe(1);
  expect(err.trim().split('\n').at(-1)).toBe(`Port ${port} is in use. Stop what uses it, or set PORT to another.`);
});

test('an unusable data folder prints one sentence and exits with 1', async () => {
  const { code, err } = await start({ DATA_DIR: '/dev/null/data' }).exit;
  expect(code).toBe(1);
  expect(err).toMatch(/^DATA_DIR \(.*\) cannot be used: .*\n$/);
});

test('prints its URL when ready, responds, and on SIGTERM finishes open requests and stops', async () => {
  const port = await freePort();
  const { child, exit, until } = start({ PORT: String(port) });
  await until(`Threefold is ready at http://localhost:${port}\n`);
  expect((await fetch(`http://127.0.0.1:${port}/healthz`)).status).toBe(200);
  const found = await fetch(`http://127.0.0.1:${port}/oidc/.well-known/openid-configuration`);
  expect(parseJson(await found.text())['issuer']).toBe(`http://localhost:${port}/oidc`);
  child.kill('SIGTERM');
  const { code, err } = await exit;
  expect(code).toBe(0);
  const events = err
    .trim()
    .split('\n')
    .map((line) => parseJson(line)['event']);
  expect(events.slice(-2)).toEqual(['stopping', 'stopped']);
});
