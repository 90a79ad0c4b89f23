import styles from './logo.module.css';

/**
 * The logo: a folded check mark on a green square. `size` in CSS pixels. Hidden from assistive technology: the name is
 * beside it.
 */
export function LogoMark({ size = 24 }: { size?: number }) {
  return (
    <svg className={styles['mark']} viewBox="0 0 48 48" width={size} height={size} aria-hidden focusable="false">
      <rect className={styles['square']} width="48" height="48" rx="12" />
      <path fill="#fff" fillOpacity=".64" d="m8.5 23 6.25-6.25 6.5 6.5L15 29.5z" />
      <path fill="#fff" fillOpacity=".4" d="M39.5 17.5v11.25l-5.625-5.625z" />
      <path fill="#fff" d="m15 29.5 18.25-18.25 6.25 6.25-18.25 18.25z" />
    </svg>
  );
}

/** The logo with the product name. */
export function Logo({ size = 24 }: { size?: number }) {
  return (
    <span className={styles['logo']}>
      <LogoMark size={size} />
      <span translate="no">Threefold</span>
    </span>
  );
}
