import { portOf, responseTo } from '../testing/nodeStreams.ts';
import { once } from 'node:events';
import { createServer, request, type ClientRequest, type Server } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { getRequestListener } from '@hono/node-server';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { maxFileSize } from '../../src/domain/task/attachment.ts';
import { startService, type Service } from '../testing/testService.ts';
import { chunkSize } from './contentChunks.ts';

/** Connections that break, over real sockets. */

let service: Service;
let server: Server;
let place: string;
beforeEach(async () => {
  service = await startService();
  const listen = getRequestListener((asked) => service.fetch(asked));
  server = createServer((req, res) => void listen(req, res)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const task = String((await service.send('POST', '/me/tasks', { Subject: 'Shop' })).body['Id']);
  place = `/me/tasks('${task}')/attachments`;
});
afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await service.close();
});

function begin(method: string, path: string, headers: Record<string, string | number>): ClientRequest {
  const sent = { Authorization: 'Bearer ann', 'Content-Type': 'application/json', ...headers };
  return request({ port: portOf(server), method, path, headers: sent }).on('error', () => {});
}

async function until<T>(read: () => Promise<T>, isRight: (value: T) => boolean): Promise<T> {
  for (;;) {
    const value = await read();
    if (isRight(value)) return value;
    await pause(10);
  }
}

const received = async () =>
  (await service.database.db.selectFrom('attachment_uploads').select('received').execute()).map((row) => row.received);

test('half of an attachment leaves nothing stored', async () => {
  const sent = begin('POST', `/api/v2.0${place}`, { 'Transfer-Encoding': 'chunked' });
  sent.write('{"@odata.type":"#x.FileAttachment","Name":"a","ContentBytes":"');
  sent.write('A'.repeat(2 * chunkSize));
  await until(received, (sizes) => sizes[0] === chunkSize);
  sent.destroy();
  await until(received, (sizes) => sizes.length === 0);
  expect(await service.database.db.selectFrom('attachment_contents').selectAll().execute()).toEqual([]);
  expect((await service.send('GET', `${place}/$count`)).text).toBe('0');
});

test('half of a chunk of an upload is kept, and the upload continues after it', async () => {
  const size = chunkSize + 1_000;
  const asked = { AttachmentItem: { AttachmentType: 'file', Name: 'a', Size: size } };
  const session = await service.send('POST', `${place}/createUploadSession`, asked);
  const path = new URL(String(session.body['UploadUrl'])).pathname;
  const sent = begin('PUT', path, { 'Content-Length': size, 'Content-Range': `bytes 0-${size - 1}/${size}` });
  sent.write('x'.repeat(chunkSize + 10));
  await until(received, (sizes) => sizes[0] === chunkSize);
  sent.destroy();
  const [have = 0] = await until(received, (sizes) => (sizes[0] ?? 0) > chunkSize);
  expect(have).toBe(chunkSize + 10);
  expect((await service.request('GET', path)).body).toMatchObject({ NextExpectedRanges: [`${have}-`] });
  const rest = { 'Content-Range': `bytes ${have}-${size - 1}/${size}`, 'Content-Type': 'a/b' };
  expect((await service.request('PUT', path, 'y'.repeat(size - have), rest)).status).toBe(201);
});

test('a client that sends too much gets its response before the end', async () => {
  const sent = begin('POST', `/api/v2.0${place}`, { 'Transfer-Encoding': 'chunked' });
  sent.write('{"@odata.type":"#x.FileAttachment","Name":"a","ContentBytes":"');
  sent.write('A'.repeat(Math.ceil(maxFileSize / 3) * 4 + 8));
  const answer = await responseTo(sent);
  expect(answer.statusCode).toBe(413);
  expect(await received()).toEqual([]);
  sent.destroy();
});

test('a client that disconnects ends the reading of a download', async () => {
  const body = { '@odata.type': '#x.FileAttachment', Name: 'a', ContentBytes: 'A'.repeat(20 * 1024 * 1024) };
  const made = await service.send('POST', place, body, { Prefer: 'return=minimal' });
  const path = new URL(String(made.headers.get('location'))).pathname;
  const asked = begin('GET', `${path}/$value`, {});
  asked.end();
  const answer = await responseTo(asked);
  await once(answer, 'data');
  answer.on('error', () => {});
  answer.destroy();
  // The service still works, and has released the file.
  expect((await service.request('DELETE', path)).status).toBe(204);
});
