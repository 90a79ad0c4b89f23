import { trimEndOf } from '../../src/domain/text/trimText.ts';
import { limits } from '../../src/domain/limits.ts';
import { randomUUID } from 'node:crypto';
import type { Dialect } from '../../src/wire/dialect.ts';
import { errorBody, parsePath } from '../../src/wire/odata/odata.ts';
import { readPrefer } from '../../src/wire/odata/preferHeader.ts';
import { jsonBatchResponse, readJsonBatch, type BatchPart, type BatchPartResponse } from './batchBody.ts';
import { boundaryIn, multipartBatchResponse, readMultipartBatch } from './batchMultipart.ts';
import { AppError, invalidRequest, methodNotAllowed } from '../config/appError.ts';
import { charsetOf, readJsonBody, readTextBody, reply, type HonoContext } from '../http/http.ts';

/** `$batch`: up to twenty requests in one, each answered as if it had been sent alone (docs/protocol.md#batch). */

const maxParts = 20;

/** Size limit of all answers of one batch. Bytes. */
const maxResponseBytes = 32 * 1024 * 1024;

const methods = new Set(['GET', 'POST', 'PATCH', 'DELETE']);

/** Headers of the batch that a part cannot override. The other headers below belong to the enclosing message. */
const callerHeaders = [
  'authorization',
  'host',
  'forwarded',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-forwarded-for',
];
const messageHeaders = new Set([
  ...callerHeaders,
  'connection',
  'transfer-encoding',
  'content-length',
  'accept-encoding',
]);

/** Headers that the batch's own response carries once. */
const batchHeaders = /^(access-control-|x-content-type-options$|transfer-encoding$|connection$|content-length$)/i;

