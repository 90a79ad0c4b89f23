import { useLingui } from '@lingui/react/macro';
import { useId } from 'react';
import type { ReactNode, RefObject } from 'react';
import { importances, statuses } from '../../domain/task.ts';
import type { Importance, Sensitivity, Status, Task } from '../../domain/task.ts';
import { Segmented } from '../../ui/segmented.tsx';
import { Select } from '../../ui/select.tsx';
import { StatusRing } from '../../ui/statusRing.tsx';
import { FieldRefusal } from './refused.tsx';
import type { Refusal } from './useRefusals.ts';
import type { TaskEdits } from './useTaskEdits.ts';
import styles from './properties.module.css';

type Props = {
  task: Task;
  edits: TaskEdits;
  /** Holds the status button, for the key that opens it. */
  statusBox: RefObject<HTMLDivElement | null>;
  refusalOf: (field: 'status' | 'importance') => Refusal | null;
};

/** Status and importance to set; sensitivity and categories to see, where they have a value. */
export function Properties({ task, edits, statusBox, refusalOf }: Props) {
  const { t } = useLingui();
  const statusNames: Record<Status, string> = {
    notStarted: t`Not started`,
    inProgress: t`In progress`,
    completed: t`Completed`,
    waitingOnOthers: t`Waiting on others`,
    deferred: t`Deferred`,
  };
  const importanceNames: Record<Importance, string> = { low: t`Low`, normal: t`Normal`, high: t`High` };
  const sensitivityNames: Record<Sensitivity, string> = {
    normal: t`Normal`,
    personal: t`Personal`,
    private: t`Private`,
    confidential: t`Confidential`,
  };
  return (
    <div className={styles.properties}>
      <Row label={t`Status`}>
        <div ref={statusBox} className={styles.status}>
          <Select
            label={t`Status`}
            labelHidden
            items={statuses.map((value) => ({ value, label: statusNames[value], icon: <StatusRing status={value} /> }))}
            value={task.status}
            onChange={(status) => edits.setStatus(status)}
          />
        </div>
      </Row>
      <FieldRefusal refusal={refusalOf('status')} />
      <Row label={t`Importance`}>
        <Segmented
          label={t`Importance`}
          labelHidden
          items={importances.map((value) => ({ value, label: importanceNames[value] }))}
          value={task.importance}
          onChange={(importance) => edits.update({ importance })}
        />
      </Row>
      <FieldRefusal refusal={refusalOf('importance')} />
      {task.sensitivity !== 'normal' && <ReadRow label={t`Sensitivity`}>{sensitivityNames[task.sensitivity]}</ReadRow>}
      {task.categories.length > 0 && (
        <ReadRow label={t`Categories`}>
          <span className={styles.chips}>
            {task.categories.map((category) => (
              <span key={category} className={styles.chip}>
                {category}
              </span>
            ))}
          </span>
        </ReadRow>
      )}
    </div>
  );
}

/** The control inside carries the label itself; here it is for the eye. */
function Row({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className={styles.row}>
      <span className={styles.label} aria-hidden>
        {label}
      </span>
      {children}
    </div>
  );
}

function ReadRow({ label, children }: { label: string; children: ReactNode }) {
  const id = useId();
  return (
    <div className={styles.row} role="group" aria-labelledby={id}>
      <span id={id} className={styles.label}>
        {label}
      </span>
      <span className={styles.value}>{children}</span>
    </div>
  );
}
