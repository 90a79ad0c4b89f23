import fc from 'fast-check';
import { expect, test } from 'vitest';
import { applyPatch, blankTask } from '../../../domain/changes/taskPatch.ts';
import { isInView } from '../../../domain/listing/listing.ts';
import { importances } from '../../../domain/task/task.ts';
import type { TaskPatch } from '../../../domain/task/task.ts';
import { addDays, toDay, zonedDay } from '../../../domain/time/time.ts';
import { viewNames } from '../../../domain/urls/appUrls.ts';
import { appearsIn } from './appearsIn.ts';

const today = toDay('2026-03-29');
const now = '2026-03-29T10:00:00.000Z';

test('says of every new task what the views themselves will say', () => {
  const days = fc.option(fc.integer({ min: -3, max: 3 }));
  fc.assert(
    fc.property(
      days,
      days,
      fc.constantFrom(...importances),
      fc.constantFrom('Europe/Paris', 'Pacific/Kiritimati', 'America/Los_Angeles'),
      (due, length, importance, zone) => {
        const day = (away: number) => zonedDay(addDays(today, away), zone);
        const patch: TaskPatch = {
          importance,
          ...(due !== null && { due: day(due) }),
          ...(due !== null && length !== null && { start: day(due - Math.abs(length)) }),
        };
        const result = applyPatch(blankTask({ id: 'a', folderId: 'f', owner: null, now }), patch, { at: now, zone });
        if (!result.ok) throw new Error('The patch was refused.');
        for (const view of viewNames) {
          expect(appearsIn(view, patch, today)).toBe(isInView(view, result.task, { today, zone }));
        }
      },
    ),
  );
});
