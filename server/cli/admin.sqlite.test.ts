import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'threefold-admin-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Runs `npm run admin -- …` on the database of a folder. */
async function admin(...args: string[]) {
  const file = fileURLToPath(new URL('admin.ts', import.meta.url));
  const child = spawn(process.execPath, [file, ...args], {
    env: { ...process.env, DATABASE_URL: '', DATA_DIR: folder },
  });
  const closed = new Promise<number | null>((resolve) => child.on('close', resolve));
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), closed]);
  return { code, out, err };
}

test('a database is checked, recovered, and replaced by a new one when it is lost', async () => {
  const path = join(folder, 'threefold.db');
  // The first command that opens the database creates it.
  expect(await admin('trust-clock')).toMatchObject({ code: 0, out: expect.stringContaining('The clock says 20') });
  expect(await admin('check')).toEqual({ code: 0, out: `${path} is whole.\n`, err: '' });
  expect(await admin('usage')).toEqual({ code: 0, out: 'The account of every mailbox is right.\n', err: '' });
  expect(await admin('recount')).toMatchObject({ code: 0, err: '' });
  const target = join(folder, 'recovered.db');
  const recovered = await admin('recover', target);
  expect(recovered).toMatchObject({ code: 0, err: '' });
  expect(recovered.out).toContain('secrets\t1 copied\t0 lost\n');
  expect(await admin('recover', target)).toMatchObject({ code: 1, err: expect.stringContaining('exists already') });
  expect(await admin('new-database')).toMatchObject({ code: 1, err: expect.stringContaining('nothing was changed') });

  rmSync(path);
  expect(await admin('trust-clock')).toMatchObject({
    code: 1,
    err: expect.stringContaining('is missing, but there was one before'),
  });
  expect(await admin('new-database')).toMatchObject({ code: 0 });
  expect(await admin('trust-clock')).toMatchObject({ code: 0 });
});

test('an unknown command prints the known ones', async () => {
  expect(await admin('repair')).toMatchObject({ code: 2, err: expect.stringContaining('npm run admin -- check') });
});
