import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { listOf } from '../testing/json.ts';
import { startService, type Service } from '../testing/testService.ts';
import { damageLastPage } from '../testing/damagedPage.ts';
import { checkDatabase } from './checkDatabase.ts';
import { forgetDatabase, noteDatabase, refuseLostDatabase } from './databaseMarker.ts';
import { migrate, openDatabase } from './openDatabase.ts';
import { recoverDatabase } from './recoverDatabase.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'threefold-recover-'));
  path = join(folder, 'threefold.db');
});
afterEach(() => rmSync(folder, { recursive: true }));

async function fill(count: number): Promise<void> {
  const { db, close } = openDatabase({ path });
  await migrate(db);
  const rows = Array.from({ length: count }, (_, at) => ({
    name: `n${at}`,
    value: 'v'.repeat(500),
    created_at: 'now',
  }));
  await db.insertInto('secrets').values(rows).execute();
  await close();
}

async function namesIn(file: string): Promise<readonly string[]> {
  const { read, close } = openDatabase({ path: file });
  const rows = await read.selectFrom('secrets').select('name').execute();
  await close();
  return rows.map(({ name }) => name);
}

test('an intact database has no problems, and is copied completely', async () => {
  await fill(300);
  expect(checkDatabase(path)).toEqual([]);
  const tables = await recoverDatabase(path, join(folder, 'new.db'));
  expect(tables.find(({ table }) => table === 'secrets')).toEqual({ table: 'secrets', copied: 300, lost: 0 });
  expect(tables.every(({ lost }) => lost === 0)).toBe(true);
  expect(await namesIn(join(folder, 'new.db'))).toHaveLength(300);
});

test('the problems of a damaged database are listed, and all rows except those of the damaged page are copied', async () => {
  await fill(300);
  damageLastPage(path, 'secrets');
  expect(checkDatabase(path).join('\n')).toMatch(/page|malformed/);
  const before = statSync(path).mtimeMs;
  const tables = await recoverDatabase(path, join(folder, 'new.db'));
  const { copied = 0, lost = 0 } = tables.find(({ table }) => table === 'secrets') ?? {};
  expect(copied + lost).toBe(300);
  expect(lost).toBeGreaterThan(0);
  expect(lost).toBeLessThan(20);
  expect(statSync(path).mtimeMs).toBe(before);
  expect(checkDatabase(join(folder, 'new.db'))).toEqual([]);
  expect(await namesIn(join(folder, 'new.db'))).toHaveLength(copied);
});

test('a missing or empty database is refused where one existed, until an administrator allows a new one', async () => {
  refuseLostDatabase(path);
  await fill(1);
  noteDatabase(path);
  refuseLostDatabase(path);
  expect(forgetDatabase(path)).toBe(false);
  rmSync(path);
  expect(() => refuseLostDatabase(path)).toThrow(/missing, but there was one before.*new-database/);
  writeFileSync(path, '');
  expect(() => refuseLostDatabase(path)).toThrow(/empty, but there was one before/);
  expect(forgetDatabase(path)).toBe(true);
  refuseLostDatabase(path);
});

test('the service goes on with a recovered mailbox: tasks, files, search, delta and deletions', async () => {
  const before = await startService({ path });
  for (let n = 0; n < 30; n += 1) await before.send('POST', '/me/tasks', { Subject: `Oak ${n}`, Categories: ['Wood'] });
  const kept = await before.send('POST', '/me/tasks', { Subject: 'Elm' });
  const file = { '@odata.type': '#Microsoft.OutlookServices.FileAttachment', Name: 'a.txt', ContentBytes: 'QUJD' };
  const id = String(kept.body['Id']);
  await before.send('POST', `/me/tasks('${id}')/attachments`, file);
  const [gone] = listOf((await before.send('GET', "/me/tasks?$filter=Subject eq 'Oak 0'")).body['value']);
  await before.send('DELETE', `/me/tasks('${String(gone?.['Id'])}')`);
  const readAll = async (service: Service) => {
    const me = '/api/v2.0/me';
    const paths = [
      `${me}/tasks?$top=100`,
      `${me}/taskfolders`,
      '/threefold/v1/search?q=oak&$top=100',
      `${me}/tasks('${id}')/attachments`,
    ];
    return Promise.all(paths.map(async (url) => (await service.request('GET', url)).text));
  };
  const texts = await readAll(before);
  expect(texts[2]).toContain('Oak 5');
  await before.close();
  const target = join(folder, 'new.db');
  const tables = await recoverDatabase(path, target);
  expect(tables.filter(({ lost }) => lost > 0)).toEqual([]);
  const after = await startService({ path: target, seed: false });
  expect(await readAll(after)).toEqual(texts);
  expect((await after.send('DELETE', `/me/tasks('${id}')`)).status).toBe(204);
  expect((await after.send('POST', '/me/tasks', { Subject: 'Ash' })).status).toBe(201);
  await after.close();
  expect(checkDatabase(target)).toEqual([]);
});
