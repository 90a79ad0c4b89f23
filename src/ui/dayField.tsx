import { useLingui } from '@lingui/react/macro';
import NoneIcon from 'lucide-react/icons/ban';
import CalendarIcon from 'lucide-react/icons/calendar';
import NextIcon from 'lucide-react/icons/arrow-right';
import SunIcon from 'lucide-react/icons/sun';
import SunriseIcon from 'lucide-react/icons/sunrise';
import { useId, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { addDays, isDay, startOfWeek } from '../domain/time.ts';
import type { Day } from '../domain/time.ts';
import { createChunk, useChunk } from './chunk.ts';
import { dayLabel, relativeDay, shortDay } from './dates.ts';
import { Dialog } from './dialog.tsx';
import { useDateLocale } from './locale.ts';
import { useIsPhone } from './media.ts';
import { Popover } from './popover.tsx';
import styles from './dayField.module.css';

const calendar = createChunk(() => import('./dayCalendar.tsx'));

export type DayFieldProps = {
  label: string;
  value: Day | null;
  onChange: (day: Day | null) => void;
  /** Today where the reader is. */
  today: Day;
  /** What is wrong and the way out. */
  error?: string | null | undefined;
  /** Days before it cannot be chosen. */
  min?: Day | undefined;
  /** `cell` is a third of the editor's date card: label, value, how far away. `field` stands in forms. */
  look?: 'field' | 'cell';
  /** Colour of the value, always beside words that say the same. */
  tone?: 'plain' | 'now' | 'late';
  isReadOnly?: boolean;
  isOpen?: boolean | undefined;
  onOpenChange?: ((isOpen: boolean) => void) | undefined;
};

/** A day or none. Pressing it opens quick picks and a month; choosing closes. */
export function DayField(props: DayFieldProps) {
  const { label, value, onChange, today, error, min, look = 'field', tone = 'plain', isReadOnly = false } = props;
  const { t } = useLingui();
  const locale = useDateLocale();
  const [isOpenHere, setIsOpenHere] = useState(false);
  const isOpen = props.isOpen ?? isOpenHere;
  const setIsOpen = props.onOpenChange ?? setIsOpenHere;
  const isPhone = useIsPhone();
  const trigger = useRef<HTMLButtonElement>(null);
  const id = useId();
  const isInvalid = error !== undefined && error !== null;

  const shown =
    value === null ? t`None` : look === 'cell' ? shortDay(value, today, locale) : dayLabel(value, today, locale);
  const valueText = (
    <span id={`${id}value`} className={`${styles['value']} ${value === null ? styles['none'] : styles[tone]}`}>
      {shown}
    </span>
  );

  const panel = (
    <Panel
      label={label}
      value={value}
      today={today}
      min={min}
      onChoose={(day) => {
        setIsOpen(false);
        if (day !== value) onChange(day);
      }}
    />
  );

  return (
    <div className={styles['field']}>
      {look === 'field' && (
        <span id={`${id}label`} className={styles['label']}>
          {label}
        </span>
      )}
      <Button
        ref={trigger}
        className={`${look === 'cell' ? styles['cell'] : styles['box']} ${isInvalid ? styles['invalid'] : ''}`}
        isDisabled={isReadOnly}
        aria-haspopup="dialog"
        aria-expanded={isOpen}
        aria-labelledby={look === 'field' ? `${id}label ${id}value` : undefined}
        aria-describedby={isInvalid ? `${id}error` : undefined}
        onPress={() => setIsOpen(true)}
      >
        {look === 'cell' ? (
          <>
            <span className={styles['name']}>{label}</span> {valueText}{' '}
            {value !== null && <span className={styles['away']}>{relativeDay(value, today, locale)}</span>}
          </>
        ) : (
          <>
            <CalendarIcon aria-hidden />
            {valueText}
          </>
        )}
      </Button>
      {isInvalid && (
        <p id={`${id}error`} className={styles['error']}>
          {error}
        </p>
      )}
      {isPhone ? (
        <Dialog title={label} isOpen={isOpen} onOpenChange={setIsOpen}>
          {panel}
        </Dialog>
      ) : (
        <Popover label={label} triggerRef={trigger} isOpen={isOpen} onOpenChange={setIsOpen}>
          {panel}
        </Popover>
      )}
      <Preload />
    </div>
  );
}

/** Fetches the month while nothing else happens, so that the first opening finds it here. */
function Preload() {
  useChunk(calendar, false);
  return null;
}

type PanelProps = Pick<DayFieldProps, 'label' | 'value' | 'today' | 'min'> & { onChoose: (day: Day | null) => void };

function Panel({ label, value, today, min, onChoose }: PanelProps) {
  const { t } = useLingui();
  const locale = useDateLocale();
  const month = useChunk(calendar, true);
  // The month takes the focus only when it was here from the start: arriving late it would pull it out of the reader's hand.
  const [wasHere] = useState(month.state === 'here');
  const tomorrow = addDays(today, 1);
  const nextWeek = addDays(startOfWeek(today, 'monday'), 7);
  const picks: readonly { day: Day | null; name: string; icon: ReactNode }[] = [
    { day: today, name: t`Today`, icon: <SunIcon aria-hidden /> },
    { day: tomorrow, name: t`Tomorrow`, icon: <SunriseIcon aria-hidden /> },
    { day: nextWeek, name: t`Next week`, icon: <NextIcon className="mirrored" aria-hidden /> },
    { day: null, name: t`No date`, icon: <NoneIcon aria-hidden /> },
  ];
  return (
    <div className={styles['panel']}>
      <div className={styles['picks']}>
        {picks.map(({ day, name, icon }) => (
          <Button
            key={name}
            className={styles['pick'] ?? ''}
            aria-pressed={day === value}
            isDisabled={day !== null && min !== undefined && day < min}
            onPress={() => onChoose(day)}
          >
            {icon}
            {name}
            {day !== null && <span className={styles['when']}>{shortDay(day, today, locale)}</span>}
          </Button>
        ))}
      </div>
      <div className={styles['month']}>
        {month.state === 'here' && (
          <month.part.DayCalendar
            label={label}
            value={value}
            today={today}
            min={min}
            onChange={onChoose}
            autoFocus={wasHere}
          />
        )}
        {month.state === 'failed' && (
          // Without the month (the network went before it came) the browser's own field does the same work.
          <input
            type="date"
            aria-label={label}
            defaultValue={value ?? ''}
            min={min}
            onChange={(event) => isDay(event.target.value) && onChoose(event.target.value)}
          />
        )}
      </div>
    </div>
  );
}
