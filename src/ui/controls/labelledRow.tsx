import { useId } from 'react';
import type { ReactNode } from 'react';
import styles from './labelledRow.module.css';

type Props = { label: string; children: ReactNode };

/** A control beside its visible label. The control carries its own accessible name, so the label is hidden from it. */
export function LabelledRow({ label, children }: Props) {
  return (
    <div className={styles.row}>
      <span className={styles.label} aria-hidden>
        {label}
      </span>
      {children}
    </div>
  );
}

/** Several controls beside the label of their group. `isTall` keeps the label on the first line. */
export function LabelledGroup({ label, isTall = false, children }: Props & { isTall?: boolean }) {
  return (
    <div className={`${styles.row} ${isTall ? styles.tall : ''}`} role="group" aria-label={label}>
      <span className={styles.label} aria-hidden>
        {label}
      </span>
      {children}
    </div>
  );
}

/** A value that cannot be changed, beside its label. */
export function LabelledValue({ label, children }: Props) {
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
