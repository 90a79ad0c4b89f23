import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import NextIcon from 'lucide-react/icons/arrow-right';
import NoneIcon from 'lucide-react/icons/ban';
import MonthIcon from 'lucide-react/icons/calendar-plus';
import SofaIcon from 'lucide-react/icons/sofa';
import SunIcon from 'lucide-react/icons/sun';
import SunriseIcon from 'lucide-react/icons/sunrise';
import { useEffect, useEffectEvent, useId, useRef, useState } from 'react';
import type { FocusEvent, KeyboardEvent, ReactNode, Ref } from 'react';
import { Button } from 'react-aria-components/Button';
import { addDays, addMonths, daysBetween, isDay, startOfWeek, weekdayOf } from '../../domain/time/time.ts';
import type { Day } from '../../domain/time/time.ts';
import { createLazyChunk, useLazyChunk } from '../loading/lazyChunk.ts';
import { dayRange, longDay, shortDay } from '../labels/dateLabels.ts';
import type { DueCountsOf, StartDueRange } from './dayCalendar.tsx';
import { Shortcut } from '../keyboard/shortcut.tsx';
import { useDateLocale } from './useDateLocale.ts';
import shared from '../controls/quickPicks.module.css';
import styles from './dayPanel.module.css';

const calendar = createLazyChunk(() => import('./dayCalendar.tsx'));
const words = createLazyChunk(() => import('./dayParser.ts'));

/** Fetches the month and the reader of words while nothing else happens, so that the first opening finds them here. */
export function PreloadDayPicker() {
  useLazyChunk(calendar, false);
  useLazyChunk(words, false);
  return null;
}

/** Which days can be chosen, and what is known of them. */
export type DayChoice = {
  label: string;
  /** Undefined where the tasks it speaks of differ. */
  value: Day | null | undefined;
  /** Today where the reader is. */
  today: Day;
  /** Days before it cannot be chosen. */
  min?: Day | undefined;
  /** A day must be chosen: "no date" is not offered. */
  isRequired?: boolean;
  range?: StartDueRange | undefined;
  loadOf?: DueCountsOf | undefined;
};

type Props = DayChoice & {
  typed: string;
  onType: (text: string) => void;
  onChoose: (day: Day | null) => void;
};

