import { randomUUID } from 'node:crypto';
import { STATUS_CODES, type Server, type ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import { RequestError } from '@hono/node-server';
import { errorBody } from '../../src/wire/odata/odata.ts';
import { corsHeaders } from './cors.ts';
import { AppError, invalidRequest } from '../config/appError.ts';
import { securityHeaders, type SecurityHeaderSettings } from './securityHeaders.ts';
import { toAppError } from './toAppError.ts';

const refused = (status: number, message: string) => new AppError(status, 'ErrorInvalidRequest', message);
const notHttp = refused(400, 'The request is not valid HTTP.');
const refusals: Readonly<Record<string, AppError>> = {
  HPE_HEADER_OVERFLOW: refused(431, 'The address and the headers of the request are too long.'),
  HPE_CHUNK_EXTENSIONS_OVERFLOW: refused(413, 'The pieces of the request body say too much of themselves.'),
  ERR_HTTP_REQUEST_TIMEOUT: refused(408, 'The request took too long to arrive.'),
};

/**
 * Answers requests that never reach the app, because they are not HTTP or too long, with an error of the service
 * (docs/protocol.md#errors). Node alone would send an empty body.
 */
export function respondToMalformedRequests(server: Server, config: SecurityHeaderSettings): void {
  const answers = new WeakMap<Duplex, ServerResponse>();
  server.on('request', (req, res) => answers.set(req.socket, res));
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => {
    const last = answers.get(socket);
    // A response is being sent: a second one would be read as its content.
    const isAnswering = last !== undefined && last.headersSent && !last.writableFinished;
    if (isAnswering || !socket.writable) {
      socket.destroy();
      return;
    }
    const refusal = refusals[error.code ?? ''] ?? notHttp;
    const { status } = refusal;
    const body = bodyOf(refusal);
    const headers = { ...headersOf(config), 'Content-Length': Buffer.byteLength(body), Connection: 'close' };
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
    socket.end(`HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${body}`, () => socket.destroy());
  });
}

/** Answers an HTTP request without a usable URL, such as one with an invalid Host header. */
export function invalidAddressResponse(error: unknown, config: SecurityHeaderSettings): Response {
  const isAddress = error instanceof RequestError;
  const refusal = isAddress ? invalidRequest('The address of the request is not valid.') : toAppError(error).error;
  return new Response(bodyOf(refusal), { status: refusal.status, headers: headersOf(config) });
}

const bodyOf = ({ code, message }: AppError) => JSON.stringify(errorBody(code, message));

const headersOf = (config: SecurityHeaderSettings) => ({
  'request-id': randomUUID(),
  ...securityHeaders(config),
  ...corsHeaders,
  'Content-Type': 'application/json; charset=utf-8',
});
