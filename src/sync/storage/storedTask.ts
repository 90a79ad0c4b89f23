import {
  importances,
  patternTypes,
  rangeTypes,
  sensitivities,
  taskStatuses,
  weekIndexes,
} from '../../domain/task/task.ts';
import type { Recurrence, RecurrenceRequest, Task, TaskBody } from '../../domain/task/task.ts';
import { isDay, isInstant, weekdays } from '../../domain/time/time.ts';

/**
 * Hand-written guards: a start reads tens of thousands of rows, which a schema checks several times slower
 * (docs/performance.md#local-data).
 */

type Members = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const isTextOrNull = (value: unknown) => value === null || typeof value === 'string';
const isInstantOrNull = (value: unknown) => value === null || isInstant(value);
const isOneOf = (values: readonly unknown[], value: unknown) => values.includes(value);
const isListOf = (isItem: (item: unknown) => boolean, value: unknown) => Array.isArray(value) && value.every(isItem);
const isText = (value: unknown) => typeof value === 'string';
const isDate = (value: unknown) => typeof value === 'string' && isDay(value);

export function isStoredTask(value: unknown): value is Task {
  if (!isObject(value)) return false;
  return (
    isText(value['id']) &&
    isText(value['folderId']) &&
    isText(value['changeKey']) &&
    isText(value['etag']) &&
    isInstant(value['createdAt']) &&
    isInstant(value['modifiedAt']) &&
    isText(value['subject']) &&
    isStoredBody(value['body']) &&
    isListOf(isText, value['categories']) &&
    isOneOf(importances, value['importance']) &&
    isOneOf(sensitivities, value['sensitivity']) &&
    isOneOf(taskStatuses, value['status']) &&
    isInstantOrNull(value['start']) &&
    isInstantOrNull(value['due']) &&
    isInstantOrNull(value['completed']) &&
    isInstantOrNull(value['reminder']) &&
    typeof value['isReminderOn'] === 'boolean' &&
    (value['recurrence'] === null || isStoredRecurrence(value['recurrence'])) &&
    typeof value['hasAttachments'] === 'boolean' &&
    isTextOrNull(value['owner']) &&
    isTextOrNull(value['assignedTo'])
  );
}

export function isStoredBody(value: unknown): value is TaskBody {
  return (
    isObject(value) && (value['contentType'] === 'text' || value['contentType'] === 'html') && isText(value['content'])
  );
}

export function isStoredRecurrence(value: unknown): value is Recurrence {
  return isStoredRecurrenceRequest(value) && value.range.startDate !== undefined;
}

export function isStoredRecurrenceRequest(value: unknown): value is RecurrenceRequest {
  return isObject(value) && isPattern(value['pattern']) && isRange(value['range']);
}

function isPattern(value: unknown): boolean {
  if (!isObject(value) || !isOneOf(patternTypes, value['type']) || typeof value['interval'] !== 'number') return false;
  const { type } = value;
  const isWeekday = (day: unknown) => isOneOf(weekdays, day);
  if (type === 'weekly' && !isWeekday(value['firstDayOfWeek'])) return false;
  if (
    (type === 'weekly' || type === 'relativeMonthly' || type === 'relativeYearly') &&
    !isListOf(isWeekday, value['daysOfWeek'])
  )
    return false;
  if ((type === 'relativeMonthly' || type === 'relativeYearly') && !isOneOf(weekIndexes, value['index'])) return false;
  if ((type === 'absoluteMonthly' || type === 'absoluteYearly') && typeof value['dayOfMonth'] !== 'number')
    return false;
  return (type !== 'absoluteYearly' && type !== 'relativeYearly') || typeof value['month'] === 'number';
}

function isRange(value: unknown): boolean {
  if (!isObject(value) || !isOneOf(rangeTypes, value['type'])) return false;
  if (value['startDate'] !== undefined && !isDate(value['startDate'])) return false;
  if (value['zone'] !== undefined && !isText(value['zone'])) return false;
  if (value['type'] === 'endDate') return isDate(value['endDate']);
  return value['type'] === 'noEnd' || typeof value['numberOfOccurrences'] === 'number';
}
