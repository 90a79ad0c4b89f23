import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useToday } from '../../data/account/useTimeZone.ts';
import type { Task } from '../../domain/task/task.ts';
import { dayOf } from '../../domain/time/time.ts';
import type { Day } from '../../domain/time/time.ts';
import { DayPanel } from '../../ui/dates/dayPanel.tsx';
import { Dialog } from '../../ui/overlays/dialog.tsx';
import styles from './bulkActions.module.css';

type Props = { tasks: readonly Task[]; onChoose: (day: Day | null) => void; onClose: () => void };

/** One due date for all tasks: typed, a quick pick, or from the calendar. */
export function DueDatePicker({ tasks, onChoose, onClose }: Props) {
  const { t } = useLingui();
  const { today, zone } = useToday();
  const [typed, setTyped] = useState('');
  const [shared, ...others] = new Set(tasks.map(({ due }) => (due === null ? null : dayOf(due, zone))));
  return (
    <Dialog
      title={t`${plural(tasks.length, { one: 'Due date of # task', other: 'Due date of # tasks' })}`}
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      width={560}
    >
      <div className={styles['days']}>
        <DayPanel
          label={t`Due`}
          value={others.length === 0 ? shared : undefined}
          today={today}
          typed={typed}
          onType={setTyped}
          onChoose={onChoose}
        />
      </div>
    </Dialog>
  );
}
