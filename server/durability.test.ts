import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openDatabase } from './db/open.ts';

/** The promise of the store, tried the hard way: what was acknowledged is there after SIGKILL in mid-write. */

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'threefold-kill-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A service without a socket: writes tasks through the app, several at once, and prints the id of each 201. */
const writer = `
  import { startService } from './server/testService.ts';
  const service = await startService({ path: process.argv[1], seed: process.argv[2] === 'new' });
  const lane = async () => {
    for (;;) {
      const { status, body } = await service.send('POST', '/me/tasks', { Subject: 'Written' });
      if (status === 201) process.stdout.write(body.Id + '\\n');
    }
  };
  await Promise.all(Array.from({ length: 8 }, lane));
`;

async function writeUntilKilled(path: string, round: number): Promise<string[]> {
  const mode = round === 0 ? 'new' : 'old';
  const child = spawn(process.execPath, ['--input-type=module', '-e', writer, path, mode], {
    cwd: join(import.meta.dirname, '..'),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const acknowledged: string[] = [];
  // Each round is killed at another moment, counted in answers and not in time.
  const enough = 200 + round * 137;
  for await (const line of createInterface({ input: child.stdout })) {
    acknowledged.push(line);
    if (acknowledged.length === enough) kill(child);
  }
  return acknowledged;
}

function kill(child: ChildProcess): void {
  child.kill('SIGKILL');
}

test('every acknowledged write survives SIGKILL', { timeout: 120_000 }, async () => {
  const path = join(folder, 'killed.db');
  const acknowledged: string[] = [];
  for (let round = 0; round < 4; round += 1) {
    acknowledged.push(...(await writeUntilKilled(path, round)));
    const database = openDatabase({ path });
    const rows = await database.read.selectFrom('tasks').select(['id', 'seq']).execute();
    const counter = await database.read.selectFrom('counters').select('seq').orderBy('seq', 'desc').executeTakeFirst();
    await database.close();
    const stored = new Set(rows.map(({ id }) => id));
    expect(acknowledged.filter((id) => !stored.has(id))).toEqual([]);
    // A row without its number, or a number used twice, would break the change feed.
    expect(new Set(rows.map(({ seq }) => seq)).size).toBe(rows.length);
    expect(Math.max(...rows.map(({ seq }) => seq))).toBeLessThanOrEqual(Number(counter?.seq));
  }
  expect(acknowledged.length).toBeGreaterThan(1_000);
});
