import { useLingui } from '@lingui/react/macro';
import { useRef } from 'react';
import { useDeps } from '../../../data/dataProvider.tsx';
import { useToday } from '../../../data/account/useTimeZone.ts';
import type { Task, TaskPatch } from '../../../domain/task/task.ts';
import { dateOf } from '../../../domain/time/time.ts';
import type { Day } from '../../../domain/time/time.ts';
import { DateCell } from '../../../ui/dates/dateCell.tsx';
import { clockLabel, relativeDay, shortDay } from '../../../ui/labels/dateLabels.ts';
import { Dialog } from '../../../ui/overlays/dialog.tsx';
import { useDateLocale } from '../../../ui/dates/useDateLocale.ts';
import { useIsPhone } from '../../../ui/browser/mediaQueries.ts';
import { Popover } from '../../../ui/popovers/popover.tsx';
import { ReminderPanel } from './reminderPanel.tsx';

type Props = {
  task: Task;
  due: Day | null;
  isOpen: boolean;
  onOpenChange: (isOpen: boolean) => void;
  onChange: (patch: TaskPatch) => void;
};

/** The reminder in the mailbox's zone; pressing it opens the panel. */
export function ReminderCell({ task, due, isOpen, onOpenChange, onChange }: Props) {
  const { t } = useLingui();
  const locale = useDateLocale();
  const { today, zone } = useToday();
  const { clock } = useDeps();
  const isPhone = useIsPhone();
  const trigger = useRef<HTMLButtonElement>(null);
  const at = task.isReminderOn ? task.reminder : null;
  const day = at === null ? null : dateOf(at, zone);
  const isOver = at !== null && at <= clock.now() && task.status !== 'completed';

  const panel = <ReminderPanel task={task} due={due} onChange={onChange} onClose={() => onOpenChange(false)} />;
  const shown = at === null ? t`None` : clockLabel(at, zone, locale);
  const relative =
    day === null ? undefined : day === today ? relativeDay(day, today, locale) : shortDay(day, today, locale);
  return (
    <>
      <DateCell
        ref={trigger}
        label={t`Reminder`}
        value={shown}
        isEmpty={at === null}
        relative={relative}
        tone={isOver ? 'late' : 'plain'}
        isOpen={isOpen}
        onPress={() => onOpenChange(true)}
      />
      {isPhone ? (
        <Dialog title={t`Reminder`} isOpen={isOpen} onOpenChange={onOpenChange}>
          {panel}
        </Dialog>
      ) : (
        <Popover
          label={t`Reminder`}
          triggerRef={trigger}
          isOpen={isOpen}
          onOpenChange={onOpenChange}
          placement="bottom end"
        >
          {panel}
        </Popover>
      )}
    </>
  );
}
