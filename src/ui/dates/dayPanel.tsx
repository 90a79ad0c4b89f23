import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import NextIcon from 'lucide-react/icons/arrow-right';
import NoneIcon from 'lucide-react/icons/ban';
import MonthIcon from 'lucide-react/icons/calendar-plus';
import SofaIcon from 'lucide-react/icons/sofa';
import SunIcon from 'lucide-react/icons/sun';
import SunriseIcon from 'lucide-react/icons/sunrise';
import { useEffect, useEffectEvent, useId, useRef, useState } from 'react';
import type { KeyboardEvent, ReactNode, Ref } from 'react';
import { Button } from 'react-aria-components/Button';
import { addDays, addMonths, daysBetween, isDay, startOfWeek, weekdayOf } from '../../domain/time/time.ts';
import { nextMonday } from '../../domain/time/weekdays.ts';
import type { Day } from '../../domain/time/time.ts';
import type * as Parser from '../../domain/naturalLanguage/parser.ts';
import { createLazyChunk } from '../../domain/async/lazyChunk.ts';
import { useLazyChunk } from '../loading/useLazyChunk.ts';
import { dayRange, longDay, shortDay } from '../labels/dateLabels.ts';
import { useIsPhone } from '../browser/mediaQueries.ts';
import { completeDay, dayNames } from './dayCompletion.ts';
import type { DayWord } from './dayCompletion.ts';
import type { DueCountsOf, StartDueRange } from './dayCalendar.tsx';
import { Shortcut } from '../keyboard/shortcut.tsx';
import { useDateLocale } from './useDateLocale.ts';
import quickPicks from '../controls/quickPicks.module.css';
import field from '../controls/textField.module.css';
import styles from './dayPanel.module.css';

const calendar = createLazyChunk(() => import('./dayCalendar.tsx'));
const parser = createLazyChunk(() => import('../../domain/naturalLanguage/parser.ts'));

/** Preloads the calendar and the parser when the browser is idle. */
export function PreloadDayPicker() {
  useLazyChunk(calendar, false);
  useLazyChunk(parser, false);
  return null;
}

