import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startService, type Service } from '../testService.ts';

/** What is purged is gone from the database's files, bytes and names (architecture.md §9). */

let folder: string;
let service: Service;
let task: string;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'threefold-gone-'));
  service = await startService({ path: join(folder, 'x.db') });
  task = String((await service.send('POST', '/me/tasks', { Subject: 'Shop' })).body['Id']);
});
afterEach(async () => {
  await service.close();
  rmSync(folder, { recursive: true });
});

const bytes = 'MARKER-of-the-bytes';
const name = 'MARKER-of-the-name';

/** A file of several pieces, all of them marked. */
async function attach(): Promise<string> {
  const content = Buffer.from(bytes.repeat(40_000)).toString('base64');
  const body = { '@odata.type': '#x.FileAttachment', Name: name, ContentBytes: content };
  const made = await service.send('POST', `/me/tasks('${task}')/attachments`, body, { Prefer: 'return=minimal' });
  return new URL(String(made.headers.get('location'))).pathname;
}

function left(): string[] {
  const all = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'latin1'));
  return [bytes, name].filter((marker) => all.some((text) => text.includes(marker)));
}

test('an attachment that is deleted', async () => {
  const path = await attach();
  expect(left()).toEqual([bytes, name]);
  expect((await service.request('DELETE', path)).status).toBe(204);
  expect(left()).toEqual([]);
});

test('a task that is purged', async () => {
  await attach();
  await service.send('DELETE', `/me/tasks('${task}')`);
  expect(left()).toEqual([bytes, name]);
  expect((await service.request('POST', `/beta/me/outlook/tasks/${task}/permanentDelete`)).status).toBe(204);
  expect(left()).toEqual([]);
});
