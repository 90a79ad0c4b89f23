import { useLingui } from '@lingui/react/macro';
import CalendarClock from 'lucide-react/icons/calendar-clock';
import TriangleAlert from 'lucide-react/icons/triangle-alert';
import { useState } from 'react';
import { useToday } from '../../data/settings.ts';
import type { Task, TaskPatch } from '../../domain/task.ts';
import { dayOf, zonedDay } from '../../domain/time.ts';
import type { Day } from '../../domain/time.ts';
import { Button } from '../../ui/button.tsx';
import { shortDay } from '../../ui/dates.ts';
import { DayField } from '../../ui/dayField.tsx';
import { useDateLocale } from '../../ui/locale.ts';
import { dateStep, type Dates, type DateStep } from './dateRules.ts';
import type { TaskEdits } from './useTaskEdits.ts';
import styles from './dateCard.module.css';

export type DateName = 'start' | 'due';

type Props = {
  task: Task;
  edits: TaskEdits;
  /** Which picker is open: the keys D and Shift D open them too. */
  openPicker: DateName | null;
  onPicker: (picker: DateName | null) => void;
};

type Ask = Extract<DateStep, { kind: 'ask' }>;
type Told = { kind: 'told'; told: 'dueFollows' | 'startLeaves'; before: Dates };

/** Start and due side by side. What the rule between them does is said as it happens, never done silently (picture 04). */
export function DateCard({ task, edits, openPicker, onPicker }: Props) {
  const { t } = useLingui();
  const { today, zone } = useToday();
  const [note, setNote] = useState<Ask | Told | null>(null);
  const dates: Dates = {
    start: task.start === null ? null : dayOf(task.start, zone),
    due: task.due === null ? null : dayOf(task.due, zone),
  };
  const isDone = task.status === 'completed';

  function put(next: Dates) {
    const patch: TaskPatch = {};
    if (next.start !== dates.start) patch.start = next.start === null ? null : zonedDay(next.start, zone);
    if (next.due !== dates.due) patch.due = next.due === null ? null : zonedDay(next.due, zone);
    if (Object.keys(patch).length > 0) edits.update(patch);
  }

  function pick(field: DateName, day: Day | null) {
    const step = dateStep(dates, { field, day });
    if (step.kind === 'ask') return setNote(step);
    setNote(step.told === null ? null : { kind: 'told', told: step.told, before: dates });
    put(step.dates);
  }

  function settle(next: Dates) {
    setNote(null);
    put(next);
  }

  const picker = (field: DateName) => ({
    look: 'cell' as const,
    value: dates[field],
    today,
    isOpen: openPicker === field,
    onOpenChange: (isOpen: boolean) => onPicker(isOpen ? field : null),
    onChange: (day: Day | null) => pick(field, day),
  });
  const dueTone =
    isDone || dates.due === null ? 'plain' : dates.due < today ? 'late' : dates.due === today ? 'now' : 'plain';

  return (
    <div className={styles.dates}>
      <div className={styles.card}>
        <DayField label={t`Start`} {...picker('start')} />
        <DayField label={t`Due`} {...picker('due')} tone={dueTone} />
      </div>
      {note !== null && <Note note={note} now={dates} today={today} onSettle={settle} />}
    </div>
  );
}

type NoteProps = { note: Ask | Told; now: Dates; today: Day; onSettle: (dates: Dates) => void };

function Note({ note, now, today, onSettle }: NoteProps) {
  const { t } = useLingui();
  const locale = useDateLocale();
  const say = (day: Day | null) => (day === null ? t`no day` : shortDay(day, today, locale));

  if (note.kind === 'told') {
    const words =
      note.told === 'dueFollows'
        ? t`A start needs a due day, so this is now due ${say(now.due)}.`
        : t`A start needs a due day, so the start is gone too.`;
    return (
      <div className={styles.told} role="status">
        <CalendarClock aria-hidden />
        <p>{words}</p>
        <Button variant="quiet" onPress={() => onSettle(note.before)}>{t`Undo`}</Button>
      </div>
    );
  }

  const isDue = note.problem === 'dueBeforeStart';
  const picked = say(note.picked);
  const kept = isDue ? now.due : now.start;
  return (
    <div className={styles.ask} role="alert">
      <p className={styles.problem}>
        <TriangleAlert aria-hidden />
        {isDue
          ? t`Not saved: ${picked} comes before the start, ${say(now.start)}.`
          : t`Not saved: ${picked} comes after the due day, ${say(now.due)}.`}
      </p>
      <div className={styles.ways}>
        <Button variant="secondary" onPress={() => onSettle(note.moved)}>
          {isDue ? t`Move the start to ${say(note.moved.start)}` : t`Move the due day to ${say(note.moved.due)}`}
        </Button>
        <Button variant="quiet" onPress={() => onSettle(now)}>
          {kept === null ? t`Leave the start empty` : t`Keep ${say(kept)}`}
        </Button>
      </div>
    </div>
  );
}
