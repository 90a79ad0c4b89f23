import type { Json } from '../../src/wire/dialect.ts';
import { isObject } from '../../src/wire/jsonReader.ts';
import type { AppError } from '../config/appError.ts';
import { isJsonType } from '../http/http.ts';

/**
 * No server makes change sets atomic, so a client that asks for it gets an error
 * (docs/decisions/0018-requests-and-answers.md).
 */
export const changeSetsUnsupported = 'Change sets are not supported: send the requests of the batch one by one.';

/** One request of a batch. */
export type BatchPart = {
  /** Empty in a multipart batch that gave no Content-ID. */
  id: string;
  method: string;
  url: string;
  headers: Readonly<Record<string, string>>;
  body: string | Uint8Array<ArrayBuffer> | undefined;
  /** Ids of requests that must succeed first. */
  dependsOn: readonly string[];
  /** It is in a change set of its own, and so is its answer. */
  isSet?: boolean;
};

/** The answer to one request. */
export type BatchPartResponse = {
  id: string;
  status: number;
  headers: Readonly<Record<string, string>>;
  body: Uint8Array;
};

/**
 * Reads `{ "requests": [{ id, method, url, headers, body, dependsOn }] }` (docs/protocol.md#batch). A body is JSON, or
 * base64 when the part's own Content-Type is not JSON.
 * @throws AppError 400.
 */
export function readJsonBatch(json: unknown, refuse: (message: string) => AppError): BatchPart[] {
  const requests = isObject(json) ? json['requests'] : undefined;
  if (!Array.isArray(requests)) throw refuse("The batch must have a list of 'requests'.");
  return requests.map((one: unknown, at): BatchPart => {
    if (!isObject(one)) throw refuse(`Request ${at + 1} of the batch is not an object.`);
    const { id, method, url, headers, body, dependsOn, atomicityGroup = null } = one;
    if ((typeof id !== 'string' && typeof id !== 'number') || String(id) === '')
      throw refuse(`Request ${at + 1} of the batch has no 'id'.`);
    if (typeof method !== 'string') throw refuse(`Request '${id}' has no 'method'.`);
    if (typeof url !== 'string') throw refuse(`Request '${id}' has no 'url'.`);
    if (atomicityGroup !== null) throw refuse(changeSetsUnsupported);
    const named = readHeaders(headers, () => refuse(`The 'headers' of request '${id}' are not an object of texts.`));
    return {
      id: String(id),
      method: method.toUpperCase(),
      url,
      ...bodyOf(body, named, () => refuse(`The 'body' of request '${id}' is nested too deep.`)),
      dependsOn: readIds(dependsOn, () => refuse(`'dependsOn' of request '${id}' is not a list of ids.`)),
    };
  });
}

function readHeaders(headers: unknown, refuse: () => AppError): Record<string, string> {
  if (headers === undefined || headers === null) return {};
  if (!isObject(headers)) throw refuse();
  const entries = Object.entries(headers).map(([name, value]): [string, string] => {
    if (typeof value !== 'string') throw refuse();
    return [name.toLowerCase(), value];
  });
  return Object.fromEntries(entries);
}

function readIds(ids: unknown, refuse: () => AppError): string[] {
  if (ids === undefined || ids === null) return [];
  const list = Array.isArray(ids) ? (ids as unknown[]) : [ids];
  if (!list.every((id) => typeof id === 'string' || typeof id === 'number')) throw refuse();
  return list.map(String);
}

/** Adds the body's type where the part leaves it out. */
function bodyOf(
  body: unknown,
  headers: Readonly<Record<string, string>>,
  refuse: () => AppError,
): Pick<BatchPart, 'headers' | 'body'> {
  if (body === undefined) return { headers, body };
  const type = headers['content-type'];
  if (type !== undefined && !isJsonType(type) && typeof body === 'string') {
    return { headers, body: new Uint8Array(Buffer.from(body, 'base64')) };
  }
  try {
    // The text is encoded here, whatever charset the part declares.
    const [plain = 'application/json'] = type?.split(';', 1) ?? [];
    return { headers: { ...headers, 'content-type': plain }, body: JSON.stringify(body) };
  } catch (error) {
    // JSON can be parsed at any depth, but not written.
    if (error instanceof RangeError) throw refuse();
    throw error;
  }
}

/** `{ "responses": [{ id, status, headers, body }] }`; a body that is not JSON is a string, or base64. */
export function jsonBatchResponse(answers: readonly BatchPartResponse[]): string {
  const responses = answers.map(({ id, status, headers, body }) => ({
    id,
    status,
    headers,
    ...(body.byteLength > 0 && { body: shown(body, headers['Content-Type'] ?? '') }),
  }));
  return JSON.stringify({ responses });
}

function shown(body: Uint8Array, type: string): Json {
  const bytes = Buffer.from(body);
  if (isJsonType(type)) return JSON.parse(bytes.toString('utf8'));
  return bytes.toString(/^text\//i.test(type) ? 'utf8' : 'base64');
}
