import { useLingui } from '@lingui/react/macro';
import { useToday } from '../../../data/account/useTimeZone.ts';
import { previewRecurrence } from '../../../domain/recurrence/recurrencePreview.ts';
import type { Recurrence } from '../../../domain/task/task.ts';
import { addDays, addMonths, daysInMonth, startOfWeek, toDay } from '../../../domain/time/time.ts';
import type { Day } from '../../../domain/time/time.ts';
import { relativeDay, shortDay } from '../../../ui/labels/dateLabels.ts';
import { useDateLocale } from '../../../ui/dates/useDateLocale.ts';
import { monthLabel, recurrenceSentence, shortWeekday } from '../../../ui/labels/recurrenceLabels.ts';
import { firstWeekday } from '../../../ui/dates/firstWeekday.ts';
import { weekdaysFrom } from '../../../domain/time/weekdays.ts';
import type { RepeatForm } from './repeatForm.ts';
import styles from './repeatPreview.module.css';

const shownDates = 5;

/** What the rule gives: in words, in two months, and its next dates. From the one engine, as they will come. */
export function RepeatPreview({ rule, form }: { rule: Recurrence | null; form: RepeatForm }) {
  const { t, i18n } = useLingui();
  const locale = useDateLocale();
  const { today } = useToday();
  const preview = rule === null ? null : previewRecurrence(rule, shownDates);
  const first = preview?.days[0] ?? form.start;
  const { more = 0, last = null } = preview ?? {};
  const isLastHidden = last !== null && preview !== null && !preview.days.includes(last);
  return (
    <section className={styles.preview} aria-label={t`Preview`}>
      <h3 className={styles.sentence}>
        {rule === null ? t`No dates yet` : recurrenceSentence(i18n, rule, { today, locale })}
      </h3>
      <div className={styles.months} aria-hidden>
        <Month of={first} marked={preview?.days ?? []} today={today} />
        <Month of={addMonths(toDay(`${first.slice(0, 8)}01`), 1)} marked={preview?.days ?? []} today={today} />
      </div>
      {preview !== null && (
        <>
          <h4 className={styles.heading} id="repeat-next">{t`Next dates`}</h4>
          <ul className={styles.dates} aria-labelledby="repeat-next">
            {preview.days.map((day) => (
              <li key={day}>
                <span>{shortDay(day, today, locale)}</span>
                <span className={styles.away}>
                  {day === last ? t`the last one` : relativeDay(day, today, locale).toLocaleLowerCase(locale)}
                </span>
              </li>
            ))}
            {isLastHidden && more !== null && more > 1 && <li className={styles.more}>{t`${more - 1} more`}</li>}
            {isLastHidden && (
              <li>
                <span>{shortDay(last, today, locale)}</span>
                <span className={styles.away}>{t`the last one`}</span>
              </li>
            )}
          </ul>
        </>
      )}
    </section>
  );
}

/** One small month. The dates stand in words below it: this is for the eye. */
function Month({ of, marked, today }: { of: Day; marked: readonly Day[]; today: Day }) {
  const locale = useDateLocale();
  const [year, month] = [Number(of.slice(0, 4)), Number(of.slice(5, 7))];
  const opens = toDay(`${of.slice(0, 8)}01`);
  const first = firstWeekday(locale);
  const from = startOfWeek(opens, first);
  const closes = addDays(opens, daysInMonth(year, month) - 1);
  const cells = Array.from({ length: 42 }, (_, at) => addDays(from, at)).filter(
    (day, at) => day <= closes || at % 7 !== 0,
  );
  return (
    <div>
      <span className={styles.name}>{monthLabel(month, locale)}</span>
      <div className={styles.grid}>
        {weekdaysFrom(first).map((day) => (
          <span key={day} className={styles.weekday}>
            {shortWeekday(day, locale).charAt(0)}
          </span>
        ))}
        {cells.map((day) =>
          day < opens || day > closes ? (
            <span key={day} />
          ) : (
            <span
              key={day}
              className={styles.day}
              data-marked={marked.includes(day) || undefined}
              data-today={day === today || undefined}
            >
              {Number(day.slice(8))}
            </span>
          ),
        )}
      </div>
    </div>
  );
}
