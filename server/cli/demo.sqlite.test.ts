import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { readConfig } from '../config/config.ts';
import { openMigrated } from '../db/openMigrated.ts';
import { systemClock } from '../../src/domain/time/time.ts';
import { fillDemo } from './demo.ts';

test('the demo has open tasks before, on and after today, in several groups', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'threefold-demo-'));
  const database = await openMigrated(readConfig({ DATA_DIR: folder }));
  try {
    await fillDemo(
      database,
      systemClock(() => Date.parse('2026-12-01T09:00:00Z')),
      'Europe/Berlin',
    );
    const { db } = database;
    const due = await db.selectFrom('tasks').select('due_at').where('status', '!=', 'completed').execute();
    const days = due.flatMap(({ due_at: at }) => (at === null ? [] : [at]));
    expect(days.some((at) => at < '2026-11-30T23')).toBe(true);
    expect(days).toContain('2026-11-30T23:00:00.000Z');
    expect(days.some((at) => at > '2026-12-02')).toBe(true);
    expect((await db.selectFrom('task_groups').select('id').execute()).length).toBeGreaterThan(2);
  } finally {
    await database.close();
    rmSync(folder, { recursive: true });
  }
});
