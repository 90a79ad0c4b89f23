import { parseDate } from '@internationalized/date';
import { useLingui } from '@lingui/react/macro';
import BackIcon from 'lucide-react/icons/chevron-left';
import ForwardIcon from 'lucide-react/icons/chevron-right';
import {
  Button,
  Calendar,
  CalendarCell,
  CalendarGrid,
  CalendarGridBody,
  CalendarGridHeader,
} from 'react-aria-components/Calendar';
import { CalendarHeaderCell, CalendarHeading } from 'react-aria-components/Calendar';
import { isDay } from '../domain/time.ts';
import type { Day } from '../domain/time.ts';
import { buttonClass } from './button.tsx';
import buttons from './button.module.css';
import styles from './dayCalendar.module.css';

export type DayCalendarProps = {
  label: string;
  value: Day | null;
  onChange: (day: Day) => void;
  today: Day;
  min?: Day | undefined;
  autoFocus?: boolean;
};

/**
 * One month. Arrows move by day, Page Up and Down by month, Enter takes. A chunk of its own: import it through dayField.tsx.
 * The picker's own date type ends here; outside it is a `Day`.
 */
export function DayCalendar({ label, value, onChange, today, min, autoFocus = false }: DayCalendarProps) {
  const { t } = useLingui();
  const step = `${buttonClass('quiet')} ${buttons['icon']}`;
  return (
    <Calendar
      aria-label={label}
      className={styles['calendar'] ?? ''}
      value={value === null ? null : parseDate(value)}
      defaultFocusedValue={parseDate(value ?? today)}
      minValue={min === undefined ? null : parseDate(min)}
      autoFocus={autoFocus}
      onChange={(date) => {
        const day = date.toString();
        if (isDay(day)) onChange(day);
      }}
    >
      <div className={styles['head']}>
        <CalendarHeading className={styles['month'] ?? ''} />
        <Button slot="previous" className={step} aria-label={t`Previous month`}>
          <BackIcon className="mirrored" aria-hidden />
        </Button>
        <Button slot="next" className={step} aria-label={t`Next month`}>
          <ForwardIcon className="mirrored" aria-hidden />
        </Button>
      </div>
      <CalendarGrid className={styles['grid'] ?? ''} weekdayStyle="short">
        <CalendarGridHeader>{(name) => <CalendarHeaderCell>{name}</CalendarHeaderCell>}</CalendarGridHeader>
        <CalendarGridBody>
          {(date) => (
            <CalendarCell
              date={date}
              className={`${styles['day']} ${date.toString() === today ? styles['today'] : ''}`}
            />
          )}
        </CalendarGridBody>
      </CalendarGrid>
    </Calendar>
  );
}
