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

type Props = {
  field: 'start' | 'due';
  tasks: readonly Task[];
  onChoose: (day: Day | null) => void;
  onClose: () => void;
};

/** One start or due date for all tasks: typed, a quick pick, or from the calendar. */
export function DayPicker({ field, tasks, onChoose, onClose }: Props) {
  const { t } = useLingui();
  const { today, zone } = useToday();
  const [typed, setTyped] = useState('');
  const [shared, ...others] = new Set(tasks.map(({ [field]: at }) => (at === null ? null : dayOf(at, zone))));
  return (
    <Dialog
      title={
        field === 'due'
          ? t`${plural(tasks.length, { one: 'Due date of # task', other: 'Due date of # tasks' })}`
          : t`${plural(tasks.length, { one: 'Start of # task', other: 'Start of # tasks' })}`
      }
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      width={560}
    >
      <div className={styles['days']}>
        <DayPanel
          label={field === 'due' ? t`Due` : t`Start`}
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