/** The days that can be chosen. */
export type DayChoice = {
  label: string;
  /** Undefined when several tasks have different days. */
  value: Day | null | undefined;
  /** Today in the user's zone. */
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

/** Three ways to choose a day: text, suggested days and a month (docs/design.md#components). */
export function DayPanel(props: Props) {
  const { label, value, today, min, isRequired = false, range, loadOf, typed, onType, onChoose } = props;
  const { t } = useLingui();
  const locale = useDateLocale();
  const month = useLazyChunk(calendar, true);
  const isPhone = useIsPhone();
  const root = useRef<HTMLDivElement>(null);
  const text = useRef<HTMLInputElement>(null);
  const focusText = useEffectEvent(() => {
    // On a phone the keyboard on the screen would cover the days.
    if (!root.current?.contains(document.activeElement)) (isPhone ? root : text).current?.focus();
  });
  useEffect(() => focusText(), []);
  const isTooEarly = (day: Day | null) => day !== null && min !== undefined && day < min;
  const picks: readonly { day: Day | null; name: string; icon: ReactNode }[] = [
    { day: today, name: t`Today`, icon: <SunIcon aria-hidden /> },
    { day: addDays(today, 1), name: t`Tomorrow`, icon: <SunriseIcon aria-hidden /> },
    { day: weekendAfter(today), name: t`This weekend`, icon: <SofaIcon aria-hidden /> },
    {
      day: nextMonday(today),
      name: t`Next week`,
      icon: <NextIcon className="mirrored" aria-hidden />,
    },
    { day: addMonths(today, 1), name: t`In a month`, icon: <MonthIcon aria-hidden /> },
    ...(isRequired ? [] : [{ day: null, name: t`No date`, icon: <NoneIcon aria-hidden /> }]),
  ];
  /** Letters typed elsewhere go to the text field; ↓ in the field goes to the month. */
  function onKeyDown(event: KeyboardEvent) {
    const { key, target } = event;
    if (event.ctrlKey || event.metaKey || event.altKey || event.nativeEvent.isComposing) return;
    if (target === text.current) {
      if (key !== 'ArrowDown') return;
      event.preventDefault();
      root.current?.querySelector<HTMLElement>('[role="grid"] [tabindex="0"]')?.focus();
      return;
    }
    if (!/^[\p{L}\p{N}+]$/u.test(key)) return;
    event.preventDefault();
    event.stopPropagation();
    onType(typed + key);
    text.current?.focus();
  }
  return (
    <div ref={root} className={styles['panel']} tabIndex={-1} onKeyDownCapture={onKeyDown}>
      <DayText
        inputRef={text}
        label={label}
        today={today}
        typed={typed}
        onType={onType}
        picks={picks}
        isTooEarly={isTooEarly}
        onChoose={onChoose}
      />
      <div className={styles['picks']}>
        {picks.map(({ day, name, icon }) => (
          <Button
            key={name}
            className={`${quickPicks['pick']} ${styles['pick']}`}
            aria-pressed={day === value}
            isDisabled={isTooEarly(day)}
            onPress={() => onChoose(day)}
          >
            {icon}
            {name}
            {day !== null && (
              <span className={`${quickPicks['when']} ${styles['when']}`}>{shortDay(day, today, locale)}</span>
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
            range={range}
            loadOf={loadOf}
          />
        )}
        {month.state === 'failed' && (
          // The calendar did not load: the browser's own date field replaces it.
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

/** The next Saturday; on a weekend, that of the next week. */
function weekendAfter(today: Day): Day {
  const weekday = weekdayOf(today);
  const saturday = addDays(startOfWeek(today, 'monday'), 5);
  return weekday === 'saturday' || weekday === 'sunday' ? addDays(saturday, 7) : saturday;
}

type DayTextProps = Pick<Props, 'label' | 'today' | 'typed' | 'onType' | 'onChoose'> & {
  picks: readonly { name: string; day: Day | null }[];
  isTooEarly: (day: Day | null) => boolean;
  inputRef: Ref<HTMLInputElement>;
};

/** "fri", "in 3 weeks", "12 mars". Shows the parsed day while typing; Enter chooses it. */
function DayText({ inputRef, label, today, typed, picks, onType, isTooEarly, onChoose }: DayTextProps) {
  const { t } = useLingui();
  const locale = useDateLocale();
  const id = useId();
  const loaded = useLazyChunk(parser, typed !== '');
  const parsed =
    loaded.state === 'here' && typed.trim() !== ''
      ? loaded.part.parseDay(typed, { now: `${today}T12:00:00.000`, locale })
      : null;
  /** What a half-typed word begins, where it is no day itself. */
  const candidate = loaded.state === 'here' && parsed === null ? candidateOf(loaded.part) : null;
  const found = parsed?.day ?? candidate?.day ?? null;
  /** The other day that the words may mean. */
  const other = parsed?.other ?? null;
  const isValid = found !== null && !isTooEarly(found);
  const isUnreadable = loaded.state === 'here' && typed.trim() !== '' && !isValid;
  /** Text entered before the parser loaded: chosen once it has, unless it was changed. */
  const [entered, setEntered] = useState<string>();
  const chooseEntered = useEffectEvent(() => {
    if (isValid && entered === typed) onChoose(found);
  });
  useEffect(() => {
    if (loaded.state === 'here') chooseEntered();
  }, [loaded.state]);

  function candidateOf({ parseDay }: typeof Parser): DayWord<Day> | null {
    const words = [
      ...picks.flatMap(({ name, day }) => (day === null ? [] : [{ word: name, day }])),
      ...dayNames(locale).flatMap((word) => {
        const day = parseDay(word, { now: `${today}T12:00:00.000`, locale })?.day ?? null;
        return day === null ? [] : [{ word, day }];
      }),
    ];
    return completeDay(typed, words, locale);
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
    event.preventDefault();
    if (isValid) onChoose(found);
    else if (loaded.state === 'waiting') setEntered(typed);
  }

  return (
    <div className={styles['text']}>
      <div className={`${field['box']} ${styles['box']}`} data-invalid={isUnreadable || undefined}>
        <input
          ref={inputRef}
          className={field['input']}
          value={typed}
          aria-label={t`${label} in words`}
          aria-describedby={`${id}meaning`}
          placeholder={t`fri, in 3 weeks, 12 mar`}
          autoComplete="off"
          enterKeyHint="done"
          onChange={(event) => onType(event.target.value)}
          onKeyDown={onKeyDown}
        />
        <span id={`${id}meaning`} className={styles['parsedDay']}>
          {isValid && (
            <>
              {candidate !== null && <span dir="auto">{candidate.word}</span>}
              <span aria-hidden>{shortDay(found, today, locale)}</span>
              <span className="hidden-visually">{longDay(found, today, locale)}</span>
              <Shortcut keys="Enter" />
            </>
          )}
          {isUnreadable && (found === null ? t`No day yet` : t`Too early`)}
        </span>
      </div>
      {isValid && other !== null && !isTooEarly(other) && (
        <Button className={`${quickPicks['pick']} ${styles['other']}`} onPress={() => onChoose(other)}>
          {t`Or ${longDay(other, today, locale)}?`}
        </Button>
      )}
    </div>
  );
}
