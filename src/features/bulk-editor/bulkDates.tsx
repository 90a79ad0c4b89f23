import { useLingui } from '@lingui/react/macro';
import { useRef, useState } from 'react';
import { useBulkActions } from '../../data/tasks/useBulkActions.ts';
import { useToday } from '../../data/account/useTimeZone.ts';
import type { Task } from '../../domain/task/task.ts';
import { addDays, dateOf } from '../../domain/time/time.ts';
import type { Day } from '../../domain/time/time.ts';
import { Button } from '../../ui/controls/button.tsx';
import { DateCell } from '../../ui/dates/dateCell.tsx';
import { clockLabel, dayRange, dueTone, relativeDay, shortDay } from '../../ui/labels/dateLabels.ts';
import { DayField } from '../../ui/dates/dayField.tsx';
import { useDateLocale } from '../../ui/dates/useDateLocale.ts';
import { Popover } from '../../ui/popovers/popover.tsx';
import type { BulkEditorProps } from './bulkEditorProps.ts';
import { commonValue, commonDay } from './commonValues.ts';
import type { CommonDay } from './commonValues.ts';
import styles from './bulkDates.module.css';

/** Start, due and reminder of several tasks, with quick picks for the due date. */
export function BulkDates({ mailbox, tasks }: Pick<BulkEditorProps, 'mailbox' | 'tasks'>) {
  const { t } = useLingui();
  const locale = useDateLocale();
  const { today, zone } = useToday();
  const bulkActions = useBulkActions();
  const start = commonDay(tasks, (task) => task.start, zone);
  const due = commonDay(tasks, (task) => task.due, zone);

  /** The range of different days; where only some tasks have one, how many do. */
  function rangeLabel({ day, count, first, last }: CommonDay): string | undefined {
    if (day !== undefined || first === null || last === null) return undefined;
    return count === tasks.length ? dayRange(first, last, today, locale) : t`${count} of ${tasks.length} set`;
  }
  const isCompleted = tasks.every(({ status }) => status === 'completed');
  const setDue = (day: Day | null) => bulkActions.enqueue({ kind: 'due', mailbox, tasks, day });
  const picks: readonly { name: string; run: () => void; isDisabled?: boolean }[] = [
    { name: t`Today`, run: () => setDue(today) },
    { name: t`Tomorrow`, run: () => setDue(addDays(today, 1)) },
    {
      name: t`+1 week`,
      run: () => bulkActions.enqueue({ kind: 'postpone', mailbox, tasks, days: 7 }),
      isDisabled: due.count === 0,
    },
    { name: t`No date`, run: () => setDue(null), isDisabled: due.count === 0 },
  ];
  return (
    <div className={styles.card}>
      <div className={styles.cells}>
        <DayField
          label={t`Start`}
          variant="cell"
          value={start.day}
          detail={rangeLabel(start)}
          today={today}
          onChange={(day) => bulkActions.enqueue({ kind: 'start', mailbox, tasks, day })}
        />
        <DayField
          label={t`Due`}
          variant="cell"
          value={due.day}
          detail={rangeLabel(due)}
          today={today}
          tone={dueTone(due.day, today, isCompleted)}
          onChange={setDue}
        />
        <ReminderCell tasks={tasks} onOff={() => bulkActions.enqueue({ kind: 'reminderOff', mailbox, tasks })} />
      </div>
      <div className={styles.picks} role="group" aria-label={t`Due`}>
        {picks.map(({ name, run, isDisabled }) => (
          <Button
            key={name}
            variant="secondary"
            className={styles.pick ?? ''}
            isDisabled={isDisabled ?? false}
            onPress={run}
          >
            {name}
          </Button>
        ))}
      </div>
    </div>
  );
}

/** How many tasks have a reminder, and a button that turns all of them off. */
function ReminderCell({ tasks, onOff }: { tasks: readonly Task[]; onOff: () => void }) {
  const { t } = useLingui();
  const locale = useDateLocale();
  const { today, zone } = useToday();
  const trigger = useRef<HTMLButtonElement>(null);
  const [isOpen, setIsOpen] = useState(false);
  const on = tasks.filter(({ isReminderOn, reminder }) => isReminderOn && reminder !== null).length;
  const at = commonValue(tasks, ({ isReminderOn, reminder }) => (isReminderOn ? reminder : null));
  const day = at === null || at === undefined ? null : dateOf(at, zone);
  const away =
    at === undefined
      ? t`${on} of ${tasks.length} on`
      : day === null
        ? undefined
        : day === today
          ? relativeDay(day, today, locale)
          : shortDay(day, today, locale);
  return (
    <>
      <DateCell
        ref={trigger}
        label={t`Reminder`}
        value={at === undefined ? t`Mixed` : at === null ? t`None` : clockLabel(at, zone, locale)}
        isEmpty={at === null}
        relative={away}
        isOpen={isOpen}
        onPress={() => setIsOpen(true)}
      />
      <Popover label={t`Reminder`} triggerRef={trigger} isOpen={isOpen} onOpenChange={setIsOpen} placement="bottom end">
        <div className={styles.reminders}>
          <p>
            {on === 0
              ? t`None of them has a reminder. A task gets its own in the editor.`
              : t`${on} of ${tasks.length} have a reminder.`}
          </p>
          {on > 0 && (
            <Button
              variant="secondary"
              onPress={() => {
                setIsOpen(false);
                onOff();
              }}
            >{t`Turn them off`}</Button>
          )}
        </div>
      </Popover>
    </>
  );
}
