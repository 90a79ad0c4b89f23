import { useLingui } from '@lingui/react/macro';
import InfoIcon from 'lucide-react/icons/info';
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components/ToggleButtonGroup';
import { useToday } from '../../../data/account/useTimeZone.ts';
import { weekdaysFrom } from '../../../domain/time/weekdays.ts';
import { weekIndexes } from '../../../domain/task/task.ts';
import type { Weekday } from '../../../domain/time/time.ts';
import { DayField } from '../../../ui/dates/dayField.tsx';
import { TextField } from '../../../ui/controls/textField.tsx';
import { useDateLocale } from '../../../ui/dates/useDateLocale.ts';
import { weekdaysLabel, weekIndexLabels, monthLabel, shortWeekday } from '../../../ui/labels/recurrenceLabels.ts';
import { Select } from '../../../ui/controls/select.tsx';
import { firstWeekday } from '../../../ui/dates/firstWeekday.ts';
import { weekdaySetOf, weekdaySets } from './repeatForm.ts';
import type { RepeatFormProblem, RepeatForm } from './repeatForm.ts';
import styles from './repeatDialog.module.css';

type Props = { form: RepeatForm; problem: RepeatFormProblem | null; onChange: (change: Partial<RepeatForm>) => void };

/** How often, from when, and on which days. */
export function RepeatPattern({ form, problem, onChange }: Props) {
  const { t } = useLingui();
  const { today } = useToday();
  const every = { day: t`Every (days)`, week: t`Every (weeks)`, month: t`Every (months)` };
  return (
    <>
      <div className={styles.pair}>
        <TextField
          label={form.unit === 'year' ? t`Every (years)` : every[form.unit]}
          value={form.interval}
          inputMode="numeric"
          className={styles.number}
          error={problem?.field === 'interval' ? t`Between 1 and ${problem.most}` : null}
          onChange={(interval) => onChange({ interval })}
        />
        <DayField
          label={t`Starting`}
          value={form.start}
          today={today}
          isRequired
          onChange={(start) => start !== null && onChange({ start })}
        />
      </div>
      {form.unit === 'week' && <Weekdays form={form} problem={problem} onChange={onChange} />}
      {(form.unit === 'month' || form.unit === 'year') && (
        <DayInMonth form={form} problem={problem} onChange={onChange} />
      )}
    </>
  );
}

function Weekdays({ form, problem, onChange }: Props) {
  const { t } = useLingui();
  const locale = useDateLocale();
  const isMissing = problem?.field === 'weekdays';
  return (
    <div className={styles.part}>
      <span className={styles.label} id="repeat-weekdays">{t`On`}</span>
      <ToggleButtonGroup
        className={styles.weekdays ?? ''}
        aria-labelledby="repeat-weekdays"
        selectionMode="multiple"
        selectedKeys={form.weekdays}
        onSelectionChange={(keys) =>
          onChange({
            weekdays: weekdaysFrom('sunday').filter((day) => keys.has(day)),
            firstDayOfWeek: form.firstDayOfWeek,
          })
        }
      >
        {weekdaysFrom(firstWeekday(locale)).map((day: Weekday) => (
          <ToggleButton key={day} id={day} className={styles.weekday ?? ''}>
            {shortWeekday(day, locale)}
          </ToggleButton>
        ))}
      </ToggleButtonGroup>
      {isMissing && <p className={styles.problem}>{t`Choose at least one day.`}</p>}
    </div>
  );
}

function DayInMonth({ form, problem, onChange }: Props) {
  const { t, i18n } = useLingui();
  const locale = useDateLocale();
  const isYear = form.unit === 'year';
  const months = Array.from({ length: 12 }, (_, at) => ({ value: String(at + 1), label: monthLabel(at + 1, locale) }));
  const kind = weekdaySetOf(form.indexDays);
  const kinds = [
    ...weekdaySets.map(({ key, days }) => ({ value: key, label: weekdaysLabel(i18n, days, locale) })),
    // A choice of days from elsewhere that the list does not have.
    ...(kind === null ? [{ value: 'other', label: weekdaysLabel(i18n, form.indexDays, locale) }] : []),
  ];
  const date = Number(form.dayOfMonth);
  const isClamped = form.by === 'date' && date >= 29 && date <= 31 && (!isYear || date > longest(form.month));
  return (
    <fieldset className={styles.part}>
      <legend className="hidden-visually">{t`Which day`}</legend>
      {isYear && (
        <Select
          label={t`Month`}
          isBoxed
          items={months}
          value={String(form.month)}
          onChange={(month) => onChange({ month: Number(month) })}
        />
      )}
      <div className={styles.option}>
        <label className={styles.radio}>
          <input type="radio" name="by" checked={form.by === 'date'} onChange={() => onChange({ by: 'date' })} />
          {t`On a date`}
        </label>
        {form.by === 'date' && (
          <TextField
            label={t`Day of the month`}
            value={form.dayOfMonth}
            inputMode="numeric"
            className={styles.number}
            error={problem?.field === 'dayOfMonth' ? t`Between 1 and 31` : null}
            onChange={(dayOfMonth) => onChange({ dayOfMonth })}
          />
        )}
      </div>
      {isClamped && (
        <p className={styles.hint}>
          <InfoIcon aria-hidden />
          {isYear
            ? t`A month without a day ${form.dayOfMonth} uses its last day.`
            : t`Shorter months use their last day.`}
        </p>
      )}
      <div className={styles.option}>
        <label className={styles.radio}>
          <input type="radio" name="by" checked={form.by === 'weekday'} onChange={() => onChange({ by: 'weekday' })} />
          {t`On a weekday`}
        </label>
        {form.by === 'weekday' && (
          <div className={styles.selects}>
            <Select
              label={t`Which one`}
              isBoxed
              items={weekIndexes.map((value) => ({ value, label: i18n._(weekIndexLabels[value]) }))}
              value={form.index}
              onChange={(index) => onChange({ index })}
            />
            <Select
              label={t`Day`}
              isBoxed
              items={kinds}
              value={kind ?? 'other'}
              onChange={(key) => {
                const chosen = weekdaySets.find((one) => one.key === key);
                if (chosen !== undefined) onChange({ indexDays: chosen.days });
              }}
            />
          </div>
        )}
      </div>
    </fieldset>
  );
}

/** February in most years. */
function longest(month: number): number {
  return month === 2 ? 28 : [4, 6, 9, 11].includes(month) ? 30 : 31;
}
