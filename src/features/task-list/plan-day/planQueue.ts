import type { Listing } from '../../../domain/listing/listing.ts';
import { isPeriodKey } from '../../../domain/listing/sections.ts';
import type { Task } from '../../../domain/task/task.ts';
import { addDays } from '../../../domain/time/time.ts';
import type { Day } from '../../../domain/time/time.ts';

/** Days after today whose tasks are part of the plan. */
const daysAhead = 7;

/** What there is to decide: all overdue tasks, then those of the next days; `upcoming` is divided into days. */
export function planQueue(overdue: Listing, upcoming: Listing, today: Day): readonly Task[] {
  const last = addDays(today, daysAhead);
  const next = upcoming.sections.filter(({ key }) => isPeriodKey(key) && key <= `due ${last}`);
  return [...overdue.sections, ...next].flatMap(({ tasks }) => tasks);
}
