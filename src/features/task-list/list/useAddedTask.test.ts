import { expect, it } from 'vitest';
import { blankTask } from '../../../domain/changes/taskPatch.ts';
import { buildListing } from '../../../domain/listing/listing.ts';
import { toDay } from '../../../domain/time/time.ts';
import { newestOf } from './useAddedTask.ts';

const task = (id: string, second: number) =>
  blankTask({ id, folderId: 'f', owner: null, now: `2026-03-18T09:00:0${second}.000Z` });
const pending = (...ids: string[]) => new Map(ids.map((id) => [id, 'waiting' as const]));

it('of pasted lines the one on top is shown, not the one that was made first', () => {
  const rows = [task('sent', 9), task('local-old', 8), task('local-3', 1), task('local-2', 2), task('local-1', 3)];
  const options = { order: 'due', today: toDay('2026-03-18'), zone: 'UTC' } as const;
  const listing = buildListing(
    rows,
    options,
    pending('local-old', 'local-3', 'local-2', 'local-1', 'local-gone', 'sent'),
  );
  expect(newestOf(listing, new Set(['local-old']))).toBe('local-1');
  expect(newestOf(listing, new Set(listing.pendingIds.keys()))).toBeUndefined();
});
