import { useLingui } from '@lingui/react/macro';
import { usePending, type PendingItem } from '../../data/pending.ts';
import { useToday } from '../../data/settings.ts';
import type { Importance, Status, Task, TaskPatch } from '../../domain/task.ts';
import { dayOf, midnightOf } from '../../domain/time.ts';
import type { Instant, ZonedTime } from '../../domain/time.ts';
import { shortDay } from '../../ui/dates.ts';
import { useDateLocale } from '../../ui/locale.ts';

type Shown = 'subject' | 'body' | 'status' | 'importance' | 'start' | 'due';
type Values = { [Field in Shown]?: Task[Field] };

/** What the person wanted in a field, and what the mailbox has there (or had, when they changed it). */
export type Refusal = { mine: string; theirs: string };

/** The changes of this task that were not taken, and per field both values in words (architecture.md §8, rule 6). */
export function useRefusals(taskId: string): {
  items: readonly PendingItem[];
  of: (field: Shown) => Refusal | null;
} {
  const { t } = useLingui();
  const locale = useDateLocale();
  const { today, zone } = useToday();
  const { parked } = usePending();
  const items = parked.filter(({ change }) => 'folderId' in change && change.id === taskId);

  const statusWords: Record<Status, string> = {
    notStarted: t`Not started`,
    inProgress: t`In progress`,
    completed: t`Completed`,
    waitingOnOthers: t`Waiting on others`,
    deferred: t`Deferred`,
  };
  const importanceWords: Record<Importance, string> = { low: t`Low`, normal: t`Normal`, high: t`High` };
  const quoted = (text: string) => (text.trim() === '' ? t`nothing` : t`“${text}”`);
  const day = (at: Instant | null) => (at === null ? t`no day` : shortDay(dayOf(at, zone), today, locale));
  const picked = (time: ZonedTime | null) => day(time === null ? null : midnightOf(time));

  function mineOf(patch: TaskPatch, field: Shown): string | undefined {
    const { subject, body, status, importance, start, due } = patch;
    switch (field) {
      case 'subject':
        return subject === undefined ? undefined : quoted(subject);
      case 'body':
        return body === undefined ? undefined : quoted(body.content);
      case 'status':
        return status && statusWords[status];
      case 'importance':
        return importance && importanceWords[importance];
      case 'start':
        return start === undefined ? undefined : picked(start);
      case 'due':
        return due === undefined ? undefined : picked(due);
    }
  }

  function theirsOf(values: Values, field: Shown): string {
    const { subject = '', body, status, importance, start = null, due = null } = values;
    switch (field) {
      case 'subject':
        return quoted(subject);
      case 'body':
        return quoted(body?.content ?? '');
      case 'status':
        return statusWords[status ?? 'notStarted'];
      case 'importance':
        return importanceWords[importance ?? 'normal'];
      case 'start':
        return day(start);
      case 'due':
        return day(due);
    }
  }

  function of(field: Shown): Refusal | null {
    for (const { change, failure } of items) {
      if (change.kind !== 'updateTask') continue;
      const mine = mineOf(change.patch, field);
      const theirs = theirsOf(failure?.theirs ?? change.base.values, field);
      if (mine !== undefined && mine !== theirs) return { mine, theirs };
    }
    return null;
  }

  return { items, of };
}
