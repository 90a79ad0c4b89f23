import { trimEndOf } from '../../src/domain/text/trimText.ts';
import { parseJson, valuesOf, type Json } from './json.ts';
import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { annId, startService, tenantId, type TestResponse, type Service } from './testService.ts';
import type { SamplePair } from './samplePairs.ts';

/** Replays printed pairs against a service: sends each printed request and compares the response. */
export type SampleReplay = {
  service: Service;
  /** Maps a printed text to the service's own, in URLs, bodies and responses. */
  name(printed: string, ours: unknown): void;
  play(pair: SamplePair): Promise<TestResponse>;
  /** Creates what a document presupposes; returns the entity. Paths begin after `/api/v2.0/me`. */
  assume(method: string, path: string, body?: object, at?: string): Promise<Json>;
  defaultFolder: string;
};

type Value = null | boolean | number | string | readonly Value[] | { readonly [name: string]: Value };
type Members = { readonly [name: string]: Value };

/** As in the documents: links begin with outlook.office.com, and the default folder exists. */
export async function startSampleReplay(): Promise<SampleReplay> {
  const service = await startService({ publicUrl: 'https://outlook.office.com' });
  const names = new Map([
    ['Administrator', 'Ann Example'],
    ['outlook.office365.com', 'outlook.office.com'],
  ]);
  const ours = (text: string) => translate(text, names);

  async function play(pair: SamplePair): Promise<TestResponse> {
    const [, method = '', url = ''] = /^(\w+) (\S+)/.exec(pair.sent) ?? [];
    if (pair.at !== undefined) service.clock.set(pair.at);
    const path = ours(url).replace(/^https:\/\/[^/]+/, '');
    const sent = pair.body === undefined ? undefined : ours(JSON.stringify(bodyOf(pair.body)));
    const answer = await service.request(method, path, sent, { Host: 'outlook.office.com', ...pair.headers });
    expect(`${pair.sent} ${answer.status} ${answer.body['error']?.['message'] ?? ''}`.trim()).toBe(
      `${pair.sent} ${pair.status}`,
    );
    expect(appliedTo(answer, 'odata.track-changes')).toBe(pair.answerHeaders?.['Preference-Applied'] ?? '');
    if (pair.status === 204) expect(answer.text).toBe('');
    if (pair.answer !== undefined) compare(pair, answer, names);
    return answer;
  }

  async function assume(method: string, path: string, body?: object, at?: string): Promise<Json> {
    if (at !== undefined) service.clock.set(at);
    const answer = await service.send(method, `/me${path}`, body);
    expect([method, path, answer.status < 300]).toEqual([method, path, true]);
    return answer.body;
  }

  const defaultFolder = String((await assume('GET', "/taskfolders('Tasks')"))['Id']);
  return { service, name: (printed, text) => void names.set(printed, String(text)), play, assume, defaultFolder };
}

function compare(pair: SamplePair, { body }: TestResponse, names: Map<string, string>): void {
  const printed = bodyOf(pair.answer ?? {});
  learn(printed, body, pair.status === 201, names);
  const expected = parseJson(translate(JSON.stringify(printed), names), inOurPrecision);
  const [a, b] = [body, expected].map((answer) => {
    const shown = Object.entries(answer).filter(([name]) => pair.only?.includes(name) ?? true);
    return JSON.stringify(inOrder(shapeMembers(Object.fromEntries(shown), pair), pair), undefined, 1);
  });
  // Compared as text, so that the order of members counts.
  expect(a).toBe(b);
  for (const one of [body, ...(body['value'] === undefined ? [] : valuesOf(body))]) {
    if ('@odata.etag' in one) expect(one['@odata.etag']).toBe(`W/"${String(one['ChangeKey'])}"`);
  }
}

