import { expect, it } from 'vitest';
import { buildListing } from '../../domain/listing/listing.ts';
import { blankTask } from '../../domain/changes/taskPatch.ts';
import type { Task } from '../../domain/task/task.ts';
import { addDays, atMidnight, toDay } from '../../domain/time/time.ts';
import { firstPaintOf, recordKeyAt } from './firstPaint.ts';

const options = { order: 'due', today: toDay('2026-03-18'), zone: 'UTC' } as const;
const task = (id: string, status: Task['status'] = 'notStarted'): Task => ({
  ...blankTask({ id, folderId: 'f', owner: null, now: '2026-03-01T08:00:00.000Z' }),
  status,
});

it('stores the first rows as the server has them, and the totals of all', () => {
  const rows = Array.from({ length: 100 }, (_, n) => task(`t${n}`));
  const pending = new Map([[rows[0]?.id ?? '', 'waiting' as const]]);
  const listing = buildListing([...rows, task('done', 'completed')], options, pending);
  const { rows: kept, totals } = firstPaintOf('key', listing, 'me');
  expect(kept.length).toBeLessThanOrEqual(60);
  expect(kept.map(({ id }) => id)).not.toContain(rows[0]?.id);
  expect(kept.map(({ id }) => id)).not.toContain('done');
  expect(totals).toEqual({ open: 100, overdue: 0 });
});

it('stores one of many overdue tasks of Today, which are folded, and the rows below them', () => {
  const at = (days: number) => atMidnight(addDays(options.today, days), 'UTC');
  const late = Array.from({ length: 100 }, (_, n) => ({ ...task(`late${n}`), due: at(-1) }));
  const listing = buildListing([...late, { ...task('now'), due: at(0) }], { ...options, view: 'today' });
  const { rows, totals } = firstPaintOf('view\ntoday\ndue', listing, 'me');
  expect(rows.map(({ id }) => id)).toEqual(['late0', 'now']);
  expect(totals.overdue).toBe(100);
  expect(firstPaintOf('view\noverdue\ndue', listing, 'me').rows).toHaveLength(60);
});

it('finds the record for a URL', () => {
  expect(recordKeyAt('/folders/a%2Fb/tasks/c')).toBe('folder\nme\na/b');
  expect(recordKeyAt('/people/ann@example.com/folders/f')).toBe('folder\nann@example.com\nf');
  expect(recordKeyAt('/today')).toBe('view\ntoday');
  expect(recordKeyAt('/%E0%A4%A')).toBe('view\n%E0%A4%A');
});
