import { useLingui } from '@lingui/react/macro';
import CalendarIcon from 'lucide-react/icons/calendar-check';
import ClockIcon from 'lucide-react/icons/clock';
import MoonIcon from 'lucide-react/icons/moon';
import SunriseIcon from 'lucide-react/icons/sunrise';
import XIcon from 'lucide-react/icons/x';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import type { ReactNode } from 'react';
import { Button as AriaButton } from 'react-aria-components/Button';
import { useDeps } from '../../../data/dataProvider.tsx';
import { useBrowserZone, useToday } from '../../../data/account/useTimeZone.ts';
import { reminderOptions } from '../../../domain/task/reminderTimes.ts';
import type { ReminderOption, LocalDateTime } from '../../../domain/task/reminderTimes.ts';
import type { Task, TaskPatch } from '../../../domain/task/task.ts';
import { canonicalZone, instantOf, isDay, localOf, toDay } from '../../../domain/time/time.ts';
import type { Day } from '../../../domain/time/time.ts';
import { Button } from '../../../ui/controls/button.tsx';
import { dayLabel, timeLabel, weekdayLabel } from '../../../ui/labels/dateLabels.ts';
import { DayField } from '../../../ui/dates/dayField.tsx';
import { useDateLocale } from '../../../ui/dates/useDateLocale.ts';
import shared from '../../../ui/controls/quickPicks.module.css';
import { Select } from '../../../ui/controls/select.tsx';
import { TimeField } from '../../../ui/dates/timeField.tsx';
import { reminderZones } from './reminderZones.ts';
import styles from './reminderPanel.module.css';

type Props = {
  task: Task;
  due: Day | null;
  onChange: (patch: TaskPatch) => void;
  onClose: () => void;
};

const icons: Readonly<Record<ReminderOption['name'], ReactNode>> = {
  laterToday: <ClockIcon aria-hidden />,
  thisEvening: <MoonIcon aria-hidden />,
  tomorrow: <SunriseIcon aria-hidden />,
  onDueDay: <CalendarIcon aria-hidden />,
};

/** Quick picks, then a day and a time in a zone. What stands in the fields is saved when they are left, however that is. */
export function ReminderPanel({ task, due, onChange, onClose }: Props) {
  const { t } = useLingui();
  const locale = useDateLocale();
  const { today, zone: mailboxZone } = useToday();
  const here = useBrowserZone();
  const { clock } = useDeps();
  const named = task.recurrence?.range.zone;
  const zones = reminderZones(mailboxZone, here, named === undefined ? undefined : canonicalZone(named));
  const [zone, setZone] = useState(mailboxZone);
  const saved = task.isReminderOn && task.reminder !== null ? localOf(task.reminder, zone).slice(0, 16) : null;
  const [now] = useState(() => clock.now());
  const picks = reminderOptions(localOf(now, zone), due);
  const names: Record<ReminderOption['name'], string> = {
    laterToday: t`Later today`,
    thisEvening: t`This evening`,
    tomorrow: t`Tomorrow morning`,
    onDueDay: t`On the due day`,
  };

  const fresh = picks.find(({ name }) => name === (due === null ? 'tomorrow' : 'onDueDay')) ?? picks.at(-1);
  const [typed, setTyped] = useState<{ day: Day; time: string } | null>(null);
  const shown = typed ?? partsOf(saved ?? fresh?.at ?? `${today}T09:00`);
  const isBroken = typed !== null && !/^\d\d:\d\d$/.test(typed.time);

  /** The last of the fields' values that was handed on: closing right after a blur must not make the change twice. */
  const handed = useRef('');
  function put(at: LocalDateTime) {
    if (at === saved || handed.current === `${at} ${zone}`) return;
    handed.current = `${at} ${zone}`;
    onChange({ reminder: { local: `${at}:00.000`, zone }, isReminderOn: true });
  }
  function keep() {
    if (typed !== null && !isBroken && `${typed.day}T${typed.time}` !== saved) put(`${typed.day}T${typed.time}`);
  }
  // Escape and a press outside save too.
  const onLeave = useEffectEvent(keep);
  useEffect(() => () => onLeave(), []);

  function pick(at: LocalDateTime) {
    setTyped(null);
    put(at);
    onClose();
  }

  const other = zones.find((one) => one !== zone);
  const at = isBroken ? null : instantOf({ local: `${shown.day}T${shown.time}:00.000`, zone });
  /** A clock that goes forward leaves an hour out. */
  const rings = at === null ? null : localOf(at, zone).slice(0, 16);
  const isLeftOut = rings !== null && rings !== `${shown.day}T${shown.time}`;
  const whenOf = (time: LocalDateTime) => {
    const day = time.slice(0, 10);
    const clockText = timeLabel(time.slice(11), locale);
    return !isDay(day) || day === today ? clockText : `${weekdayLabel(day, locale)} ${clockText}`;
  };
  return (
    <div className={styles.panel}>
      <div className={styles.picks}>
        {picks.map(({ name, at: time }) => (
          <AriaButton key={name} className={shared.pick ?? ''} aria-pressed={time === saved} onPress={() => pick(time)}>
            {icons[name]}
            {names[name]}
            <span className={shared.when}>{whenOf(time)}</span>
          </AriaButton>
        ))}
      </div>
      <div className={styles.fields}>
        <DayField
          label={t`Day`}
          value={shown.day}
          today={today}
          isRequired
          onChange={(day) => {
            if (day === null) return;
            setTyped({ ...shown, day });
            if (/^\d\d:\d\d$/.test(shown.time)) put(`${day}T${shown.time}`);
          }}
        />
        <TimeField
          label={t`Time`}
          value={shown.time}
          error={isBroken ? t`Type a whole time.` : null}
          onChange={(time) => setTyped({ ...shown, time })}
          onBlur={keep}
          onEnter={() => {
            if (isBroken) return;
            keep();
            onClose();
          }}
        />
      </div>
      {zones.length > 1 && (
        <div className={styles.zone}>
          <Select
            label={t`In the time of`}
            isBoxed
            items={zones.map((value) => ({ value, label: value.replaceAll('_', ' ') }))}
            value={zone}
            onChange={(next) => {
              setTyped(null);
              setZone(next);
            }}
          />
        </div>
      )}
      <p className={styles.note} role="status">
        {isLeftOut && t`The clocks go forward over this time: it rings at ${timeLabel(rings.slice(11), locale)}.`}
      </p>
      <p className={styles.note}>
        {other !== undefined && at !== null
          ? t`That is ${dayLabel(toDay(localOf(at, other)), today, locale)}, ${timeLabel(
              localOf(at, other).slice(11),
              locale,
            )} in ${other.replaceAll('_', ' ')}.`
          : t`In ${zone.replaceAll('_', ' ')} time, wherever you are.`}
      </p>
      <div className={styles.foot}>
        {saved !== null && (
          <Button
            variant="quiet"
            icon={<XIcon aria-hidden />}
            onPress={() => {
              setTyped(null);
              onChange({ isReminderOn: false });
              onClose();
            }}
          >{t`No reminder`}</Button>
        )}
        <Button
          variant="primary"
          className={styles.done}
          isDisabled={isBroken}
          onPress={() => {
            // Done on what is offered takes it.
            put(`${shown.day}T${shown.time}`);
            onClose();
          }}
        >{t`Done`}</Button>
      </div>
    </div>
  );
}

function partsOf(at: LocalDateTime): { day: Day; time: string } {
  return { day: toDay(at), time: at.slice(11, 16) };
}
