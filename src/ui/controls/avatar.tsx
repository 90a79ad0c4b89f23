import type { CSSProperties } from 'react';
import styles from './avatar.module.css';

/** The first letter of a name on a disc. A drawing, so the letter is no text: the name itself stands beside it. `size` in CSS pixels. */
export function Avatar({ name, size = 24 }: { name: string; size?: number }) {
  const look: CSSProperties & Record<'--avatar', string> = { '--avatar': `${size}px` };
  const [letter = '?'] = name.trim();
  return <span className={styles['avatar']} style={look} data-letter={letter.toLocaleUpperCase()} aria-hidden />;
}
