import { afterEach, beforeEach, expect, test } from 'vitest';
import { CompiledQuery } from 'kysely';
import { feedQuery } from './changeFeed.ts';
import { startService, type Service } from '../testing/testService.ts';

let service: Service;
beforeEach(async () => {
  service = await startService();
});
afterEach(() => service.close());

test.each(['task', 'folder'] as const)(
  'a feed of %ss costs what changed: both halves are read by index, in order',
  async (kind) => {
    const { db } = service.database;
    const compiled = feedQuery(db, kind).compile();
    const { rows } = await db.executeQuery<{ detail: string }>(
      CompiledQuery.raw(`explain query plan ${compiled.sql}`, [...compiled.parameters]),
    );
    const plan = rows.map(({ detail }) => detail);
    expect(plan.filter((line) => /SCAN|TEMP B-TREE/.test(line))).toEqual([]);
    const searches = plan.filter((line) => line.startsWith('SEARCH'));
    expect(searches).toHaveLength(2);
    for (const line of searches) expect(line).toMatch(/INDEX .*=\? AND \(seq,id\)>\(\?,\?\)/);
  },
);
