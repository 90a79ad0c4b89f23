import type { ReactNode } from 'react';
import styles from './importExport.module.css';

type Props = {
  label: string;
  /** 0 to 1; null while unknown. */
  share: number | null;
  action?: ReactNode;
};

/** A progress bar with its label. */
export function FileProgress({ label, share, action }: Props) {
  return (
    <div className={styles.progress}>
      <div className={styles.progressText}>
        <span>{label}</span>
        {action}
      </div>
      <progress className={styles.track} aria-label={label} max={1} {...(share !== null && { value: share })} />
    </div>
  );
}