/** Three ways to one day: words, quick picks, the month (docs/design.md#components). */
export function DayPanel(props: Props) {
  const { label, value, today, min, isRequired = false, range, loadOf, typed, onType, onChoose } = props;
  const { t } = useLingui();
  const locale = useDateLocale();
  const month = useLazyChunk(calendar, true);
  // A month that arrives late takes the focus only from the panel, where it rests until then: nobody has gone anywhere.
  const [isResting, setIsResting] = useState(true);
  const root = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // On the dialog around the panel the first letters would be lost.
    if (!root.current?.contains(document.activeElement)) root.current?.focus();
  }, []);
  const isTooEarly = (day: Day | null) => day !== null && min !== undefined && day < min;
  const picks: readonly { day: Day | null; name: string; icon: ReactNode }[] = [
    { day: today, name: t`Today`, icon: <SunIcon aria-hidden /> },
    { day: addDays(today, 1), name: t`Tomorrow`, icon: <SunriseIcon aria-hidden /> },
    { day: weekendAfter(today), name: t`This weekend`, icon: <SofaIcon aria-hidden /> },
    {
      day: addDays(startOfWeek(today, 'monday'), 7),
      name: t`Next week`,
      icon: <NextIcon className="mirrored" aria-hidden />,
    },
    { day: addMonths(today, 1), name: t`In a month`, icon: <MonthIcon aria-hidden /> },
    ...(isRequired ? [] : [{ day: null, name: t`No date`, icon: <NoneIcon aria-hidden /> }]),
  ];
  const text = useRef<HTMLInputElement>(null);
  /** The month takes the focus a moment after it is drawn; whoever is in the field by then stays there. */
  const isMonthDue = useRef(true);
  const isInText = useRef(false);
  function onFocus({ target, currentTarget }: FocusEvent) {
    setIsResting(target === currentTarget);
    if (target === text.current) isInText.current = true;
    if (!isMonthDue.current || target.closest('[role="grid"]') === null) return;
    isMonthDue.current = false;
    if (isInText.current) text.current?.focus();
  }
  /** Letters typed over the month go into the field: "fri" needs no Tab. */
  function onKeyDown(event: KeyboardEvent) {
    const { key, target } = event;
    if (key === 'Tab' || key.startsWith('Arrow')) isMonthDue.current = false;
    if (target === text.current || !/^[\p{L}\p{N}+]$/u.test(key)) return;
    if (event.ctrlKey || event.metaKey || event.altKey || event.nativeEvent.isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    onType(typed + key);
    text.current?.focus();
  }
  return (
    <div
      ref={root}
      className={styles['panel']}
      tabIndex={-1}
      onKeyDownCapture={onKeyDown}
      onPointerDownCapture={() => (isMonthDue.current = false)}
      onFocusCapture={onFocus}
    >
      <DayText
        inputRef={text}
        label={label}
        today={today}
        typed={typed}
        onType={onType}
        isTooEarly={isTooEarly}
        onChoose={onChoose}
      />
      <div className={styles['picks']}>
        {picks.map(({ day, name, icon }) => (
          <Button
            key={name}
            className={`${shared['pick']} ${styles['pick']}`}
            aria-pressed={day === value}
            isDisabled={isTooEarly(day)}
            onPress={() => onChoose(day)}
          >
            {icon}
            {name}
            {day !== null && (
              <span className={`${shared['when']} ${styles['when']}`}>{shortDay(day, today, locale)}</span>
            )}
          </Button>
        ))}
      </div>
      <div className={styles['month']}>
        {month.state === 'here' && (
          <month.part.DayCalendar
            label={label}
            value={value ?? null}
            today={today}
            min={min}
            onChange={onChoose}
            autoFocus={isResting && typed === ''}
            range={range}
            loadOf={loadOf}
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
      {range !== undefined && range.start !== null && range.due !== null && range.start < range.due && (
        <p className={styles['sentence']}>
          {t`${plural(daysBetween(range.start, range.due) + 1, { one: '# day', other: '# days' })}, ${dayRange(range.start, range.due, today, locale)}`}
        </p>
      )}
    </div>
  );
}

/** Saturday; on a weekend the next one, because "this" is over before a task is done. */
function weekendAfter(today: Day): Day {
  const weekday = weekdayOf(today);
  const saturday = addDays(startOfWeek(today, 'monday'), 5);
  return weekday === 'saturday' || weekday === 'sunday' ? addDays(saturday, 7) : saturday;
}

type DayTextProps = Pick<Props, 'label' | 'today' | 'typed' | 'onType' | 'onChoose'> & {
  isTooEarly: (day: Day | null) => boolean;
  inputRef: Ref<HTMLInputElement>;
};

/** "fri", "in 3 weeks", "12 mars". What the words mean is said while they are typed; Enter takes it. */
function DayText({ inputRef, label, today, typed, onType, isTooEarly, onChoose }: DayTextProps) {
  const { t } = useLingui();
  const locale = useDateLocale();
  const id = useId();
  const reader = useLazyChunk(words, typed !== '');
  const found =
    reader.state === 'here' && typed.trim() !== ''
      ? (reader.part.parseDay(typed, { now: `${today}T12:00:00.000`, locale })?.day ?? null)
      : null;
  const isRead = found !== null && !isTooEarly(found);
  const isPuzzling = reader.state === 'here' && typed.trim() !== '' && !isRead;
  /** Entered before the reader of words was here: taken as soon as it is, unless something else is typed. */
  const [entered, setEntered] = useState<string>();
  const chooseLate = useEffectEvent(() => {
    if (isRead && entered === typed) onChoose(found);
  });
  useEffect(() => {
    if (reader.state === 'here') chooseLate();
  }, [reader.state]);

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
    event.preventDefault();
    if (isRead) onChoose(found);
    else if (reader.state === 'waiting') setEntered(typed);
  }

  return (
    <div className={styles['text']}>
      <div className={styles['box']} data-invalid={isPuzzling || undefined}>
        <input
          ref={inputRef}
          className={styles['input']}
          value={typed}
          aria-label={t`${label} in words`}
          aria-describedby={`${id}meaning`}
          placeholder={t`fri, in 3 weeks, 12 mar`}
          autoComplete="off"
          enterKeyHint="done"
          onChange={(event) => onType(event.target.value)}
          onKeyDown={onKeyDown}
        />
        <span id={`${id}meaning`} className={styles['meaning']}>
          {isRead && (
            <>
              <span aria-hidden>{shortDay(found, today, locale)}</span>
              <span className="hidden-visually">{longDay(found, today, locale)}</span>
              <Shortcut keys="Enter" />
            </>
          )}
          {isPuzzling && (found === null ? t`No day yet` : t`Too early`)}
        </span>
      </div>
    </div>
  );
}
