import type { Dialect } from '../../src/wire/dialect.ts';
import { isObject } from '../../src/wire/jsonReader.ts';
import { waitForTurn } from '../load/fairShare.ts';
import { textToHtml, memoizedHtmlToText } from '../text/htmlText.ts';

/** How much metadata an answer carries (docs/protocol.md#headers). */
export type MetadataLevel = 'none' | 'minimal' | 'full';

/** What a request asks of the answer's form, beyond the usual one. */
export type ResponseFormat = { metadata: MetadataLevel; bodyType?: 'text' | 'html' };

/** `application/json;odata.metadata=none`; the older spelling without `odata.` is read, too. */
export function metadataLevelOf(accept: string): MetadataLevel {
  const [, level = 'minimal'] = /;\s*odata(?:\.metadata)?\s*=\s*"?(none|nometadata|minimal|full)/i.exec(accept) ?? [];
  const word = level.toLowerCase();
  return word === 'full' ? 'full' : word.startsWith('no') ? 'none' : 'minimal';
}

/** Annotations that every response keeps, at any metadata level. */
const needed = new Set(['@odata.nextLink', '@odata.deltaLink', '@odata.count']);

const types: Readonly<Record<string, string>> = {
  taskgroups: 'TaskGroup',
  taskfolders: 'TaskFolder',
  tasks: 'Task',
};

/**
 * An answer in the requested form. Errors and non-entities stay unchanged.
 * @param pattern of the request's URL: its last set gives the entities' type; `complete` answers tasks.
 */
export async function formatResponse(
  json: unknown,
  pattern: string,
  shape: ResponseFormat,
  dialect: Dialect,
): Promise<unknown> {
  if (!isObject(json) || 'error' in json) return json;
  const set = pattern.split('/').findLast((name) => Object.hasOwn(types, name) || name === 'attachments') ?? '';
  const type = types[set];
  const entity = (one: unknown) => shapedEntity(one, type, shape, dialect);
  const whole = Array.isArray(json['value'])
    ? { ...json, value: await mappedInTurns(json['value'], entity) }
    : entity(json);
  return shape.metadata === 'none' ? bare(whole) : whole;
}

/** Bodies are long: others run between them. */
async function mappedInTurns<T>(values: readonly unknown[], convert: (value: unknown) => T): Promise<T[]> {
  const converted: T[] = [];
  for (const value of values) {
    converted.push(convert(value));
    await waitForTurn();
  }
  return converted;
}

function shapedEntity(
  one: unknown,
  type: string | undefined,
  { metadata, bodyType }: ResponseFormat,
  dialect: Dialect,
): unknown {
  const { member, type: typeName } = dialect.spelling;
  // A tombstone of sync has no type and no body.
  if (!isObject(one) || 'reason' in one || type === undefined) return one;
  const name = member('Body');
  const body = one[name];
  const convertedBody = bodyType !== undefined && isObject(body) ? { [name]: converted(body, bodyType, dialect) } : {};
  if (metadata !== 'full' || '@odata.type' in one) return { ...one, ...convertedBody };
  const { '@odata.context': context, ...rest } = one;
  return {
    ...(context !== undefined && { '@odata.context': context }),
    '@odata.type': `#${typeName(type)}`,
    ...rest,
    ...convertedBody,
  };
}

/** ItemBody in the type that `outlook.body-content-type` names; one of that type stays unchanged. */
function converted(body: Record<string, unknown>, wanted: 'text' | 'html', { spelling }: Dialect): object {
  const [typeName, contentName] = [spelling.member('ContentType'), spelling.member('Content')];
  const type = spelling.value(wanted);
  const content = body[contentName];
  if (body[typeName] === type || typeof content !== 'string') return body;
  return { [typeName]: type, [contentName]: wanted === 'text' ? memoizedHtmlToText(content) : textToHtml(content) };
}

/** Removes annotations at any depth. */
function bare(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(bare);
  if (!isObject(json)) return json;
  const required = Object.entries(json).filter(([name]) => !name.includes('@') || needed.has(name));
  return Object.fromEntries(required.map(([name, value]) => [name, bare(value)]));
}
