import { useLingui } from '@lingui/react/macro';
import CalendarClock from 'lucide-react/icons/calendar-clock';
import TriangleAlert from 'lucide-react/icons/triangle-alert';
import type { Recurrence } from '../../../domain/task/task.ts';
import type { Day } from '../../../domain/time/time.ts';
import { Button } from '../../../ui/controls/button.tsx';
import { shortDay } from '../../../ui/labels/dateLabels.ts';
import { useDateLocale } from '../../../ui/dates/useDateLocale.ts';
import type { TaskDates, DateEditResult } from '../../../domain/time/startDueRules.ts';
import styles from './dateRuleNotice.module.css';

export type DateRuleQuestion = Extract<DateEditResult, { kind: 'ask' }>;
export type DateRuleMessage = {
  kind: 'notice';
  notice: 'dueFollows' | 'startLeaves' | 'seriesMoves' | 'seriesStays';
  /** What "Undo" goes back to; the rule only where it changed too. */
  before: TaskDates & { rule?: Recurrence | null };
};

type Props = {
  note: DateRuleQuestion | DateRuleMessage;
  now: TaskDates;
  today: Day;
  onResolve: (dates: DateRuleMessage['before']) => void;
};

/** Reports what a rule between the dates changed, with an undo; or asks, where the dates conflict. */
export function DateRuleNotice({ note, now, today, onResolve }: Props) {
  const { t } = useLingui();
  const locale = useDateLocale();
  const label = (day: Day | null) => (day === null ? t`no day` : shortDay(day, today, locale));

  if (note.kind === 'notice') {
    const words = {
      dueFollows: t`A start date needs a due date, so this is now due ${label(now.due)}.`,
      startLeaves: t`Start date removed: it needs a due date.`,
      seriesMoves: t`A series begins on a date of its own, so this moved to ${label(now.start ?? now.due)}.`,
      seriesStays: t`It no longer repeats. This one stays on ${label(now.start ?? now.due)}.`,
    };
    return (
      <div className={styles.notice} role="status">
        <CalendarClock aria-hidden />
        <p>{words[note.notice]}</p>
        <Button variant="quiet" onPress={() => onResolve(note.before)}>{t`Undo`}</Button>
      </div>
    );
  }

  const isDue = note.problem === 'dueBeforeStart';
  const picked = label(note.picked);
  const kept = isDue ? now.due : now.start;
  return (
    <div className={styles.ask} role="alert">
      <p className={styles.problem}>
        <TriangleAlert aria-hidden />
        {isDue
          ? t`Not saved: ${picked} comes before the start, ${label(now.start)}.`
          : t`Not saved: ${picked} comes after the due date, ${label(now.due)}.`}
      </p>
      <div className={styles.actions}>
        <Button variant="secondary" onPress={() => onResolve(note.moved)}>
          {isDue ? t`Move the start to ${label(note.moved.start)}` : t`Move the due date to ${label(note.moved.due)}`}
        </Button>
        <Button variant="quiet" onPress={() => onResolve(now)}>
          {kept === null ? t`Leave the start empty` : t`Keep ${label(kept)}`}
        </Button>
      </div>
    </div>
  );
}
