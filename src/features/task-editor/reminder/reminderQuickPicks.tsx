import { useLingui } from '@lingui/react/macro';
import CalendarIcon from 'lucide-react/icons/calendar-check';
import ClockIcon from 'lucide-react/icons/clock';
import MoonIcon from 'lucide-react/icons/moon';
import SunriseIcon from 'lucide-react/icons/sunrise';
import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { useToday } from '../../../data/account/useTimeZone.ts';
import type { LocalDateTime, ReminderOption } from '../../../domain/task/reminderTimes.ts';
import { isDay } from '../../../domain/time/time.ts';
import quickPicks from '../../../ui/controls/quickPicks.module.css';
import { useDateLocale } from '../../../ui/dates/useDateLocale.ts';
import { timeLabel, weekdayLabel } from '../../../ui/labels/dateLabels.ts';
import styles from './reminderPanel.module.css';

const icons: Readonly<Record<ReminderOption['name'], ReactNode>> = {
  laterToday: <ClockIcon aria-hidden />,
  thisEvening: <MoonIcon aria-hidden />,
  tomorrow: <SunriseIcon aria-hidden />,
  onDueDay: <CalendarIcon aria-hidden />,
};

type Props = {
  options: readonly ReminderOption[];
  saved: LocalDateTime | null;
  onPick: (at: LocalDateTime) => void;
};

/** One button for each suggested time. */
export function ReminderQuickPicks({ options, saved, onPick }: Props) {
  const { t } = useLingui();
  const locale = useDateLocale();
  const { today } = useToday();
  const names: Record<ReminderOption['name'], string> = {
    laterToday: t`Later today`,
    thisEvening: t`This evening`,
    tomorrow: t`Tomorrow morning`,
    onDueDay: t`On the due date`,
  };
  const label = (at: LocalDateTime) => {
    const day = at.slice(0, 10);
    const time = timeLabel(at.slice(11), locale);
    return !isDay(day) || day === today ? time : `${weekdayLabel(day, locale)} ${time}`;
  };
  return (
    <div className={styles.picks}>
      {options.map(({ name, at }) => (
        <Button key={name} className={quickPicks.pick ?? ''} aria-pressed={at === saved} onPress={() => onPick(at)}>
          {icons[name]}
          {names[name]}
          <span className={quickPicks.when}>{label(at)}</span>
        </Button>
      ))}
    </div>
  );
}
