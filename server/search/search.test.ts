import { valuesOf, membersOf, listOf } from '../testing/json.ts';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ftsMatchOf, parseSearchTerms } from './searchTerms.ts';
import { isPostgresRun, propertyRuns } from '../testing/testDatabase.ts';
import { startService, type Service } from '../testing/testService.ts';

let service: Service;
const folder = mkdtempSync(join(tmpdir(), 'threefold-search-'));
beforeAll(async () => {
  service = await startService({ path: join(folder, 'threefold.db') });
});
afterAll(async () => {
  await service.close();
  rmSync(folder, { recursive: true });
});

async function search(q: string, more = '', headers?: Record<string, string>) {
  const answer = await service.request(
    'GET',
    `/threefold/v1/search?q=${encodeURIComponent(q)}${more}`,
    undefined,
    headers,
  );
  expect(answer.status).toBe(200);
  return { value: valuesOf(answer.body), nextLink: answer.body['nextLink'] };
}
const subjects = async (q: string) => (await search(q)).value.map((task) => task.Subject);
const html = (content: string) => ({ ContentType: 'HTML', Content: content });

async function create(task: object, headers?: Record<string, string>): Promise<string> {
  service.clock.pass(1_000);
  const { status, body } = await service.send('POST', '/me/tasks', task, headers);
  expect(status).toBe(201);
  return String(body['Id']);
}

test('searches subject, body and categories for all words, ignoring accents; the last word may be a prefix', async () => {
  await create({ Subject: 'Übergröße bestellen', Body: { ContentType: 'Text', Content: 'bei Čapek in Brno' } });
  await create({
    Subject: 'Tailor',
    Body: html('<p>An <b>oversized</b> coat, <i>grösse</i> 52</p>'),
    Categories: ['Café "Ö"'],
  });
  expect(await subjects('ubergroße')).toEqual(['Übergröße bestellen']);
  expect(await subjects('BRNO capek')).toEqual(['Übergröße bestellen']);
  expect(await subjects('brno prague')).toEqual([]);
  expect(await subjects('overs')).toEqual(['Tailor']);
  expect(await subjects('overs ')).toEqual([]);
  expect(await subjects('overs coat')).toEqual([]);
  expect(await subjects('cafe')).toEqual(['Tailor']);
  expect(await subjects('"coat grosse"')).toEqual(['Tailor']);
  expect(await subjects('"grosse coat"')).toEqual([]);
  expect(await subjects('"coat gro')).toEqual([]);
  // Neither markup nor the account token is found.
  expect(await subjects('html')).toEqual([]);
  expect(await subjects('aaaaaaaa')).toEqual([]);
});

test('matches in the subject come first, then the last changed; with rank, snippet and pages', async () => {
  const filler = 'far '.repeat(60);
  await create({ Subject: 'Plumber one' });
  await create({ Subject: 'Call', Body: { ContentType: 'Text', Content: `${filler}the plumber & co ${filler}` } });
  await create({ Subject: 'Plumber two', Categories: ['plumber'] });
  const { value, nextLink } = await search('plumb', '&$top=2');
  expect(value.map((task) => task.Subject)).toEqual(['Plumber two', 'Plumber one']);
  expect(value.map((task) => task['@threefold.rank'])).toEqual([1, 2]);
  expect(value[0]?.['@threefold.snippet']).toEqual({ property: 'Categories', text: 'plumber', hits: [[0, 7]] });
  expect(value[1]?.['@threefold.snippet']).toEqual({ property: 'Subject', text: 'Plumber one', hits: [[0, 7]] });
  const rest = await service.request('GET', nextLink ?? '');
  const [last] = valuesOf(rest.body);
  expect(rest.body['nextLink']).toBeUndefined();
  expect(last).toMatchObject({ Subject: 'Call', '@threefold.rank': 3, Status: 'NotStarted' });
  const snippet = last?.['@threefold.snippet'];
  const text = String(snippet?.['text']);
  expect(text).toMatch(/^…far .*the plumber & co far .*…$/);
  expect(
    listOf(snippet?.['hits']).map(([start, length]) => text.slice(Number(start), Number(start) + Number(length))),
  ).toEqual(['plumber']);
});

