import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { isPostgresRun } from '../testing/testDatabase.ts';
import { startService, type Service } from '../testing/testService.ts';

/** A purge removes bytes and names from SQLite's files and from PostgreSQL's tables (docs/architecture.md#purging). */

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

/** Attaches a file of several chunks, each with a recognisable text. */
async function attach(): Promise<string> {
  const content = Buffer.from(bytes.repeat(40_000)).toString('base64');
  const body = { '@odata.type': '#x.FileAttachment', Name: name, ContentBytes: content };
  const made = await service.send('POST', `/me/tasks('${task}')/attachments`, body, { Prefer: 'return=minimal' });
  return new URL(String(made.headers.get('location'))).pathname;
}

async function left(): Promise<string[]> {
  if (isPostgresRun) return leftInTables();
  const all = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'latin1'));
  return [bytes, name].filter((marker) => all.some((text) => text.includes(marker)));
}

/** Every column of every table as text, bytes in hex. */
async function leftInTables(): Promise<string[]> {
  const { read } = service.database;
  const tables = await sql<{ name: string }>`
    select tablename as name from pg_tables where schemaname = current_schema()`.execute(read);
  const texts: string[] = [];
  for (const { name: table } of tables.rows) {
    const { rows } = await sql<{ text: string }>`
      select one::text as text from ${sql.table(table)} as one`.execute(read);
    texts.push(...rows.map(({ text }) => text));
  }
  const forms = (marker: string) => [marker, Buffer.from(marker).toString('hex')];
  return [bytes, name].filter((marker) => texts.some((text) => forms(marker).some((form) => text.includes(form))));
}

test('a deleted attachment', async () => {
  const path = await attach();
  expect(await left()).toEqual([bytes, name]);
  expect((await service.request('DELETE', path)).status).toBe(204);
  expect(await left()).toEqual([]);
});

test('a purged task', async () => {
  await attach();
  await service.send('DELETE', `/me/tasks('${task}')`);
  expect(await left()).toEqual([bytes, name]);
  expect((await service.request('POST', `/beta/me/outlook/tasks/${task}/permanentDelete`)).status).toBe(204);
  expect(await left()).toEqual([]);
});
