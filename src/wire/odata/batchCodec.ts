import type { Dialect } from '../dialect.ts';
import { isObject, WireError } from '../jsonReader.ts';

/** One request of a JSON batch (docs/protocol.md#batch). `url` is relative to the root of the batch. */
export type BatchPart = {
  id: string;
  method: string;
  url: string;
  headers: Readonly<Record<string, string>>;
  body?: unknown;
};

/** The response to one part. Header names are in lower case. */
export type BatchPartAnswer = { status: number; headers: Readonly<Record<string, string>>; body: unknown };

/** The most requests in one batch. */
export const largestBatch = 20;

/** The batch endpoint from the origin on: v2 has it below a mailbox, beta below its root. */
export function batchPathOf({ name, root }: Pick<Dialect, 'name' | 'root'>): string {
  return name === 'outlookRest' ? `${root}/me/$batch` : `${root}/$batch`;
}

export function encodeBatch(parts: readonly BatchPart[]): { requests: readonly BatchPart[] } {
  return { requests: parts };
}

/**
 * The responses by request id, in any order. Unreadable ones are left out, as are ids that occur twice: it is unknown
 * which one is meant.
 * @throws WireError when the JSON is no batch response.
 */
export function decodeBatch(json: unknown): ReadonlyMap<string, BatchPartAnswer> {
  const responses = isObject(json) ? json['responses'] : undefined;
  if (!Array.isArray(responses)) throw new WireError('RequestBodyRead', "Expected a list of 'responses'.", 'responses');
  const answers = new Map<string, BatchPartAnswer>();
  const seen = new Set<string>();
  for (const response of responses as readonly unknown[]) {
    if (!isObject(response)) continue;
    const { id, status, headers, body } = response;
    if (typeof id !== 'string' && typeof id !== 'number') continue;
    const name = String(id);
    answers.delete(name);
    if (!seen.has(name) && isStatus(status)) answers.set(name, { status, headers: headersIn(headers), body });
    seen.add(name);
  }
  return answers;
}

function isStatus(status: unknown): status is number {
  return typeof status === 'number' && Number.isInteger(status) && status >= 200 && status <= 599;
}

function isHeaderValue(value: unknown): value is string {
  return typeof value === 'string' && /^[\t\x20-\x7e]*$/.test(value);
}

function headersIn(headers: unknown): Record<string, string> {
  if (!isObject(headers)) return {};
  const texts = Object.entries(headers).filter((entry): entry is [string, string] => isHeaderValue(entry[1]));
  return Object.fromEntries(texts.map(([name, value]) => [name.toLowerCase(), value]));
}
