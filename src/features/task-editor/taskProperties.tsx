import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type { RefObject } from 'react';
import { useToday } from '../../data/account/useTimeZone.ts';
import { useSharedByMe } from '../../data/sharing/useSharing.ts';
import { importances, sensitivities, taskStatuses } from '../../domain/task/task.ts';
import type { Mailbox, Task } from '../../domain/task/task.ts';
import { dayOf, zonedDay } from '../../domain/time/time.ts';
import type { Day, Instant } from '../../domain/time/time.ts';
import { shortDay } from '../../ui/labels/dateLabels.ts';
import { importanceLabels, sensitivityLabels, statusLabels } from '../../ui/labels/taskLabels.ts';
import { LabelledGroup, LabelledRow, LabelledValue } from '../../ui/controls/labelledRow.tsx';
import { DayField } from '../../ui/dates/dayField.tsx';
import { useDateLocale } from '../../ui/dates/useDateLocale.ts';
import { SegmentedControl } from '../../ui/controls/segmentedControl.tsx';
import { Select } from '../../ui/controls/select.tsx';
import { StatusRing } from '../../ui/controls/statusRing.tsx';
import { CategoryRow } from './categories/categoryRow.tsx';
import { FieldConflictMessage } from './conflict/fieldConflict.tsx';
import type { FieldConflict } from './conflict/useFieldConflicts.ts';
import type { TaskEdits } from './editing/useTaskEdits.ts';
import styles from './taskProperties.module.css';

type Props = {
  mailbox: Mailbox;
  task: Task;
  edits: TaskEdits;
  /** Draws values instead of controls. */
  isReadOnly: boolean;
  /** Contains the status button, which a key presses. */
  statusBox: RefObject<HTMLDivElement | null>;
  isCategoriesOpen: boolean;
  onCategoriesOpenChange: (isOpen: boolean) => void;
  conflictOf: (field: 'status' | 'importance' | 'completed' | 'sensitivity' | 'categories') => FieldConflict | null;
};

/** Status, importance, sensitivity and categories. A guest cannot make a task private: they would lose sight of it. */
export function TaskProperties(props: Props) {
  const { mailbox, task, edits, isReadOnly, statusBox, isCategoriesOpen, onCategoriesOpenChange, conflictOf } = props;
  const { t, i18n } = useLingui();
  const folderIsShared = (useSharedByMe().get(task.folderId) ?? 0) > 0 && mailbox === 'me';
  return (
    <div className={styles.properties}>
      {isReadOnly ? (
        <>
          <LabelledValue label={t`Status`}>
            <span className={styles.state}>
              <StatusRing status={task.status} />
              {i18n._(statusLabels[task.status])}
            </span>
          </LabelledValue>
          <LabelledValue label={t`Importance`}>{i18n._(importanceLabels[task.importance])}</LabelledValue>
        </>
      ) : (
        <>
          <LabelledRow label={t`Status`}>
            <div ref={statusBox}>
              <Select
                label={t`Status`}
                labelHidden
                items={taskStatuses.map((value) => ({
                  value,
                  label: i18n._(statusLabels[value]),
                  icon: <StatusRing status={value} />,
                }))}
                value={task.status}
                onChange={(status) => edits.setStatus(status)}
              />
            </div>
          </LabelledRow>
          <FieldConflictMessage conflict={conflictOf('status')} />
          {task.status === 'completed' && task.completed !== null && (
            <CompletedRow task={task} completed={task.completed} edits={edits} />
          )}
          <FieldConflictMessage conflict={conflictOf('completed')} />
          <LabelledRow label={t`Importance`}>
            <SegmentedControl
              label={t`Importance`}
              labelHidden
              items={importances.map((value) => ({ value, label: i18n._(importanceLabels[value]) }))}
              value={task.importance}
              onChange={(importance) => edits.update({ importance })}
            />
          </LabelledRow>
          <FieldConflictMessage conflict={conflictOf('importance')} />
        </>
      )}
      {isReadOnly ? (
        <LabelledValue label={t`Sensitivity`}>{i18n._(sensitivityLabels[task.sensitivity])}</LabelledValue>
      ) : (
        <LabelledRow label={t`Sensitivity`}>
          <Select
            label={t`Sensitivity`}
            labelHidden
            items={(mailbox === 'me' ? sensitivities : sensitivities.filter((value) => value !== 'private')).map(
              (value) => ({ value, label: i18n._(sensitivityLabels[value]) }),
            )}
            value={task.sensitivity}
            onChange={(sensitivity) => edits.update({ sensitivity })}
          />
        </LabelledRow>
      )}
      {task.sensitivity === 'private' && folderIsShared && (
        <p className={styles.note}>{t`Hidden from everyone this folder is shared with.`}</p>
      )}
      <FieldConflictMessage conflict={conflictOf('sensitivity')} />
      <LabelledGroup label={t`Categories`} isTall>
        <CategoryRow
          mailbox={mailbox}
          task={task}
          edits={edits}
          isReadOnly={isReadOnly}
          isOpen={isCategoriesOpen}
          onOpenChange={onCategoriesOpenChange}
        />
      </LabelledGroup>
      <FieldConflictMessage conflict={conflictOf('categories')} />
    </div>
  );
}

/**
 * The day of completion: today unless the person picks another, never in the future
 * (docs/protocol.md#status-and-completion).
 */
function CompletedRow({ task, completed, edits }: { task: Task; completed: Instant; edits: TaskEdits }) {
  const { t } = useLingui();
  const locale = useDateLocale();
  const { today, zone } = useToday();
  const [rejected, setRejected] = useState<{ day: Day; of: string } | null>(null);
  return (
    <LabelledRow label={t`Completed`}>
      <DayField
        label={t`Completed on`}
        labelHidden
        value={dayOf(completed, zone)}
        today={today}
        isRequired
        error={
          rejected?.of === task.id
            ? t`Not saved: ${shortDay(rejected.day, today, locale)} is in the future. Choose today or an earlier day.`
            : null
        }
        onChange={(day) => {
          if (day === null) return;
          setRejected(day > today ? { day, of: task.id } : null);
          if (day <= today) edits.update({ completed: zonedDay(day, zone) });
        }}
      />
    </LabelledRow>
  );
}
