import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startService, type Service } from '../testing/testService.ts';
import { valuesOf } from '../testing/json.ts';

let folder: string;
let service: Service | undefined;
/** What each look at the clock adds. Milliseconds. */
let pace: number;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'threefold-guard-'));
  pace = 0;
  let now = 0;
  service = await startService({ path: join(folder, 'x.db'), uptime: () => (now += pace) });
});
afterEach(async () => {
  await service?.close();
  rmSync(folder, { recursive: true, force: true });
});

test('a statement that takes too long goes on in a thread of its own, with the same answer', async () => {
  const { send } = service ?? (await startService());
  for (const Subject of ['b', 'a', 'c', 'a']) await send('POST', '/me/tasks', { Subject });
  const paths = [
    "/me/tasks?$filter=Subject eq 'a'&$orderby=CreatedDateTime",
    '/me/tasks?$orderby=Subject desc&$top=3',
    '/me/tasks?$skip=2',
    "/me/tasks/$count?$filter=Subject ne 'a'",
  ];
  const quick = await Promise.all(paths.map((path) => send('GET', path)));
  const { body: newer } = await send('POST', '/me/tasks', { Subject: 'a newer one' });
  await send('DELETE', `/me/tasks('${String(newer['Id'])}')`);
  pace = 1_000;
  const slow = await Promise.all(paths.map((path) => send('GET', path)));
  expect(slow.map(({ status }) => status)).toEqual(paths.map(() => 200));
  expect(slow.map(({ text }) => text)).toEqual(quick.map(({ text }) => text));
});

test('a search that takes too long finds the same', async () => {
  const { send, request } = service ?? (await startService());
  for (const Subject of ['one apple', 'two apples', 'none']) await send('POST', '/me/tasks', { Subject });
  const quick = await request('GET', '/threefold/v1/search?q=apple');
  pace = 1_000;
  const slow = await request('GET', '/threefold/v1/search?q=apple');
  expect(slow.status).toBe(200);
  expect(slow.text).toBe(quick.text);
  expect(valuesOf(slow.body)).toHaveLength(2);
});

test('a short page of long notes is sent in pieces, and is complete', async () => {
  const { send, open } = service ?? (await startService());
  const content = '€'.repeat(700_000);
  for (const Subject of ['a', 'b', 'c']) {
    const created = await send('POST', '/me/tasks', { Subject, Body: { ContentType: 'Text', Content: content } });
    expect(created.status).toBe(201);
  }
  for (const [prefer, step] of [
    ['', 0],
    ['outlook.timezone="W. Europe Standard Time"', 0],
    // The statement goes on in the thread, which finds the rows too large, too.
    ['', 1_000],
  ] as const) {
    pace = step;
    const response = await open('/api/v2.0/me/tasks?$top=10&$orderby=Subject', prefer === '' ? {} : { Prefer: prefer });
    const body = JSON.parse(await response.text());
    expect(valuesOf(body).map(({ Subject }) => Subject)).toEqual(['a', 'b', 'c']);
    for (const task of valuesOf(body)) expect(task['Body']).toEqual({ ContentType: 'Text', Content: content });
  }
});