/** Below the root; in v2 also below a mailbox. */
export function isBatchPath(path: string, dialect: Dialect): boolean {
  const rest = path.slice(dialect.root.length);
  if (/^\/+(\$|%24)batch\/*$/i.test(rest)) return true;
  return dialect.name === 'outlookRest' && parsePath(rest, dialect)?.pattern === '$batch';
}

export type BatchTarget = {
  dialect: Dialect;
  /** The service's origin as the client addresses it. */
  origin: string;
  /** True where writes run one at a time in order of arrival, so that parts sent together keep their order. */
  keepsOrder: boolean;
  /** The complete service. */
  send: (request: Request) => Response | Promise<Response>;
};

/**
 * v2 takes JSON and multipart, answers in kind and in order, and stops at the first error unless
 * `odata.continue-on-error`; beta takes JSON, runs reads in parallel and writes in order.
 * @throws AppError 400 when the batch as a whole cannot be read.
 */
export async function handleBatch(c: HonoContext, target: BatchTarget): Promise<Response> {
  const { dialect } = target;
  c.set('route', `${dialect.root}/$batch`);
  if (c.req.method !== 'POST') throw methodNotAllowed(['POST']);
  const isGraph = dialect.name === 'graphBeta';
  const refuse = (message: string) => (isGraph ? new AppError(400, 'BadRequest', message) : invalidRequest(message));
  const boundary = isGraph ? undefined : boundaryIn(c.req.header('content-type') ?? '');
  const parts =
    boundary === undefined
      ? readJsonBatch((await readJsonBody(c)).json, refuse)
      : readMultipartBatch(await readTextBody(c), boundary, refuse);
  check(parts, boundary === undefined, refuse);
  const sendPart = senderOf(c, target);
  const isSideBySide = isGraph && (target.keepsOrder || parts.every(({ method }) => method === 'GET'));
  const answers = isSideBySide
    ? await sendSideBySide(parts, sendPart)
    : isGraph || readPrefer(c.req.header('prefer')).continuesOnError
      ? await sendInRuns(
          !isGraph && target.keepsOrder
            ? runsOf(parts, (part) => taskChangedBy(c, part, target))
            : parts.map((part) => [part]),
          sendPart,
        )
      : await sendInOrder(parts, sendPart);
  if (boundary === undefined) {
    return reply(c, jsonBatchResponse(answers), 200, { 'Content-Type': 'application/json; charset=utf-8' });
  }
  const ours = `batchresponse_${randomUUID()}`;
  // Without quotes: existing clients do not remove them.
  return reply(c, multipartBatchResponse(answers, parts, ours), 200, {
    'Content-Type': `multipart/mixed; boundary=${ours}`,
  });
}

function check(parts: readonly BatchPart[], hasIds: boolean, refuse: (message: string) => AppError): void {
  if (parts.length === 0) throw refuse('The batch holds no requests.');
  if (parts.length > maxParts) throw refuse(`The maximum number of operations in a batch request is ${maxParts}.`);
  for (const { id, url, headers } of parts) {
    const long =
      url.length > limits.requestUrl || Object.values(headers).some((value) => value.length > limits.requestUrl);
    if (id.length > limits.id) throw refuse(`An id of the batch is longer than its limit of ${limits.id}.`);
    if (long) throw refuse(`An address or a header of request '${id}' is longer than ${limits.requestUrl}.`);
  }
  if (!hasIds) return;
  const known = new Set<string>();
  for (const { id, dependsOn } of parts) {
    if (known.has(id)) throw refuse(`The id '${id}' is used twice in the batch.`);
    // Earlier parts only, so that no part waits for itself.
    const missing = dependsOn.find((other) => !known.has(other));
    if (missing !== undefined) throw refuse(`Request '${id}' depends on '${missing}', which is not before it.`);
    known.add(id);
  }
}

type SendPart = (part: BatchPart) => Promise<BatchPartResponse>;

/** Up to the first error. */
async function sendInOrder(parts: readonly BatchPart[], send: SendPart): Promise<BatchPartResponse[]> {
  const answers: BatchPartResponse[] = [];
  for (const part of parts) {
    const answer = await send(part);
    answers.push(answer);
    if (answer.status >= 400) break;
  }
  return answers;
}

/** In order as observable by clients: the parts of one run share a commit, which is most of the time of a write. */
async function sendInRuns(runs: readonly (readonly BatchPart[])[], send: SendPart): Promise<BatchPartResponse[]> {
  const answers: BatchPartResponse[] = [];
  for (const run of runs) {
    const failed = new Set(answers.flatMap(({ id, status }) => (status >= 400 ? [id] : [])));
    const sent = run.map(async (part) => {
      return part.dependsOn.some((id) => failed.has(id)) ? dependantOf(part) : send(part);
    });
    answers.push(...(await Promise.all(sent)));
  }
  return answers;
}

/** Consecutive parts that change different tasks form one run; any other part is a run of its own. */
function runsOf(parts: readonly BatchPart[], taskOf: (part: BatchPart) => string | undefined): BatchPart[][] {
  const runs: BatchPart[][] = [];
  let tasks: Set<string> | undefined;
  for (const part of parts) {
    const task = taskOf(part);
    if (task === undefined || tasks === undefined || tasks.has(task)) {
      runs.push([part]);
      tasks = task === undefined ? undefined : new Set([task]);
    } else {
      runs.at(-1)?.push(part);
      tasks.add(task);
    }
  }
  return runs;
}

/** The one task that a request changes; undefined for any other request. A create counts as a task of its own. */
function taskChangedBy(c: HonoContext, { id, method, url, dependsOn }: BatchPart, { dialect, origin }: BatchTarget) {
  const address = addressOf(url, dialect, origin, placeOf(c));
  if (address === undefined || method === 'GET' || dependsOn.length > 0) return undefined;
  const { pattern, keys } = parsePath(address.pathname.slice(dialect.root.length), dialect) ?? {};
  if (pattern === undefined) return undefined;
  if (method === 'POST' && /^(taskfolders\/{}\/)?tasks$/.test(pattern)) return `new ${id}`;
  return /^tasks\/{}(\/complete)?$/.test(pattern) ? keys?.[0] : undefined;
}

function sendSideBySide(parts: readonly BatchPart[], send: SendPart): Promise<BatchPartResponse[]> {
  const under = new Map<string, Promise<BatchPartResponse>>();
  for (const part of parts) under.set(part.id, afterOthers(part, send, under));
  return Promise.all(under.values());
}

async function afterOthers(
  part: BatchPart,
  send: SendPart,
  under: ReadonlyMap<string, Promise<BatchPartResponse>>,
): Promise<BatchPartResponse> {
  const before = await Promise.all(part.dependsOn.flatMap((id) => under.get(id) ?? []));
  return before.some(({ status }) => status >= 400) ? dependantOf(part) : send(part);
}

function dependantOf(part: BatchPart): BatchPartResponse {
  return failure(part, 424, 'FailedDependency', 'A request that this one depends on has failed.');
}

function failure({ id }: BatchPart, status: number, code: string, message: string): BatchPartResponse {
  const body = new TextEncoder().encode(JSON.stringify(errorBody(code, message)));
  return { id, status, headers: { 'Content-Type': 'application/json' }, body };
}

function senderOf(c: HonoContext, { dialect, origin, send }: BatchTarget): SendPart {
  let left = maxResponseBytes;
  const place = placeOf(c);
  return async (part) => {
    const url = addressOf(part.url, dialect, origin, place);
    if (url === undefined) return failure(part, 400, 'ErrorInvalidRequest', 'The address of the request is not valid.');
    if (isBatchPath(url.pathname, dialect))
      return failure(part, 400, 'ErrorInvalidRequest', 'A batch cannot hold a batch.');
    if (!methods.has(part.method))
      return failure(part, 405, 'ErrorInvalidOperation', 'The HTTP method is not allowed in a batch.');
    const headers = headersOf(c, part);
    if (headers === undefined)
      return failure(part, 400, 'ErrorInvalidRequest', 'A header of the request is not valid.');
    const { method, body } = part;
    if (method === 'GET' && body !== undefined)
      return failure(part, 400, 'ErrorInvalidRequest', 'A GET request has no body.');
    // The text of the batch is decoded as a whole, before its parts are known.
    if (typeof body === 'string' && charsetOf(part.headers['content-type'] ?? '') !== 'utf-8')
      return failure(part, 415, 'UnsupportedMediaType', 'The body of a request in a batch must be encoded in UTF-8.');
    const answer = await send(new Request(url, { method, headers, ...(body !== undefined && { body }) }));
    // Responses to writes are always included; reads can be repeated.
    const bytes = await bytesOf(answer, method === 'GET' ? left : Infinity);
    if (bytes === undefined)
      return failure(part, 413, 'ErrorMessageSizeExceeded', 'The answer is too large for a batch. Ask for it alone.');
    left -= bytes.byteLength;
    return { id: part.id, status: answer.status, headers: shownHeaders(answer.headers), body: bytes };
  };
}

/** The URL of the batch. */
function placeOf(c: HonoContext): string {
  return trimEndOf(trimEndOf(new URL(c.req.url).pathname, '/').replace(/(?:\$|%24)batch$/i, ''), '/');
}

/**
 * URLs are relative to the dialect's root, and may include it or the whole origin; other URLs are rejected. One that
 * starts with neither a slash nor a user is relative to the batch, as in OData.
 */
function addressOf(text: string, { root }: Dialect, origin: string, place: string): URL | undefined {
  const isWhole = /^https?:\/\//i.test(text);
  const isRooted = text.toLowerCase().startsWith(`${root}/`);
  const base = /^(\/|(me|users)\b)/i.test(text) ? root : place;
  const absoluteUrl = isWhole ? text : `${origin}${isRooted ? '' : base}/${text.replace(/^\/+/, '')}`;
  if (!URL.canParse(absoluteUrl)) return undefined;
  const url = new URL(absoluteUrl);
  return url.origin === origin && url.pathname.toLowerCase().startsWith(`${root}/`) ? url : undefined;
}

function headersOf(c: HonoContext, part: BatchPart): Headers | undefined {
  try {
    const headers = new Headers(Object.entries(part.headers).filter(([name]) => !messageHeaders.has(name)));
    for (const name of callerHeaders) {
      const value = c.req.header(name);
      if (value !== undefined) headers.set(name, value);
    }
    return headers;
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

function shownHeaders(headers: Headers): Record<string, string> {
  const named = [...headers].filter(([name]) => !batchHeaders.test(name));
  return Object.fromEntries(
    named.map(([name, value]) => [name.replaceAll(/(^|-)[a-z]/g, (at) => at.toUpperCase()), value]),
  );
}

/** The whole body, or undefined when it is longer than `limit`. */
async function bytesOf({ body }: Response, limit: number): Promise<Uint8Array | undefined> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  // Leaving the loop cancels the rest of the stream.
  for await (const piece of body ?? []) {
    size += piece.byteLength;
    if (size > limit) return undefined;
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}
