/** What a create is held against: single-row durable commits a second, same database settings, nothing else. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';

const folder = mkdtempSync(path.join(os.tmpdir(), 'threefold-raw-'));
const db = new DatabaseSync(path.join(folder, 'raw.db'));
db.exec(
  'pragma journal_mode = wal; pragma synchronous = full; create table tasks (id text primary key, subject text, seq integer)',
);
const insert = db.prepare('insert into tasks values (?, ?, ?)');
const rows = Number(process.argv[2] ?? 4_000);
const from = performance.now();
for (let n = 0; n < rows; n += 1) insert.run(`row-${n}`, 'Choose worktop: oak or stone', n);
const seconds = (performance.now() - from) / 1_000;
db.close();
rmSync(folder, { recursive: true });
process.stdout.write(String(rows / seconds));
