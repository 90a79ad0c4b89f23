import { useLingui } from '@lingui/react/macro';
import { useToday } from '../../../data/account/useTimeZone.ts';
import type { Conflict } from '../../../data/tasks/useConflict.ts';
import type { Task } from '../../../domain/task/task.ts';
import { dateOf, dayOf } from '../../../domain/time/time.ts';
import type { Instant } from '../../../domain/time/time.ts';
import { clockLabel, shortDay } from '../../../ui/labels/dateLabels.ts';
import { useDateLocale } from '../../../ui/dates/useDateLocale.ts';
import { parseInertBody } from '../../../ui/html/inertHtml.ts';
import { truncateName } from '../../../ui/labels/truncateName.ts';
import { recurrenceLabel } from '../../../ui/labels/recurrenceLabels.ts';
import { importanceLabels, sensitivityLabels, statusLabels } from '../../../ui/labels/taskLabels.ts';

type Field = Conflict['fields'][number];
type Values = Conflict['mine'];

/** The name of a field, and its value in words. */
export function useFieldLabels(): { label: (field: Field) => string; value: (field: Field, values: Values) => string } {
  const { t, i18n } = useLingui();
  const locale = useDateLocale();
  const { today, zone } = useToday();

  const labels: Record<Field, string> = {
    name: t`Name`,
    subject: t`Subject`,
    body: t`Notes`,
    categories: t`Categories`,
    importance: t`Importance`,
    sensitivity: t`Sensitivity`,
    status: t`Status`,
    start: t`Start`,
    due: t`Due`,
    completed: t`Completed on`,
    reminder: t`Reminder`,
    isReminderOn: t`Reminder`,
    recurrence: t`Repeat`,
  };
  const named = (text: string) => (text.trim() === '' ? t`Nothing` : truncateName(text));
  const day = (at: Instant | null) => (at === null ? t`No day` : shortDay(dayOf(at, zone), today, locale));

  function value(field: Field, values: Values): string {
    switch (field) {
      case 'name':
        return named(values.name ?? '');
      case 'subject':
        return named(values.subject ?? '');
      case 'body':
        return named(textOf(values.body));
      case 'categories':
        return named((values.categories ?? []).join(', '));
      case 'importance':
        return i18n._(importanceLabels[values.importance ?? 'normal']);
      case 'sensitivity':
        return i18n._(sensitivityLabels[values.sensitivity ?? 'normal']);
      case 'status':
        return i18n._(statusLabels[values.status ?? 'notStarted']);
      case 'start':
      case 'due':
      case 'completed':
        return day(values[field] ?? null);
      case 'reminder': {
        const at = values.reminder ?? null;
        if (at === null) return t`No reminder`;
        return t`${shortDay(dateOf(at, zone), today, locale)}, ${clockLabel(at, zone, locale)}`;
      }
      case 'isReminderOn':
        return values.isReminderOn === true ? t`On` : t`Off`;
      case 'recurrence': {
        const rule = values.recurrence ?? null;
        return rule === null ? t`Does not repeat` : recurrenceLabel(i18n, rule, { today, locale });
      }
    }
  }
  return { label: (field) => labels[field], value };
}

/** A body as plain text: its HTML never becomes part of the page. */
function textOf(body: Task['body'] | undefined): string {
  if (body === undefined || body.contentType === 'text') return body?.content ?? '';
  return parseInertBody(body.content).textContent;
}
