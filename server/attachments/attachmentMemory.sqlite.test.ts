import { responseTo } from '../testing/nodeStreams.ts';
import { parseJson } from '../testing/json.ts';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { maxFileSize } from '../../src/domain/task/attachment.ts';

/** Uploads and downloads of 25 MB through every endpoint, with less memory than the file needs. */

/** A service process that reports the peak memory since the last report, in bytes. */
const listener = `
  import { createServer } from 'node:http';
  import { getRequestListener } from '@hono/node-server';
  import { startService } from './server/testing/testService.ts';
  const service = await startService({ path: process.argv[1] });
  const listen = getRequestListener((request) => service.fetch(request));
  // Collect garbage first, so that only live memory counts.
  const held = () => { globalThis.gc(); globalThis.gc(); const { heapUsed, external } = process.memoryUsage(); return heapUsed + external; };
  let most = 0;
  setInterval(() => (most = Math.max(most, held())), 100);
  const server = createServer((req, res) => {
    if (req.url !== '/memory') return void listen(req, res);
    res.end(JSON.stringify({ most, now: held() }));
    most = held();
  });
  server.listen(0, '127.0.0.1', () => console.log(server.address().port));
`;

let folder: string;
let child: ChildProcess;
let port: number;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'threefold-memory-'));
  const started = spawn(
    process.execPath,
    ['--expose-gc', '--input-type=module', '-e', listener, join(folder, 'x.db')],
    { cwd: join(import.meta.dirname, '../..'), stdio: ['ignore', 'pipe', 'inherit'] },
  );
  child = started;
  const [line] = await once(createInterface({ input: started.stdout }), 'line');
  port = Number(line);
});
afterAll(() => {
  child.kill();
  rmSync(folder, { recursive: true });
});

type Sent = { method: string; path: string; headers?: Record<string, string | number>; body?: Iterable<Uint8Array> };

/** Sends a body that is generated while it is sent; the response is counted and discarded. */
async function send({ method, path, headers = {}, body = [] }: Sent) {
  const asked = request({
    port,
    method,
    path,
    headers: { Authorization: 'Bearer ann', 'Content-Type': 'application/json', ...headers },
  });
  const responding = responseTo(asked);
  for (const chunk of body) if (!asked.write(chunk)) await once(asked, 'drain');
  asked.end();
  const answer = await responding;
  let size = 0;
  let start = '';
  for await (const chunk of answer) {
    size += chunk.length;
    if (start.length < 2_000) start += chunk.toString('latin1', 0, 2_000);
  }
  return { status: answer.statusCode, headers: answer.headers, size, start };
}

/** How much the peak memory of the service grew during the work, in bytes. */
async function growth(work: () => Promise<void>): Promise<number> {
  const read = async () => {
    const { most, now } = parseJson((await send({ method: 'GET', path: '/memory' })).start);
    return { most: Number(most), now: Number(now) };
  };
  const { now } = await read();
  await work();
  return (await read()).most - now;
}

function* repeated(chunk: Uint8Array, total: number): Iterable<Uint8Array> {
  for (let left = total; left > 0; left -= chunk.length) yield chunk.subarray(0, Math.min(left, chunk.length));
}

const piece = Buffer.alloc(64 * 1024, 'QUJD');
const base64Size = Math.ceil(maxFileSize / 3) * 4;

function* attachmentBody(): Iterable<Uint8Array> {
  yield Buffer.from('{"@odata.type":"#Microsoft.OutlookServices.FileAttachment","Name":"film","ContentBytes":"');
  // 25 MB is no multiple of three bytes: the last four characters are padded.
  yield* repeated(piece, base64Size - 4);
  yield Buffer.from('QQ==');
  yield Buffer.from('"}');
}

test('memory stays flat', async () => {
  const made = await send({ method: 'POST', path: '/api/v2.0/me/tasks', body: [Buffer.from('{"Subject":"Film"}')] });
  const { Id: task } = parseJson(made.start);
  const place = `/api/v2.0/me/tasks('${task}')/attachments`;
  const grown: Record<string, number> = {};
  let location = '';

  grown['posted'] = await growth(async () => {
    const answer = await send({
      method: 'POST',
      path: place,
      headers: { Prefer: 'return=minimal' },
      body: attachmentBody(),
    });
    expect(answer).toMatchObject({ status: 204 });
    location = new URL(String(answer.headers.location)).pathname;
  });
  grown['value'] = await growth(async () => {
    const answer = await send({ method: 'GET', path: `${location}/$value` });
    expect(answer).toMatchObject({
      status: 200,
      size: maxFileSize,
      headers: { 'content-length': String(maxFileSize) },
    });
  });
  grown['listed'] = await growth(async () => {
    const answer = await send({ method: 'GET', path: place });
    expect(answer.size).toBeGreaterThan(base64Size);
  });
  grown['expanded'] = await growth(async () => {
    const answer = await send({ method: 'GET', path: '/beta/me/outlook/tasks?$expand=attachments' });
    expect(answer.size).toBeGreaterThan(base64Size);
  });
  grown['uploaded'] = await growth(async () => {
    const item = { AttachmentItem: { AttachmentType: 'file', Name: 'film', Size: maxFileSize } };
    const session = await send({
      method: 'POST',
      path: `${place}/createUploadSession`,
      body: [Buffer.from(JSON.stringify(item))],
    });
    const path = new URL(String(parseJson(session.start)['UploadUrl'])).pathname;
    const headers = { 'Content-Range': `bytes 0-${maxFileSize - 1}/${maxFileSize}`, 'Content-Length': maxFileSize };
    const done = await send({ method: 'PUT', path, headers, body: repeated(piece, maxFileSize) });
    expect(done).toMatchObject({ status: 201 });
  });

  const inMegabytes = Object.fromEntries(
    Object.entries(grown).map(([name, bytes]) => [name, Math.round(bytes / 1024 / 1024)]),
  );
  for (const [name, megabytes] of Object.entries(inMegabytes))
    expect({ [name]: megabytes < 8 }).toEqual({ [name]: true });
});