test('a hit has the task in v2’s spelling, with dates in the zone of Prefer', async () => {
  const due = { DateTime: '2026-12-24T08:00:00', TimeZone: 'Eastern Standard Time' };
  const id = await create({ Subject: 'Zonetest', DueDateTime: due });
  const { value } = await search('zonetest', '', { Prefer: 'outlook.timezone="Eastern Standard Time"' });
  const whole = await service.send('GET', `/me/tasks('${id}')`, undefined, {
    Prefer: 'outlook.timezone="Eastern Standard Time"',
  });
  const { '@odata.context': _, ...task } = membersOf(whole.body);
  expect(value[0]).toMatchObject(task);
});

test('a change is found at once, and the replaced text is not', async () => {
  const id = await create({ Subject: 'Gardener', Body: html('<p>hedges</p>') });
  await service.send('PATCH', `/me/tasks('${id}')`, { Subject: 'Florist', Body: html('<p>tulips</p>') });
  expect(await subjects('florist')).toEqual(['Florist']);
  expect(await subjects('tulips')).toEqual(['Florist']);
  expect(await subjects('gardener')).toEqual([]);
  expect(await subjects('hedges')).toEqual([]);
  await service.send('PATCH', `/me/tasks('${id}')`, { Body: { ContentType: 'Text', Content: '<p>roses</p>' } });
  expect(await subjects('roses')).toEqual(['Florist']);
});

test('deleted tasks are not found, restored ones are, and no word of a purged one is left in the files', async () => {
  const id = await create({ Subject: 'Quaxolotl', Body: html('<p>Zwybblefutz and Zwybblegort</p>') });
  await service.send('DELETE', `/me/tasks('${id}')`);
  expect(await subjects('quaxolotl')).toEqual([]);
  await service.request('POST', `/threefold/v1/deleteditems/${id}/restore`);
  expect(await subjects('zwybblef')).toEqual(['Quaxolotl']);
  await service.request('POST', `/beta/me/outlook/tasks/${id}/permanentDelete`);
  expect(await subjects('zwybblef')).toEqual([]);
  if (isPostgresRun) return;
  const bytes = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'latin1').toLowerCase());
  for (const word of ['quaxolotl', 'zwybble', 'blefutz', 'blegort']) {
    expect(bytes.some((text) => text.includes(word))).toBe(false);
  }
});

test('no query finds tasks of another account', async () => {
  await create({ Subject: 'Only for Bob' }, { Authorization: 'Bearer bob' });
  expect(await subjects('bob')).toEqual([]);
  expect(await subjects('bob" OR owner:"bbbbbbbb00004000800000000000000b')).toEqual([]);
  expect((await search('bob', '', { Authorization: 'Bearer bob' })).value).toHaveLength(1);
});

test('invalid queries are rejected', async () => {
  const ask = async (query: string) => (await service.request('GET', `/threefold/v1/search${query}`)).status;
  expect(await ask('')).toBe(400);
  expect(await ask(`?q=${'x'.repeat(501)}`)).toBe(400);
  expect(await ask('?q=x&$top=-1')).toBe(400);
  expect(await ask('?q=')).toBe(200);
  expect(await ask('?q=x&$top=0')).toBe(200);
});

test('any text is accepted', async () => {
  const sign = fc.constantFrom(
    '"',
    '*',
    '(',
    ')',
    ':',
    '^',
    '-',
    '+',
    '{',
    '}',
    '\\',
    "'",
    '\0',
    ' ',
    'AND',
    'NOT',
    'near',
    'a',
    'é',
  );
  const texts = fc.oneof(
    fc.array(sign, { maxLength: 12 }).map((signs) => signs.join('')),
    fc.string({ unit: 'binary' }),
  );
  await fc.assert(
    fc.asyncProperty(texts, async (text) => void (await search(text))),
    { numRuns: propertyRuns(300) },
  );
});

test('the index query quotes every word', () => {
  const match = (text: string) => ftsMatchOf(parseSearchTerms(text) ?? { terms: ['nothing'], isOpen: false });
  expect(match('one two')).toBe('"one" AND "two" *');
  expect(match('"one two"')).toBe('"one two"');
  expect(match('one "two')).toBe('"one" AND "two"');
  expect(match('x')).toBe('"x"');
  expect(match('c++ -')).toBe('"c++"');
  expect(parseSearchTerms(' "" * ')).toBeUndefined();
});
