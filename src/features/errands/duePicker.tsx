import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { useToday } from '../../data/settings.ts';
import type { Task } from '../../domain/task.ts';
import { dayOf } from '../../domain/time.ts';
import type { Day } from '../../domain/time.ts';
import { DayPanel } from '../../ui/dayPanel.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import styles from './errands.module.css';

type Props = { tasks: readonly Task[]; onChoose: (day: Day | null) => void; onClose: () => void };

/** One due day for all of them: words, quick picks or the month. */
export function DuePicker({ tasks, onChoose, onClose }: Props) {
  const { t } = useLingui();
  const { today, zone } = useToday();
  const [typed, setTyped] = useState('');
  const days = new Set(tasks.map(({ due }) => (due === null ? null : dayOf(due, zone))));
  const [shared = null] = days;
  return (
    <Dialog
      title={t`${plural(tasks.length, { one: 'Due day of # task', other: 'Due day of # tasks' })}`}
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      width={560}
    >
      <div className={styles['days']}>
        <DayPanel
          label={t`Due`}
          value={days.size === 1 ? shared : null}
          today={today}
          typed={typed}
          onType={setTyped}
          onChoose={onChoose}
        />
      </div>
    </Dialog>
  );
}
