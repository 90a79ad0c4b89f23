import { useLingui } from '@lingui/react/macro';
import BellIcon from 'lucide-react/icons/bell';
import InfoIcon from 'lucide-react/icons/info';
import { useToday } from '../../../data/account/useTimeZone.ts';
import { firstDayOfPattern } from '../../../domain/recurrence/recurrencePatterns.ts';
import type { Recurrence, Task } from '../../../domain/task/task.ts';
import type { Day } from '../../../domain/time/time.ts';
import { Button } from '../../../ui/controls/button.tsx';
import { clockLabel, shortDay } from '../../../ui/labels/dateLabels.ts';
import { DayField } from '../../../ui/dates/dayField.tsx';
import { Dialog } from '../../../ui/overlays/dialog.tsx';
import { TextField } from '../../../ui/controls/textField.tsx';
import { useDateLocale } from '../../../ui/dates/useDateLocale.ts';
import { SegmentedControl } from '../../../ui/controls/segmentedControl.tsx';
import { firstWeekday } from '../../../ui/dates/firstWeekday.ts';
import { emptyRepeatForm, repeatFormOf, repeatFormProblem, recurrenceOfForm, withSeriesEnd } from './repeatForm.ts';
import type { RepeatFormProblem, RepeatForm } from './repeatForm.ts';
import { RepeatPattern } from './repeatPattern.tsx';
import { RepeatPreview } from './repeatPreview.tsx';
import styles from './repeatDialog.module.css';

type Props = {
  task: Task;
  /** The day that the task stands on. */
  day: Day;
  draft: RepeatForm | null;
  onDraft: (form: RepeatForm | null) => void;
  isOpen: boolean;
  onClose: () => void;
  onRule: (rule: Recurrence | null, first: Day | null) => void;
};

/** A form for every rule of the API, with a preview beside it (docs/design.md#components). */
export function RepeatDialog({ task, day, draft, onDraft, isOpen, onClose, onRule }: Props) {
  const { t } = useLingui();
  const locale = useDateLocale();
  const { zone } = useToday();
  const empty = emptyRepeatForm(day, firstWeekday(locale), zone);
  const form = draft ?? (task.recurrence === null ? empty : { ...repeatFormOf(task.recurrence, empty), start: day });
  const problem = repeatFormProblem(form);
  const rule = recurrenceOfForm(form);
  const put = (change: Partial<RepeatForm>) => onDraft({ ...form, ...change });

  function leave() {
    onDraft(null);
    onClose();
  }

  function finish() {
    if (problem !== null) return;
    const first = firstDayOfPattern(rule.pattern, form.start) ?? form.start;
    leave();
    // A client starts a series on one of its own days (docs/protocol.md#dates-of-a-series).
    onRule({ ...rule, range: { ...rule.range, startDate: first } }, first);
  }

  return (
    <Dialog
      title={t`Repeat`}
      width={652}
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      footer={
        <>
          {task.recurrence !== null && (
            <Button
              variant="quiet"
              className={styles.stop}
              onPress={() => {
                leave();
                onRule(null, null);
              }}
            >{t`Stop repeating`}</Button>
          )}
          <Button variant="secondary" onPress={leave}>{t`Cancel`}</Button>
          <Button variant="primary" isDisabled={problem !== null} onPress={finish}>{t`Done`}</Button>
        </>
      }
    >
      <div className={styles.columns}>
        <div className={styles.form}>
          <SegmentedControl
            label={t`Unit`}
            labelHidden
            items={[
              { value: 'day', label: t`Days` },
              { value: 'week', label: t`Weeks` },
              { value: 'month', label: t`Months` },
              { value: 'year', label: t`Years` },
            ]}
            value={form.unit}
            onChange={(unit) => put({ unit })}
          />
          <RepeatPattern form={form} problem={problem} onChange={put} />
          <Ends form={form} problem={problem} onChange={put} />
          {task.isReminderOn && task.reminder !== null && (
            <p className={styles.hint}>
              <BellIcon aria-hidden />
              {t`The reminder follows at ${clockLabel(task.reminder, zone, locale)} on each date, in ${zone.replaceAll('_', ' ')} time.`}
            </p>
          )}
        </div>
        <RepeatPreview rule={problem === null ? rule : null} form={form} />
      </div>
    </Dialog>
  );
}

type PartProps = {
  form: RepeatForm;
  problem: RepeatFormProblem | null;
  onChange: (change: Partial<RepeatForm>) => void;
};

function Ends({ form, problem, onChange }: PartProps) {
  const { t } = useLingui();
  const locale = useDateLocale();
  const { today } = useToday();
  const first = problem?.field === 'endDay' ? problem.first : null;
  const endProblem =
    problem?.field !== 'endDay'
      ? null
      : form.endDay === null
        ? t`Choose the last day.`
        : first !== null && form.endDay < first
          ? t`The end is before the first date, ${shortDay(first, today, locale)}. Choose a later day.`
          : t`The series has no date before this day. Choose a later day.`;
  const endOptions = [
    { value: 'never', label: t`Never` },
    { value: 'on', label: t`On a day` },
    { value: 'after', label: t`After a number of times` },
  ] as const;
  return (
    <fieldset className={styles.ends}>
      <legend>{t`Ends`}</legend>
      {endOptions.map(({ value, label }) => (
        <div key={value} className={styles.option}>
          <label className={styles.radio}>
            <input
              type="radio"
              name="ends"
              value={value}
              checked={form.ends === value}
              onChange={() => onChange(withSeriesEnd(form, value))}
            />
            {label}
          </label>
          {value === 'on' && form.ends === 'on' && (
            <DayField
              label={t`Last day`}
              value={form.endDay}
              today={today}
              isRequired
              error={endProblem}
              onChange={(endDay) => onChange({ endDay })}
            />
          )}
          {value === 'after' && form.ends === 'after' && (
            <TextField
              label={t`How many times`}
              value={form.times}
              inputMode="numeric"
              className={styles.number}
              error={problem?.field === 'times' ? t`Between 1 and 999` : null}
              onChange={(times) => onChange({ times })}
            />
          )}
        </div>
      ))}
      {form.ends === 'never' && (
        <p className={styles.hint}>
          <InfoIcon aria-hidden />
          {t`Repeats forever.`}
        </p>
      )}
    </fieldset>
  );
}
