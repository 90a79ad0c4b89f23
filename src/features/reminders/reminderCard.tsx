import { useLingui } from '@lingui/react/macro';
import AlarmIcon from 'lucide-react/icons/alarm-clock';
import BellIcon from 'lucide-react/icons/bell-ring';
import CheckIcon from 'lucide-react/icons/check';
import XIcon from 'lucide-react/icons/x';
import { useId, useRef, useState } from 'react';
import { useToday } from '../../data/account/useTimeZone.ts';
import { snoozeOptions } from '../../domain/task/reminderTimes.ts';
import type { Task } from '../../domain/task/task.ts';
import { dateOf } from '../../domain/time/time.ts';
import { Button, IconButton } from '../../ui/controls/button.tsx';
import { clockLabel, dayLabel } from '../../ui/labels/dateLabels.ts';
import { useDateLocale } from '../../ui/dates/useDateLocale.ts';
import { useIsPhone } from '../../ui/browser/mediaQueries.ts';
import { MenuPopover } from '../../ui/overlays/menu.tsx';
import { truncateName } from '../../ui/labels/truncateName.ts';
import type { ReminderActions } from './useReminderActions.ts';
import styles from './reminderBanner.module.css';

/** One due reminder: its task, its time, and the commands complete, snooze and dismiss. */
export function ReminderCard({ task, actions }: { task: Task; actions: ReminderActions }) {
  const { t } = useLingui();
  const locale = useDateLocale();
  const { today, zone } = useToday();
  const isPhone = useIsPhone();
  const [isSnoozing, setIsSnoozing] = useState(false);
  const snooze = useRef<HTMLButtonElement>(null);
  const id = useId();
  const at = task.reminder ?? '';
  const day = dateOf(at, zone);
  const time = clockLabel(at, zone, locale);
  const snoozeLabels = { tenMinutes: t`10 minutes`, oneHour: t`1 hour`, tomorrow: t`Tomorrow 9:00` };
  const snoozeButton = {
    ref: snooze,
    'aria-haspopup': 'menu',
    'aria-expanded': isSnoozing,
    onPress: () => setIsSnoozing(true),
  } as const;
  return (
    <article className={styles.card} aria-labelledby={id}>
      <BellIcon className={styles.bell} aria-hidden />
      <div className={styles.text}>
        <button type="button" id={id} className={styles.subject} dir="auto" onClick={() => actions.open(task)}>
          {task.subject === '' ? t`No subject` : task.subject}
        </button>
        <span className={styles.when}>{day === today ? time : `${dayLabel(day, today, locale)}, ${time}`}</span>
      </div>
      <div className={styles.actions}>
        {isPhone ? (
          <>
            <IconButton label={t`Complete`} icon={<CheckIcon aria-hidden />} onPress={() => actions.complete(task)} />
            <IconButton {...snoozeButton} label={t`Snooze`} icon={<AlarmIcon aria-hidden />} />
          </>
        ) : (
          <>
            <Button variant="secondary" onPress={() => actions.complete(task)}>{t`Complete`}</Button>
            <Button {...snoozeButton} variant="quiet">{t`Snooze`}</Button>
          </>
        )}
        <IconButton
          label={t`Dismiss the reminder for “${truncateName(task.subject)}”`}
          icon={<XIcon aria-hidden />}
          onPress={() => actions.dismiss(task)}
        />
      </div>
      <MenuPopover
        label={t`Snooze “${truncateName(task.subject)}”`}
        items={snoozeOptions.map((name) => ({
          id: name,
          label: snoozeLabels[name],
          onAction: () => actions.snooze(task, name),
        }))}
        isOpen={isSnoozing}
        onOpenChange={setIsSnoozing}
        triggerRef={snooze}
        at={null}
        placement="bottom start"
      />
    </article>
  );
}
