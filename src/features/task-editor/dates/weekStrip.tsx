import { useLingui } from '@lingui/react/macro';
import { useEffect, useEffectEvent, useId, useRef, useState } from 'react';
import type { KeyboardEvent, PointerEvent } from 'react';
import { addDays, isDay, startOfWeek, weekdayOf } from '../../../domain/time/time.ts';
import type { Day } from '../../../domain/time/time.ts';
import type { TaskDates } from '../../../domain/time/startDueRules.ts';
import { weekendDays } from '../../../domain/time/weekdays.ts';
import { longDay, weekdayLabel } from '../../../ui/labels/dateLabels.ts';
import { useDateLocale } from '../../../ui/dates/useDateLocale.ts';
import { useIsPhone } from '../../../ui/browser/mediaQueries.ts';
import { firstWeekday } from '../../../ui/dates/firstWeekday.ts';
import { weekStripStart, weekStripStep } from './weekStripDays.ts';
import styles from './weekStrip.module.css';

type Field = 'start' | 'due';
type Props = { dates: TaskDates; today: Day; onPick: (field: Field, day: Day) => void };

/**
 * Two whole weeks under the dates (one on a phone): a press sets the due date, Shift the start, and either end can be
 * dragged. One tab stop; arrows move to other weeks (docs/design.md#components).
 */
export function WeekStrip({ dates, today, onPick }: Props) {
  const { t } = useLingui();
  const locale = useDateLocale();
  const help = useId();
  const length = useIsPhone() ? 7 : 14;
  const first = firstWeekday(locale);
  const home = weekStripStart(dates, { today, first, length });
  /** Where the arrows went; days that change lead back. */
  const [walk, setWalk] = useState<{ day: Day; of: string } | null>(null);
  const of = `${dates.start} ${dates.due} ${length}`;
  const walked = walk?.of === of ? walk.day : null;
  const isHome = walked === null || (walked >= home && walked < addDays(home, length));
  const from = isHome ? home : startOfWeek(walked, first);
  const days = Array.from({ length }, (_, at) => addDays(from, at));
  const stop = walked ?? days.find((day) => day === dates.due) ?? days.find((day) => day === today) ?? from;

  /** An end in hand, and the day it is over. */
  const [drag, setDrag] = useState<{ field: Field; over: Day } | null>(null);
  const held = drag === null ? dates : { ...dates, [drag.field]: drag.over };
  const root = useRef<HTMLDivElement>(null);
  const isWalking = useRef(false);
  const arrive = useEffectEvent((day: Day) => {
    if (isWalking.current) root.current?.querySelector<HTMLElement>(`[data-day="${day}"]`)?.focus();
    isWalking.current = false;
  });
  useEffect(() => arrive(stop), [stop]);

  function onKeyDown(event: KeyboardEvent) {
    const isRtl = root.current !== null && getComputedStyle(root.current).direction === 'rtl';
    const next = weekStripStep(event.key, stop, { first, isRtl });
    if (next === null || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    event.stopPropagation();
    // The first day of a week is its own Home: nothing will arrive there.
    isWalking.current = next !== stop;
    setWalk({ day: next, of });
  }
  function onPointerDown({ button, shiftKey, target }: PointerEvent) {
    const day = dayAt(target);
    if (button !== 0 || shiftKey || day === null || (day !== dates.due && day !== dates.start)) return;
    setDrag({ field: day === dates.due ? 'due' : 'start', over: day });
  }
  function onPointerMove({ buttons, clientX, clientY, currentTarget, pointerId }: PointerEvent<HTMLElement>) {
    if (drag === null) return;
    // Let go of where nothing told so.
    if (buttons === 0) return setDrag(null);
    const over = dayAt(document.elementFromPoint(clientX, clientY));
    if (over === null || over === drag.over) return;
    // Not before it moves: the click of a captured pointer would miss its day, and a press on the start is a due date too.
    currentTarget.setPointerCapture(pointerId);
    setDrag({ ...drag, over });
  }
  function onDrop() {
    if (drag === null) return;
    setDrag(null);
    if (drag.over !== dates[drag.field]) onPick(drag.field, drag.over);
  }

  const isIn = (day: Day) => held.start !== null && held.due !== null && day >= held.start && day <= held.due;
  const nameOf = (day: Day) => {
    const name = longDay(day, today, locale);
    if (day === dates.due) return day === dates.start ? t`${name}, start and due date` : t`${name}, due date`;
    return day === dates.start ? t`${name}, start` : name;
  };
  return (
    <div role="toolbar" aria-label={t`Weeks`} aria-describedby={help}>
      <span id={help} className="hidden-visually">
        {t`A press sets the due date, with Shift the start.`}
      </span>
      <div
        ref={root}
        role="presentation"
        className={styles.strip}
        data-dragging={drag !== null || undefined}
        onKeyDown={onKeyDown}
        onPointerDown={onPointerDown}
        onPointerMove={onPointerMove}
        onPointerUp={onDrop}
        onPointerCancel={() => setDrag(null)}
      >
        {days.map((day) => (
          <button
            key={day}
            type="button"
            className={styles.day}
            data-day={day}
            data-today={day === today || undefined}
            data-weekend={weekendDays.includes(weekdayOf(day)) || undefined}
            data-in={isIn(day) || undefined}
            data-start={(isIn(day) && day === held.start) || undefined}
            data-due={day === held.due || undefined}
            tabIndex={day === stop ? 0 : -1}
            aria-label={nameOf(day)}
            aria-pressed={day === dates.due}
            aria-current={day === today ? 'date' : undefined}
            onClick={({ shiftKey }) => onPick(shiftKey ? 'start' : 'due', day)}
          >
            {/* Drawn, not written: the name of the button begins with the whole word. */}
            <span className={styles.name} data-initial={initialOf(weekdayLabel(day, locale))} aria-hidden />
            <span className={styles.number}>{Number(day.slice(8))}</span>
          </button>
        ))}
      </div>
    </div>
  );
}

function dayAt(target: EventTarget | null): Day | null {
  const day = target instanceof Element ? target.closest('[data-day]')?.getAttribute('data-day') : null;
  return typeof day === 'string' && isDay(day) ? day : null;
}

/** The first letter, whatever the script makes it of. */
function initialOf(name: string): string {
  return new Intl.Segmenter().segment(name)[Symbol.iterator]().next().value?.segment ?? '';
}
