import type { ReactNode } from 'react';
import type { TaskStatus } from '../../domain/task/task.ts';
import styles from './statusRing.module.css';

/**
 * The five states as shapes, so that they also differ in forced colours. Hidden from assistive technology: the button
 * around it has the name. `size` in CSS pixels.
 */
export function StatusRing({ status, size = 18 }: { status: TaskStatus; size?: number }) {
  return (
    <svg
      className={styles['ring']}
      data-status={status}
      viewBox="0 0 18 18"
      width={size}
      height={size}
      aria-hidden
      focusable="false"
    >
      {drawings[status]}
    </svg>
  );
}

const circle = <circle cx="9" cy="9" r="7.75" />;

const drawings: Readonly<Record<TaskStatus, ReactNode>> = {
  notStarted: circle,
  inProgress: (
    <>
      {circle}
      <path className={styles['half']} d="M9 4.4a4.6 4.6 0 0 1 0 9.2Z" />
    </>
  ),
  waitingOnOthers: (
    <>
      {circle}
      <path d="M7.1 6.4v5.2M10.9 6.4v5.2" />
    </>
  ),
  deferred: (
    <>
      <circle cx="9" cy="9" r="7.75" strokeDasharray="2.9 1.97" strokeDashoffset="1.45" />
      <path className="mirrored" d="m7.9 6.3 2.7 2.7-2.7 2.7" style={{ transformOrigin: 'center' }} />
    </>
  ),
  completed: (
    <>
      <circle className={styles['disc']} cx="9" cy="9" r="7.75" />
      <path className={styles['tick']} d="m5.7 9.3 2.3 2.2 4.4-4.7" />
    </>
  ),
};
