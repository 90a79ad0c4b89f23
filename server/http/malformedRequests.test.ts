import { parseJson } from '../testing/json.ts';
import { portOf } from '../testing/nodeStreams.ts';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { getRequestListener } from '@hono/node-server';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { respondToMalformedRequests, invalidAddressResponse } from './malformedRequests.ts';

/** Malformed requests also get one of the service's own errors (docs/protocol.md#errors). */

const publicUrl = 'http://localhost:4100';
const pieces = new ReadableStream({ start: (controller) => controller.enqueue(new TextEncoder().encode('first')) });
const listener = getRequestListener(
  (request) => {
    const { pathname } = new URL(request.url);
    if (pathname === '/broken') throw new Error('broken');
    if (pathname === '/half') return new Response(pieces);
    const read = () => new Response('read');
    return request.text().then(read, read);
  },
  { hostname: 'localhost', errorHandler: (error) => invalidAddressResponse(error, { publicUrl }) },
);
const server = createServer((req, res) => void listener(req, res));

beforeAll(async () => {
  respondToMalformedRequests(server, { publicUrl });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

function open() {
  return connect(portOf(server), '127.0.0.1');
}

async function send(bytes: string) {
  const socket = open();
  socket.write(bytes, 'latin1');
  const [head = '', body = ''] = (await text(socket)).split('\r\n\r\n');
  return { status: Number(head.split(' ')[1]), head: head.toLowerCase(), body };
}

const host = 'Host: localhost\r\n';
const chunked = `POST / HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\n`;

test.each([
  ['what is no HTTP at all', '\x16\x03\x01\x00\r\n\r\n', 400],
  ['an unknown method', `FOO / HTTP/1.1\r\n${host}\r\n`, 400],
  ['a path of raw bytes', `GET /\xff\xfe HTTP/1.1\r\n${host}\r\n`, 400],
  ['two lengths', `POST / HTTP/1.1\r\n${host}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`, 400],
  ['a length and pieces', `POST / HTTP/1.1\r\n${host}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n`, 400],
  ['a piece without a length', `${chunked}zz\r\n{}\r\n0\r\n\r\n`, 400],
  ['a piece with too much beside it', `${chunked}1;${'a'.repeat(20_000)}\r\nx\r\n0\r\n\r\n`, 413],
  ['a long address', `GET /?${'a'.repeat(20_000)} HTTP/1.1\r\n${host}\r\n`, 431],
  ['a long header', `GET / HTTP/1.1\r\n${host}A: ${'a'.repeat(20_000)}\r\n\r\n`, 431],
  ['a host that is none', 'GET / HTTP/1.1\r\nHost: a b<>\r\nConnection: close\r\n\r\n', 400],
])('%s', async (_, bytes, status) => {
  const answer = await send(bytes);
  expect(answer.status).toBe(status);
  const { error } = parseJson(answer.body);
  expect(error).toEqual({ code: 'ErrorInvalidRequest', message: expect.stringMatching(/^The .*\.$/) });
  expect(answer.head).toContain('content-type: application/json');
  expect(answer.head).toContain('request-id: ');
  expect(answer.head).toContain('access-control-allow-origin: *');
  expect(answer.head).toContain('connection: close');
});

test('an internal error is a 500 and does not end the process', async () => {
  const answer = await send(`GET /broken HTTP/1.1\r\n${host}Connection: close\r\n\r\n`);
  expect(answer.status).toBe(500);
  expect(JSON.parse(answer.body)).toMatchObject({ error: { code: 'ErrorInternalServerError' } });
});

test('an error during a streamed answer writes nothing into it', async () => {
  const socket = open();
  socket.write(`GET /half HTTP/1.1\r\n${host}\r\n`);
  let response = '';
  socket.on('data', (piece: Buffer) => (response += piece.toString()));
  while (!response.includes('first')) await once(socket, 'data');
  socket.write('no HTTP\r\n\r\n');
  await once(socket, 'close');
  expect(response.match(/HTTP\/1\.1/g)).toHaveLength(1);
  expect(response).not.toContain('error');
});
