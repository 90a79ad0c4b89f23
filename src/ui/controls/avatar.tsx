import type { CSSProperties } from 'react';
import styles from './avatar.module.css';

/**
 * The first letter of a name on a disc, hidden from assistive technology because the name is beside it. `size` in CSS
 * pixels.
 */
export function Avatar({ name, size = 24 }: { name: string; size?: number }) {
  const style: CSSProperties & Record<'--avatar', string> = { '--avatar': `${size}px` };
  const [letter = '?'] = name.trim();
  return <span className={styles['avatar']} style={style} data-letter={letter.toLocaleUpperCase()} aria-hidden />;
}
