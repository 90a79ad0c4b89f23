import type { I18n, MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import type { PendingState } from '../../../domain/listing/listing.ts';
import type { ChecklistProgress } from '../../../domain/notes/checklistParser.ts';
import type { Sensitivity, TaskStatus, Task } from '../../../domain/task/task.ts';
import { dateOf, dayOf } from '../../../domain/time/time.ts';
import { clockLabel, dayLabel } from '../../../ui/labels/dateLabels.ts';
import { recurrenceLabel } from '../../../ui/labels/recurrenceLabels.ts';
import { sensitivityLabels } from '../../../ui/labels/taskLabels.ts';
import type { RowContext } from './rowDate.ts';

const statusPhrases: Readonly<Record<TaskStatus, MessageDescriptor>> = {
  notStarted: msg`not started`,
  inProgress: msg`in progress`,
  completed: msg`completed`,
  waitingOnOthers: msg`waiting on others`,
  deferred: msg`deferred`,
};

/** The accessible name of the status button: the state, then what a press does (docs/design.md#accessibility). */
const statusButtonLabels: Readonly<Record<TaskStatus, (subject: string) => MessageDescriptor>> = {
  notStarted: (subject) => msg`Not started. Complete “${subject}”`,
  inProgress: (subject) => msg`In progress. Complete “${subject}”`,
  completed: (subject) => msg`Completed. Reopen “${subject}”`,
  waitingOnOthers: (subject) => msg`Waiting on others. Complete “${subject}”`,
  deferred: (subject) => msg`Deferred. Complete “${subject}”`,
};

export function statusButtonLabel(i18n: I18n, status: TaskStatus, subject: string): string {
  return i18n._(statusButtonLabels[status](subject));
}

/** The indicators after a subject, in drawing order. */
export type IndicatorKind =
  'checklist' | 'note' | 'repeat' | 'attachment' | Exclude<Sensitivity, 'normal'> | 'waiting' | 'parked';
/** `text` is drawn beside the icon. */
export type TaskIndicator = { kind: IndicatorKind; label: string; text?: string };

export function taskIndicators(
  i18n: I18n,
  task: Task,
  state: PendingState | undefined,
  context: Pick<RowContext, 'today' | 'locale'>,
  progress: ChecklistProgress | null = null,
  /** The indicator of its attachments; null for none, undefined where only `hasAttachments` is known. */
  attachments?: TaskIndicator | null,
): readonly TaskIndicator[] {
  const marks: TaskIndicator[] = [];
  if (progress !== null) {
    const { done, total } = progress;
    marks.push({
      kind: 'checklist',
      label: i18n._(msg`Checklist, ${done} of ${total} done`),
      text: `${done}/${total}`,
    });
  } else if (task.body.content.trim() !== '') marks.push({ kind: 'note', label: i18n._(msg`Note`) });
  if (task.recurrence !== null) {
    const often = recurrenceLabel(i18n, task.recurrence, context);
    marks.push({ kind: 'repeat', label: i18n._(msg`Repeats ${often}`) });
  }
  if (attachments) marks.push(attachments);
  else if (attachments === undefined && task.hasAttachments)
    marks.push({ kind: 'attachment', label: i18n._(msg`Attachments`) });
  if (task.sensitivity !== 'normal') {
    marks.push({ kind: task.sensitivity, label: i18n._(sensitivityLabels[task.sensitivity]) });
  }
  if (state === 'parked') marks.push({ kind: 'parked', label: i18n._(msg`Not sent, needs your decision`) });
  else if (state !== undefined) marks.push({ kind: 'waiting', label: i18n._(msg`Not synced yet`) });
  return marks;
}

/** The accessible name of a row: "Choose worktop, in progress, due today, reminder 14:30, Kitchen, Attachments". */
export function rowLabel(
  i18n: I18n,
  task: Task,
  marks: readonly TaskIndicator[],
  context: RowContext,
  /** Named in a list of several folders. */
  folder?: string,
): string {
  const { today, zone, locale } = context;
  const isDone = task.status === 'completed';
  const parts = [task.subject === '' ? i18n._(msg`No subject`) : task.subject];
  if (task.status !== 'notStarted') parts.push(i18n._(statusPhrases[task.status]));
  if (task.importance === 'high') parts.push(i18n._(msg`high importance`));
  if (task.importance === 'low') parts.push(i18n._(msg`low importance`));
  if (task.start !== null && !isDone) {
    const day = dayOf(task.start, zone);
    if (day > today) parts.push(i18n._(msg`starts ${dayInSentence(day, context)}`));
  }
  if (task.due !== null) {
    const day = dayOf(task.due, zone);
    const label = dayInSentence(day, context);
    parts.push(day < today && !isDone ? i18n._(msg`overdue, due ${label}`) : i18n._(msg`due ${label}`));
  }
  if (task.isReminderOn && task.reminder !== null) {
    const day = dateOf(task.reminder, zone);
    const time = clockLabel(task.reminder, zone, locale);
    parts.push(
      day === today ? i18n._(msg`reminder ${time}`) : i18n._(msg`reminder ${dayInSentence(day, context)} ${time}`),
    );
  }
  if (folder !== undefined) parts.push(i18n._(msg`in ${folder}`));
  return [...parts, ...task.categories, ...marks.map((mark) => mark.label)].join(', ');
}

/** A day within a sentence: "today" in lower case. */
function dayInSentence(day: RowContext['today'], { today, locale }: RowContext): string {
  const label = dayLabel(day, today, locale);
  return /\d/.test(label) ? label : label.toLocaleLowerCase(locale);
}
