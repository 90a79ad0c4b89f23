import { useLingui } from '@lingui/react/macro';
import { useToday } from '../../../data/account/useTimeZone.ts';
import type { LocalDateTime } from '../../../domain/task/reminderTimes.ts';
import { instantOf, localOf, toDay } from '../../../domain/time/time.ts';
import { useDateLocale } from '../../../ui/dates/useDateLocale.ts';
import { dayLabel, timeLabel } from '../../../ui/labels/dateLabels.ts';
import styles from './reminderPanel.module.css';

type Props = {
  /** Null while the time is incomplete. */
  at: LocalDateTime | null;
  zone: string;
  /** Another zone that matters to the person, if there is one. */
  otherZone: string | undefined;
};

/** What the chosen time is in another zone, and when it falls into the hour that a clock change skips. */
export function ReminderZoneNotes({ at, zone, otherZone: other }: Props) {
  const { t } = useLingui();
  const locale = useDateLocale();
  const { today } = useToday();
  const instant = at === null ? null : instantOf({ local: `${at}:00.000`, zone });
  const rings = instant === null ? null : localOf(instant, zone).slice(0, 16);
  const isSkipped = rings !== null && rings !== at;
  return (
    <>
      <p className={styles.note} role="status">
        {isSkipped && t`The clocks go forward over this time: it rings at ${timeLabel(rings.slice(11), locale)}.`}
      </p>
      <p className={styles.note}>
        {other !== undefined && instant !== null
          ? t`That is ${dayLabel(toDay(localOf(instant, other)), today, locale)}, ${timeLabel(
              localOf(instant, other).slice(11),
              locale,
            )} in ${other.replaceAll('_', ' ')}.`
          : t`In ${zone.replaceAll('_', ' ')} time, wherever you are.`}
      </p>
    </>
  );
}
