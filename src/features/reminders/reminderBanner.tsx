import { useLingui } from '@lingui/react/macro';
import { useCallback, useState } from 'react';
import { useDeps } from '../../data/dataProvider.tsx';
import { useDueReminders } from '../../data/reminders/useDueReminders.ts';
import { useToday } from '../../data/account/useTimeZone.ts';
import type { Task } from '../../domain/task/task.ts';
import { dayOf } from '../../domain/time/time.ts';
import { Button } from '../../ui/controls/button.tsx';
import { dayLabel } from '../../ui/labels/dateLabels.ts';
import { useDateLocale } from '../../ui/dates/useDateLocale.ts';
import { useMinWidth } from '../../ui/browser/mediaQueries.ts';
import { NotificationOffer } from './notificationOffer.tsx';
import { ReminderCard } from './reminderCard.tsx';
import { useReminderBanner } from './useReminderBanner.ts';
import { useReminderActions } from './useReminderActions.ts';
import styles from './reminderBanner.module.css';

/**
 * The reminder banner: due reminders as system notifications, and as cards where the system shows none. Its texts are here and in
 * `ReminderCard`. It never takes the focus: F6 moves into it, Escape back (docs/design.md#accessibility).
 */
export function ReminderBanner() {
  const { t } = useLingui();
  const locale = useDateLocale();
  const { session } = useDeps();
  const { today, zone } = useToday();
  const account = session.account.key;
  const notificationOf = useCallback(
    (task: Task) => ({
      title: task.subject === '' ? t`No subject` : task.subject,
      body: task.due === null ? t`Reminder` : t`Due ${dayLabel(dayOf(task.due, zone), today, locale)}`,
      tag: '',
      data: { kind: 'reminder', account, folderId: task.folderId, taskId: task.id },
      actions: [
        { action: 'complete', title: t`Complete` },
        { action: 'snooze', title: t`Snooze 10 minutes` },
      ],
    }),
    [t, locale, today, zone, account],
  );
  const due = useDueReminders(notificationOf);
  const actions = useReminderActions();
  const [isExpanded, setIsExpanded] = useState(false);
  const maxCards = useCardsPerRow();
  const latest = due.toSorted((a, b) => ((a.reminder ?? '') < (b.reminder ?? '') ? 1 : -1));
  const shown = isExpanded ? latest : latest.slice(0, maxCards);
  const banner = useReminderBanner(shown.map(({ id }) => id).join(' '));
  return (
    <section
      {...banner}
      className={styles.region}
      aria-label={t`Reminders`}
      aria-live="polite"
      data-react-aria-top-layer="true"
      data-pane={due.length > 0 ? 'reminders' : undefined}
    >
      {shown.map((task) => (
        <ReminderCard key={`${task.id} ${task.reminder}`} task={task} actions={actions} />
      ))}
      {due.length > 1 && (
        <div className={styles.all}>
          {due.length > maxCards && (
            <Button variant="quiet" aria-expanded={isExpanded} onPress={() => setIsExpanded(!isExpanded)}>
              {isExpanded ? t`Show fewer` : t`Show ${due.length - maxCards} more`}
            </Button>
          )}
          <Button variant="quiet" onPress={() => actions.dismissAll(due)}>{t`Dismiss all`}</Button>
        </div>
      )}
      {due.length > 0 && <NotificationOffer />}
    </section>
  );
}

/** How many cards fit beside each other. */
function useCardsPerRow(): number {
  const isWide = useMinWidth(1280);
  const isMedium = useMinWidth(900);
  return isWide ? 3 : isMedium ? 2 : 1;
}
