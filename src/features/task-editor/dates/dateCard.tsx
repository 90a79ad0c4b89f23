import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useDueCounts } from '../../../data/tasks/useDueLoad.ts';
import { useBrowserZone, useToday } from '../../../data/account/useTimeZone.ts';
import type { Recurrence, Task, TaskPatch } from '../../../domain/task/task.ts';
import { dayOf, localOf, toDay } from '../../../domain/time/time.ts';
import type { Day } from '../../../domain/time/time.ts';
import { clockLabel, dayLabel, dueTone } from '../../../ui/labels/dateLabels.ts';
import { DayField } from '../../../ui/dates/dayField.tsx';
import { useDateLocale } from '../../../ui/dates/useDateLocale.ts';
import { DateRuleNotice, type DateRuleQuestion, type DateRuleMessage } from './dateRuleNotice.tsx';
import { applyDateEdit, type TaskDates } from '../../../domain/time/startDueRules.ts';
import { datePatch, seriesPatch } from './seriesPatch.ts';
import { WeekStrip } from './weekStrip.tsx';
import { NotificationPermissionPrompt } from '../reminder/notificationPermission.tsx';
import { ReminderCell } from '../reminder/reminderCell.tsx';
import { RepeatRow } from '../repeat/repeatRow.tsx';
import type { TaskEdits } from '../editing/useTaskEdits.ts';
import styles from './dateCard.module.css';

export type DateFieldName = 'start' | 'due' | 'reminder' | 'repeat';

type Props = {
  task: Task;
  edits: TaskEdits;
  /** Which picker is open: the keys D, Shift D, R and Shift R open them too. */
  openPicker: DateFieldName | null;
  onPicker: (picker: DateFieldName | null) => void;
};

/**
 * Start, due and reminder side by side, and how the task repeats. It says what the rules between them change
 * (docs/design.md#components).
 */
export function DateCard({ task, edits, openPicker, onPicker }: Props) {
  const { t } = useLingui();
  const { today, zone } = useToday();
  const [note, setNote] = useState<((DateRuleQuestion | DateRuleMessage) & { of: string }) | null>(null);
  const loadOf = useDueCounts();
  const [hasSetReminder, setHasSetReminder] = useState(false);
  const dates: TaskDates = {
    start: task.start === null ? null : dayOf(task.start, zone),
    due: task.due === null ? null : dayOf(task.due, zone),
  };
  const isDone = task.status === 'completed';
  // A note speaks of the days as it left them: once they are others, by a completion or by another device, it is over.
  const isOver = note !== null && note.of !== daysOf(dates);

  const patchTo = (next: TaskDates) => datePatch(dates, next, zone);

  function put(patch: TaskPatch) {
    if (Object.keys(patch).length > 0) edits.update(patch);
  }

  function pick(field: 'start' | 'due', day: Day | null) {
    const step = applyDateEdit(dates, { field, day });
    if (step.kind === 'ask') return setNote({ ...step, of: daysOf(dates) });
    setNote(
      step.notice === null ? null : { kind: 'notice', notice: step.notice, before: dates, of: daysOf(step.dates) },
    );
    put(patchTo(step.dates));
  }

  function repeat(rule: Recurrence | null, first: Day | null) {
    const before = { ...dates, rule: task.recurrence };
    if (rule === null || first === null) {
      if (task.recurrence === null) return;
      setNote({ kind: 'notice', notice: 'seriesStays', before, of: daysOf(dates) });
      return put({ recurrence: null });
    }
    const step = seriesPatch(dates, { rule, first, zone });
    setNote(step.isMoved ? { kind: 'notice', notice: 'seriesMoves', before, of: daysOf(step.dates) } : null);
    put(step.patch);
  }

  function resolve({ rule, ...next }: DateRuleMessage['before']) {
    setNote(null);
    put({ ...patchTo(next), ...(rule === undefined ? {} : { recurrence: rule }) });
  }

  const opened = (name: DateFieldName) => ({
    isOpen: openPicker === name,
    onOpenChange: (isOpen: boolean) => onPicker(isOpen ? name : null),
  });
  const picker = (field: 'start' | 'due') => ({
    ...opened(field),
    variant: 'cell' as const,
    value: dates[field],
    today,
    range: dates,
    loadOf,
    onChange: (day: Day | null) => pick(field, day),
  });
  return (
    <div className={styles.dates}>
      <div className={styles.card}>
        <div className={styles.cells}>
          <DayField label={t`Start`} {...picker('start')} />
          <DayField label={t`Due`} {...picker('due')} tone={dueTone(dates.due, today, isDone)} />
          <ReminderCell
            task={task}
            due={dates.due}
            {...opened('reminder')}
            onChange={(patch) => {
              if (patch.isReminderOn === true) setHasSetReminder(true);
              edits.update(patch);
            }}
          />
        </div>
        <WeekStrip key={task.id} dates={dates} today={today} onPick={pick} />
        <RepeatRow task={task} dates={dates} {...opened('repeat')} onRule={repeat} />
      </div>
      <OtherZone task={task} />
      {note !== null && !isOver && <DateRuleNotice note={note} now={dates} today={today} onResolve={resolve} />}
      {hasSetReminder && task.isReminderOn && <NotificationPermissionPrompt />}
    </div>
  );
}

const daysOf = ({ start, due }: TaskDates) => `${start} ${due}`;

/** The reminder on the browser's clock, where its zone differs from the mailbox's. */
function OtherZone({ task }: { task: Task }) {
  const { t } = useLingui();
  const locale = useDateLocale();
  const { today, zone } = useToday();
  const here = useBrowserZone();
  const { reminder } = task;
  if (!task.isReminderOn || reminder === null || localOf(reminder, here) === localOf(reminder, zone)) return null;
  const day = dayLabel(toDay(localOf(reminder, here)), today, locale);
  const there = zone.replaceAll('_', ' ');
  const place = here.replaceAll('_', ' ');
  return (
    <p className={styles.zone}>
      {t`The reminder is in ${there} time. Where you are (${place}) that is ${day}, ${clockLabel(reminder, here, locale)}.`}
    </p>
  );
}
