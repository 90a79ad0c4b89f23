import { useLingui } from '@lingui/react/macro';
import { usePendingChanges, type PendingItem } from '../../../data/outbox/usePendingChanges.ts';
import { useToday } from '../../../data/account/useTimeZone.ts';
import type { Task, TaskPatch } from '../../../domain/task/task.ts';
import { startRecurrence } from '../../../domain/recurrence/recurrence.ts';
import { dateOf, dayOf, instantOf, midnightOf, toDay } from '../../../domain/time/time.ts';
import type { Instant } from '../../../domain/time/time.ts';
import { clockLabel, shortDay } from '../../../ui/labels/dateLabels.ts';
import { useDateLocale } from '../../../ui/dates/useDateLocale.ts';
import { truncateName } from '../../../ui/labels/truncateName.ts';
import { recurrenceLabel } from '../../../ui/labels/recurrenceLabels.ts';
import { importanceLabels, sensitivityLabels, statusLabels } from '../../../ui/labels/taskLabels.ts';

type Shown =
  | 'subject'
  | 'body'
  | 'status'
  | 'importance'
  | 'sensitivity'
  | 'categories'
  | 'start'
  | 'due'
  | 'reminder'
  | 'recurrence'
  | 'completed';
type Values = { [Field in Shown | 'isReminderOn']?: Task[Field] };

/** What the person wanted in a field, and what the mailbox has there (or had, when they changed it). */
export type FieldConflict = { mine: string; theirs: string };

/**
 * The refused changes of this task, with both values of each field in words
 * (docs/architecture.md#conflicts-are-decided-per-field).
 */
export function useFieldConflicts(taskId: string): {
  items: readonly PendingItem[];
  of: (field: Shown) => FieldConflict | null;
} {
  const { t, i18n } = useLingui();
  const locale = useDateLocale();
  const { today, zone } = useToday();
  const { parked } = usePendingChanges();
  const items = parked.filter(({ change }) => 'folderId' in change && change.id === taskId);

  const quoted = (given: string) => {
    const text = truncateName(given);
    return text.trim() === '' ? t`nothing` : t`“${text}”`;
  };
  const day = (at: Instant | null) => (at === null ? t`no day` : shortDay(dayOf(at, zone), today, locale));
  const wordsOf: Record<Shown, (values: Values) => string> = {
    subject: ({ subject = '' }) => quoted(subject),
    body: ({ body }) => quoted(body?.content ?? ''),
    status: ({ status = 'notStarted' }) => i18n._(statusLabels[status]),
    importance: ({ importance = 'normal' }) => i18n._(importanceLabels[importance]),
    sensitivity: ({ sensitivity = 'normal' }) => i18n._(sensitivityLabels[sensitivity]),
    categories: ({ categories = [] }) =>
      categories.length === 0 ? t`no categories` : categories.map(truncateName).join(', '),
    start: ({ start = null }) => day(start),
    due: ({ due = null }) => day(due),
    completed: ({ completed = null }) => day(completed),
    reminder: ({ reminder = null, isReminderOn = reminder !== null }) =>
      reminder === null || !isReminderOn
        ? t`no reminder`
        : t`${shortDay(dateOf(reminder, zone), today, locale)}, ${clockLabel(reminder, zone, locale)}`,
    recurrence: ({ recurrence = null }) =>
      recurrence === null ? t`does not repeat` : recurrenceLabel(i18n, recurrence, { today, locale }),
  };

  function of(field: Shown): FieldConflict | null {
    for (const { change, failure } of items) {
      if (field === 'status' && change.kind === 'completeTask' && failure?.theirs !== undefined) {
        return { mine: i18n._(statusLabels.completed), theirs: i18n._(statusLabels[failure.theirs.status]) };
      }
      if (change.kind !== 'updateTask') continue;
      const isSwitched = field === 'reminder' && change.patch.isReminderOn !== undefined;
      if (change.patch[field] === undefined && !isSwitched) continue;
      const mine = wordsOf[field](valuesOf(change.patch));
      const theirs = wordsOf[field](failure?.theirs ?? change.base.values);
      if (mine !== theirs) return { mine, theirs };
    }
    return null;
  }

  return { items, of };
}

/** A patch says days in a zone; a task holds their midnights. */
function valuesOf({
  start,
  due,
  completed,
  reminder,
  isReminderOn,
  recurrence,
  subject,
  body,
  status,
  importance,
  sensitivity,
  categories,
}: TaskPatch): Values {
  return {
    ...(subject === undefined ? {} : { subject }),
    ...(body === undefined ? {} : { body }),
    ...(status === undefined ? {} : { status }),
    ...(isReminderOn === undefined ? {} : { isReminderOn }),
    ...(importance === undefined ? {} : { importance }),
    ...(sensitivity === undefined ? {} : { sensitivity }),
    ...(categories === undefined ? {} : { categories }),
    start: start ? midnightOf(start) : null,
    due: due ? midnightOf(due) : null,
    completed: completed ? midnightOf(completed) : null,
    reminder: reminder ? instantOf(reminder) : null,
    recurrence: recurrence ? startRecurrence(recurrence, toDay('1970-01-01')) : null,
  };
}
