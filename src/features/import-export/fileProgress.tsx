import type { ReactNode } from 'react';
import styles from './importExport.module.css';

type Props = {
  label: string;
  /** 0 to 1; null while it cannot be known. */
  share: number | null;
  action?: ReactNode;
};

/** A bar with its words: how far a piece of long work is. */
export function FileProgress({ label, share, action }: Props) {
  return (
    <div className={styles.progress}>
      <div className={styles.progressWords}>
        <span>{label}</span>
        {action}
      </div>
      <progress className={styles.track} aria-label={label} max={1} {...(share !== null && { value: share })} />
    </div>
  );
}
