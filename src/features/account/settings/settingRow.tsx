import type { ReactNode } from 'react';
import styles from './settingsSection.module.css';

type Props = {
  label: string;
  /** What the setting does, below its label. */
  hint?: string;
  /** The control carries the label as its accessible name. */
  isLabelHidden?: boolean;
  /** The control. */
  children: ReactNode;
};

/** A setting or action: its label and explanation, and the control at the end of the row. */
export function SettingRow({ label, hint, isLabelHidden = false, children }: Props) {
  return (
    <div className={styles.row}>
      <div className={styles.text}>
        <p className={styles.label} aria-hidden={isLabelHidden || undefined}>
          {label}
        </p>
        {hint !== undefined && <p className={styles.hint}>{hint}</p>}
      </div>
      {children}
    </div>
  );
}
