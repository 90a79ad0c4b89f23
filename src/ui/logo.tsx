import styles from './logo.module.css';

/** The folded check on its spruce square. `size` in CSS pixels. A drawing: the name stands beside it or on the link around it. */
export function Mark({ size = 24 }: { size?: number }) {
  return (
    <svg className={styles['mark']} viewBox="0 0 48 48" width={size} height={size} aria-hidden focusable="false">
      <rect className={styles['square']} width="48" height="48" rx="12" />
      <path fill="#fff" fillOpacity=".64" d="m8.4 23 6.2-6.3 6.9 6.9-6.2 6.3z" />
      <path fill="#fff" fillOpacity=".4" d="M40 16.8v11.6l-5.6-6z" />
      <path fill="#fff" d="m15.3 29.2 18.2-18.7 6.3 6.3L21.6 35.5z" />
    </svg>
  );
}

/** Mark and name. */
export function Logo({ size = 24 }: { size?: number }) {
  return (
    <span className={styles['logo']}>
      <Mark size={size} />
      <span translate="no">Threefold</span>
    </span>
  );
}
