import type { Section, SectionKey } from '../../domain/listing.ts';
import type { Task } from '../../domain/task.ts';
import { atMidnight, isDay } from '../../domain/time.ts';
import type { Instant } from '../../domain/time.ts';
import type { RowContext } from './rowDate.ts';

/** A plain open task for tests; give what the test is about. */
export function taskOf(id: string, given: Partial<Task> = {}): Task {
  return {
    id,
    folderId: 'folder',
    changeKey: '1',
    etag: 'W/"1"',
    createdAt: '2026-03-01T09:00:00.000Z',
    modifiedAt: '2026-03-01T09:00:00.000Z',
    subject: `Task ${id}`,
    body: { contentType: 'text', content: '' },
    categories: [],
    importance: 'normal',
    sensitivity: 'normal',
    status: 'notStarted',
    start: null,
    due: null,
    completed: null,
    reminder: null,
    isReminderOn: false,
    recurrence: null,
    hasAttachments: false,
    owner: null,
    assignedTo: null,
    ...given,
  };
}

export function sectionOf(key: SectionKey, ...ids: readonly string[]): Section {
  return { key, tasks: ids.map((id) => taskOf(id)) };
}

/** London in March keeps universal time, so that instants read as what they are. */
export function contextOf(today: string): RowContext {
  if (!isDay(today)) throw new Error(`${today} is not a day`);
  return { today, zone: 'Europe/London', locale: 'en-GB' };
}

export function dueOn(day: string): Instant {
  const { today, zone } = contextOf(day);
  return atMidnight(today, zone);
}
