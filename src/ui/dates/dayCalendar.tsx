import { parseDate } from '@internationalized/date';
import type { DateValue } from '@internationalized/date';
import { useLingui } from '@lingui/react/macro';
import BackIcon from 'lucide-react/icons/chevron-left';
import ForwardIcon from 'lucide-react/icons/chevron-right';
import { useMemo, useState } from 'react';
import type { MouseEvent } from 'react';
import {
  Button,
  Calendar,
  CalendarCell,
  CalendarGrid,
  CalendarGridBody,
  CalendarGridHeader,
} from 'react-aria-components/Calendar';
import { CalendarHeaderCell, CalendarHeading } from 'react-aria-components/Calendar';
import { addDays, toDay, isDay, weekdayOf } from '../../domain/time/time.ts';
import type { Day } from '../../domain/time/time.ts';
import { weekNumber } from '../../domain/time/weekdays.ts';
import { buttonClass } from '../controls/button.tsx';
import buttons from '../controls/button.module.css';
import { useDateLocale } from './useDateLocale.ts';
import { firstWeekday } from './firstWeekday.ts';
import styles from './dayCalendar.module.css';

export type DayCalendarProps = {
  label: string;
  value: Day | null;
  onChange: (day: Day) => void;
  today: Day;
  min?: Day | undefined;
  /** The days from start to due date are tinted. */
  range?: StartDueRange | undefined;
  /** How many tasks are due on each day, drawn as dots. */
  loadOf?: DueCountsOf | undefined;
};

export type StartDueRange = { start: Day | null; due: Day | null };
export type DueCountsOf = (first: Day, last: Day) => ReadonlyMap<Day, number>;

/** More dots could not be counted at a glance. */
const maxDots = 3;

/**
 * One month. Arrow keys move by day, Page Up and Down by month, Enter selects. A lazy chunk: use it through
 * dayField.tsx. React Aria's date type is internal; the interface uses `Day`.
 */
export function DayCalendar({ label, value, onChange, today, min, range, loadOf }: DayCalendarProps) {
  const { t } = useLingui();
  const locale = useDateLocale();
  const [focused, setFocused] = useState<DateValue>(() => parseDate(value ?? today));
  const month = focused.toString().slice(0, 7);
  // Weeks are numbered where they begin on Monday; other regions do not number them.
  const first = firstWeekday(locale);
  const isNumbered = first === 'monday';
  const load = useMemo(
    // The month and the visible days of the months before and after.
    () => loadOf?.(addDays(toDay(`${month}-01`), -6), addDays(toDay(`${month}-28`), 16)),
    // Counted once for each month shown.
    [loadOf, month],
  );
  /** Days of the neighbouring months: React Aria shows them, but only the arrow keys lead to them. */
  function chooseOutside({ target }: MouseEvent) {
    const cell = target instanceof Element ? target.closest('[data-outside-month]') : null;
    const day = cell?.querySelector('[data-day]')?.getAttribute('data-day');
    if (typeof day === 'string' && isDay(day) && (min === undefined || day >= min)) onChange(day);
  }
  const stepClass = `${buttonClass('quiet')} ${buttons['icon']}`;
  return (
    <Calendar
      aria-label={label}
      className={`${styles['calendar']} ${isNumbered ? styles['numbered'] : ''}`}
      value={value === null ? null : parseDate(value)}
      focusedValue={focused}
      onFocusChange={setFocused}
      minValue={min === undefined ? null : parseDate(min)}
      onChange={(date) => {
        const day = date.toString();
        if (isDay(day)) onChange(day);
      }}
    >
      <div className={styles['head']}>
        <CalendarHeading className={styles['month'] ?? ''} />
        <Button slot="previous" className={stepClass} aria-label={t`Previous month`}>
          <BackIcon className="mirrored" aria-hidden />
        </Button>
        <Button
          slot={null}
          className={buttonClass('quiet')}
          onPress={() => setFocused(parseDate(today))}
        >{t`Today`}</Button>
        <Button slot="next" className={stepClass} aria-label={t`Next month`}>
          <ForwardIcon className="mirrored" aria-hidden />
        </Button>
      </div>
      <div role="presentation" className={styles['days']} onClick={chooseOutside}>
        <CalendarGrid className={styles['grid'] ?? ''} weekdayStyle="short">
          <CalendarGridHeader>{(name) => <CalendarHeaderCell>{name}</CalendarHeaderCell>}</CalendarGridHeader>
          <CalendarGridBody>
            {(date) => {
              const day = toDay(date.toString());
              const dots = Math.min(maxDots, load?.get(day) ?? 0);
              return (
                <CalendarCell
                  date={date}
                  className={`${styles['day']} ${day === today ? styles['today'] : ''} ${isBetween(day, range) ? styles['inRange'] : ''}`}
                >
                  {({ formattedDate }) => (
                    <>
                      {isNumbered && weekdayOf(day) === first && (
                        <span className={styles['week']} data-number={weekNumber(day)} aria-hidden />
                      )}
                      <span data-day={day}>{formattedDate}</span>
                      {dots > 0 && <span className={styles['dots']} data-count={dots} aria-hidden />}
                    </>
                  )}
                </CalendarCell>
              );
            }}
          </CalendarGridBody>
        </CalendarGrid>
      </div>
    </Calendar>
  );
}

function isBetween(day: Day, range: StartDueRange | undefined): boolean {
  if (range === undefined || range.start === null || range.due === null) return false;
  return day >= range.start && day <= range.due;
}
