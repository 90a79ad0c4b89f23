import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase, type Database } from './openDatabase.ts';
import { contentOf, type AcknowledgedWrite, parseAcknowledgedWrite } from '../testing/crashWriter.ts';

/** Every acknowledged write survives SIGKILL in the middle of writes. */

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'threefold-kill-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const rounds = 20;

async function writeUntilKilled(path: string, round: number): Promise<AcknowledgedWrite[]> {
  const program = join(import.meta.dirname, '../testing/crashWriter.ts');
  const child = spawn(process.execPath, [program, path, round === 0 ? 'new' : 'old'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const acknowledged: AcknowledgedWrite[] = [];
  // Each round is killed after another number of responses, with eight writes in flight.
  const enough = 3 + round * 17;
  for await (const line of createInterface({ input: child.stdout })) {
    acknowledged.push(parseAcknowledgedWrite(line));
    if (acknowledged.length === enough) child.kill('SIGKILL');
  }
  expect(await exited).toEqual([null, 'SIGKILL']);
  return acknowledged;
}

/** Checks the file before anything has repaired or rewritten it. */
function checkFile(path: string): void {
  const file = new DatabaseSync(path);
  expect(file.prepare('pragma integrity_check').all()).toEqual([{ integrity_check: 'ok' }]);
  expect(file.prepare('pragma foreign_key_check').all()).toEqual([]);
  file.close();
}

async function readAll({ read }: Database) {
  const chunks = await read
    .selectFrom('attachment_chunks')
    .selectAll()
    .orderBy('content_id')
    .orderBy('start')
    .execute();
  const bytes = new Map<string, Uint8Array[]>();
  for (const { content_id: content, bytes: piece } of chunks)
    bytes.set(content, [...(bytes.get(content) ?? []), piece]);
  return {
    tasks: new Map((await read.selectFrom('tasks').selectAll().execute()).map((row) => [row.id, row])),
    folders: new Set((await read.selectFrom('task_folders').select('id').execute()).map(({ id }) => id)),
    files: new Map((await read.selectFrom('attachments').selectAll().execute()).map((row) => [row.id, row])),
    uploads: new Map((await read.selectFrom('attachment_uploads').selectAll().execute()).map((row) => [row.id, row])),
    bytesOf: (content: string | null) => Buffer.concat(bytes.get(content ?? '') ?? []).toString(),
    counter: await read.selectFrom('counters').select('seq').orderBy('seq', 'desc').executeTakeFirstOrThrow(),
  };
}

type Stored = Awaited<ReturnType<typeof readAll>>;

/** Whether an acknowledged write is stored. Later unacknowledged writes may be stored, too, each of them completely. */
function isThere({ kind, id, n = 0 }: AcknowledgedWrite, { tasks, folders, files, uploads, bytesOf }: Stored): boolean {
  const task = tasks.get(id);
  switch (kind) {
    case 'made':
      return task?.body === 'whole';
    case 'changed':
      return Number(task?.subject.split(' ').at(-1)) >= n;
    case 'completed':
      return task?.status === 'completed' && task.completed_at !== null;
    case 'deleted':
      return task !== undefined && task.deleted_at !== null;
    case 'purged':
      return task === undefined;
    case 'folder':
      return folders.has(id);
    case 'file': {
      const file = files.get(id);
      return file !== undefined && bytesOf(file.content_id) === contentOf(file.task_id);
    }
    case 'piece': {
      const upload = uploads.get(createHash('sha256').update(id).digest('hex'));
      return upload !== undefined && upload.received >= n && bytesOf(upload.content_id).length === upload.received;
    }
  }
}

test(`every acknowledged write survives SIGKILL, ${rounds} times`, async () => {
  const path = join(folder, 'killed.db');
  const acknowledged: AcknowledgedWrite[] = [];
  for (let round = 0; round < rounds; round += 1) {
    acknowledged.push(...(await writeUntilKilled(path, round)));
    checkFile(path);
    const database = openDatabase({ path });
    const stored = await readAll(database);
    await database.close();
    expect(acknowledged.filter((one) => !isThere(one, stored))).toEqual([]);
    // A row without a number, or a number used twice, would break the change feed.
    const numbers = [...stored.tasks.values()].map(({ seq }) => seq);
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(Math.max(...numbers)).toBeLessThanOrEqual(stored.counter.seq);
    // No attachment is incomplete.
    const files = [...stored.files.values()];
    expect(files.filter((file) => stored.bytesOf(file.content_id).length !== file.size)).toEqual([]);
    expect(files.filter((file) => stored.tasks.get(file.task_id)?.has_attachments !== 1)).toEqual([]);
  }
  expect(new Set(acknowledged.map(({ kind }) => kind)).size).toBe(8);
  expect(acknowledged.length).toBeGreaterThan(3_000);
});