/** Takes unpredictable values from the response: new ids, and tokens of links. */
function learn(printed: Members, got: Members, isNew: boolean, names: Map<string, string>): void {
  for (const member of ['Id', 'GroupKey']) {
    if (isNew && member in printed) names.set(String(printed[member]), String(got[member]));
  }
  for (const link of ['@odata.nextLink', '@odata.deltaLink']) {
    const [wanted, ours] = [printed, got].map((answer) => /token=([\w-]{16,})$/i.exec(String(answer[link]))?.[1]);
    if (wanted !== undefined && ours !== undefined) names.set(wanted, ours);
  }
}

/** Longest first, because some printed ids are prefixes of others. In a context, keys are percent-encoded. */
function translate(text: string, names: ReadonlyMap<string, string>): string {
  const pairs = [...names].toSorted(([one], [other]) => other.length - one.length);
  const named = pairs.reduce(
    (kept, [printed, ours]) =>
      kept.replaceAll(printed, ours).replaceAll(encodeURIComponent(printed), encodeURIComponent(ours)),
    text,
  );
  return named.replaceAll(/Users\('[^']+'\)/g, `Users('${annId}@${tenantId}')`);
}

/** A value without the parts that must differ: change keys and sizes. */
function shape(value: Value, pair: SamplePair, name = ''): Value {
  if (Array.isArray(value)) return value.map((one: Value) => shape(one, pair));
  if (isMembers(value)) return shapeMembers(value, pair);
  if (typeof value === 'number') return name === 'Size' ? 'number' : value;
  if (typeof value !== 'string') return value;
  if (name === 'ChangeKey' || name === '@odata.etag') return typeof value;
  if (name.endsWith('Link')) {
    return value.replace('me/taskfolders/', 'me/TaskFolders/').replace(/%24\w+token=/i, (text) => text.toLowerCase());
  }
  return value;
}

function shapeMembers(members: Members, pair: SamplePair): Members {
  // A new task in the documents is modified some milliseconds after its creation.
  const isStamp = (name: string) => name === 'LastModifiedDateTime' && 'Subject' in members && pair.status === 201;
  const shaped = Object.entries(members).map(([name, value]): [string, Value] => [
    name,
    isStamp(name) ? String(value).replaceAll(/\.\d+/g, '').replaceAll(/\d/g, '0') : shape(value, pair, name),
  ]);
  return Object.fromEntries(shaped);
}

/** The printed instant with a precision of milliseconds, without trailing zeros of the fraction. */
function inOurPrecision(name: string, value: Value): Value {
  if (typeof value !== 'string' || !name.endsWith('edDateTime')) return inNamesOrder(value);
  return value.replace(/\.(\d{1,3})\d*/, (_, digits: string) => trimEndOf(trimEndOf(`.${digits}`, '0'), '.'));
}

/** Moves a folder's name after IsDefaultFolder, as in most samples. */
function inNamesOrder(value: Value): Value {
  if (typeof value !== 'object' || value === null || !('Name' in value) || !('IsDefaultFolder' in value)) return value;
  const entries = Object.entries(value).filter(([member]) => member !== 'Name');
  const at = entries.findIndex(([member]) => member === 'IsDefaultFolder');
  return Object.fromEntries(entries.toSpliced(at + 1, 0, ['Name', value.Name]));
}

function inOrder(answer: Members, { isUnordered }: SamplePair): Members {
  const { value } = answer;
  if (isUnordered !== true || !Array.isArray(value)) return answer;
  return { ...answer, value: value.toSorted((a: Value, b: Value) => (idOf(a) < idOf(b) ? -1 : 1)) };
}

function idOf(value: Value): string {
  return isMembers(value) ? String(value['Id']) : '';
}

function isMembers(value: Value): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function bodyOf(body: string | object): Members {
  if (typeof body === 'object') return parseJson(JSON.stringify(body));
  const file = new URL(`../../src/wire/fixtures/${body}.json`, import.meta.url);
  return parseJson(readFileSync(file, 'utf8'));
}

/** The sync preference that the response names, if any. */
function appliedTo({ headers }: TestResponse, preference: string): string {
  return (headers.get('preference-applied') ?? '').includes(preference) ? preference : '';
}
