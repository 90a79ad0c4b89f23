import { STATUS_CODES } from 'node:http';
import { changeSetsUnsupported, type BatchPart, type BatchPartResponse } from './batchBody.ts';
import type { AppError } from '../config/appError.ts';

/**
 * A batch as `multipart/mixed`, each part a whole `application/http` request (docs/protocol.md#batch; RFC 2046 §5.1).
 */

/** @returns the boundary that a Content-Type names, or undefined when it is not multipart/mixed with one. */
export function boundaryIn(type: string): string | undefined {
  if (!/^\s*multipart\/mixed\s*;/i.test(type)) return undefined;
  const [, quoted, bare] = /;\s*boundary=(?:"([^"]{1,70})"|([^\s;"]{1,70}))/i.exec(type) ?? [];
  return quoted ?? bare;
}

/** @throws AppError 400. */
export function readMultipartBatch(text: string, boundary: string, refuse: (message: string) => AppError): BatchPart[] {
  return piecesOf(text, boundary, refuse).map(({ headers, rest }, at) => {
    const inner = boundaryIn(headers['content-type'] ?? '');
    if (inner !== undefined) return { ...readChangeSet(rest, inner, refuse), isSet: true };
    if (!isRequest(headers)) throw refuse(`Part ${at + 1} of the batch is not application/http.`);
    return readRequest(rest, headers['content-id'] ?? '', () => refuse(`Part ${at + 1} of the batch is no request.`));
  });
}

/** A change set of one request is atomic anyway, and many clients send each write like this. */
function readChangeSet(text: string, boundary: string, refuse: (message: string) => AppError): BatchPart {
  const pieces = piecesOf(text, boundary, refuse);
  const [only] = pieces;
  if (only === undefined || pieces.length > 1) throw refuse(changeSetsUnsupported);
  const { headers, rest } = only;
  if (!isRequest(headers)) throw refuse('The request of a change set is not application/http.');
  return readRequest(rest, headers['content-id'] ?? '', () => refuse('The request of a change set is no request.'));
}

const isRequest = (headers: Readonly<Record<string, string>>) =>
  /^\s*application\/http\s*(;|$)/i.test(headers['content-type'] ?? '');

function piecesOf(text: string, boundary: string, refuse: (message: string) => AppError) {
  const pieces = `\r\n${text.replaceAll(/\r?\n/g, '\r\n')}`.split(`\r\n--${boundary}`);
  const end = pieces.findIndex((piece, at) => at > 0 && piece.startsWith('--'));
  if (end < 0) throw refuse('The batch does not end with its boundary.');
  // The rest of the boundary's line is padding.
  return pieces.slice(1, end).map((piece) => readHead(piece.slice(piece.indexOf('\r\n') + 2)));
}

function readRequest(text: string, id: string, refuse: () => AppError): BatchPart {
  const start = text.replace(/^(\r\n)+/, '');
  const lineEnd = start.indexOf('\r\n');
  const line = lineEnd < 0 ? start : start.slice(0, lineEnd);
  const [, method, url] = /^([A-Za-z]+) +(\S+)(?: +HTTP\/\d(?:\.\d)?)? *$/.exec(line) ?? [];
  if (method === undefined || url === undefined) throw refuse();
  const { headers, rest } = readHead(lineEnd < 0 ? '' : start.slice(lineEnd + 2));
  const hasBody = rest.trim() !== '';
  return {
    id: id.replaceAll(/[<>\s]/g, ''),
    method: method.toUpperCase(),
    url,
    headers: hasBody ? { 'content-type': 'application/json', ...headers } : headers,
    body: hasBody ? rest : undefined,
    dependsOn: [],
  };
}

/** Header lines up to an empty one, and what follows. */
function readHead(text: string): { headers: Record<string, string>; rest: string } {
  const headers: Record<string, string> = {};
  let at = 0;
  while (at < text.length) {
    const end = text.indexOf('\r\n', at);
    const line = text.slice(at, end < 0 ? undefined : end);
    at = end < 0 ? text.length : end + 2;
    if (line === '') break;
    const colon = line.indexOf(':');
    if (colon > 0) headers[line.slice(0, colon).trim().toLowerCase()] = line.slice(colon + 1).trim();
  }
  return { headers, rest: text.slice(at) };
}

/** The answers in the order of their requests; a successful change set is a set again (OData JSON and Batch, 11.7). */
export function multipartBatchResponse(
  answers: readonly BatchPartResponse[],
  parts: readonly BatchPart[],
  boundary: string,
): Uint8Array<ArrayBuffer> {
  const pieces = answers.flatMap((answer, at) => {
    if (parts[at]?.isSet !== true || answer.status >= 400) return [`--${boundary}\r\n`, ...pieceOf(answer)];
    const inner = `changesetresponse_${at}_${boundary}`;
    const head = `--${boundary}\r\nContent-Type: multipart/mixed; boundary=${inner}\r\n\r\n--${inner}\r\n`;
    return [head, ...pieceOf(answer), `--${inner}--\r\n`];
  });
  const all = [...pieces, `--${boundary}--\r\n`];
  return new Uint8Array(Buffer.concat(all.map((piece) => (typeof piece === 'string' ? Buffer.from(piece) : piece))));
}

function pieceOf({ id, status, headers, body }: BatchPartResponse): (string | Uint8Array)[] {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const contentId = id === '' ? '' : `Content-ID: <${id}>\r\n`;
  const head =
    `Content-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n${contentId}\r\n` +
    `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines.join('')}\r\n`;
  return [head, body, '\r\n'];
}
