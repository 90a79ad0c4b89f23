import { expect, it } from 'vitest';
import { blankTask } from '../../../domain/changes/taskPatch.ts';
import { buildListing } from '../../../domain/listing/listing.ts';
import { toDay } from '../../../domain/time/time.ts';
import { addedSince } from './useAddedTask.ts';

const task = (id: string, second: number) =>
  blankTask({ id, folderId: 'f', owner: null, now: `2026-03-18T09:00:0${second}.000Z` });
const pending = (...ids: string[]) => new Map(ids.map((id) => [id, 'waiting' as const]));
const options = { order: 'due', today: toDay('2026-03-18'), zone: 'UTC' } as const;
const rows = [task('sent', 9), task('local-old', 8), task('local-3', 1), task('local-2', 2), task('local-1', 3)];

it('of pasted lines the one on top is shown, in however many steps they appear', () => {
  const listingOf = (...ids: string[]) =>
    buildListing(rows, options, pending('sent', 'local-old', 'local-gone', ...ids));
  const start = { left: 3, seen: new Set(['local-old']), newestAt: '' };
  expect(addedSince(listingOf(), start)).toBeNull();
  const first = addedSince(listingOf('local-3', 'local-2'), start);
  expect(first).toMatchObject({ id: 'local-2', expected: { left: 1 } });
  if (first === null) throw new Error('Nothing was added');
  expect(addedSince(listingOf('local-3', 'local-2'), first.expected)).toBeNull();
  expect(addedSince(listingOf('local-3', 'local-2', 'local-1'), first.expected)).toMatchObject({
    id: 'local-1',
    expected: { left: 0 },
  });
  const backwards = { ...first.expected, newestAt: '2026-03-18T09:00:05.000Z' };
  expect(addedSince(listingOf('local-1'), backwards)).toMatchObject({ id: null, expected: { left: 0 } });
});
