import { useLingui } from '@lingui/react/macro';
import type { CSSProperties } from 'react';
import styles from './skeleton.module.css';

/** Width of the subject in per cent, and whether a date stands at the end; null is a section head. */
const shape: readonly ([number, boolean] | null)[] = [
  null,
  [55, true],
  [40, true],
  [63, true],
  null,
  [46, false],
  [59, true],
  [35, true],
];

/** The outline of a list that is loading for the first time. Visible only after 200 ms. */
export function ListSkeleton() {
  const { t } = useLingui();
  return (
    <output className={styles['list']} aria-label={t`Loading`}>
      {shape.map((row, index) => (
        <span key={index} className={styles['row']} aria-hidden>
          {row && <span className={styles['ring']} />}
          <span className={styles['bar']} style={widthOf(row ? row[0] : 14)} />
          {row?.[1] && <span className={`${styles['bar']} ${styles['date']}`} />}
        </span>
      ))}
    </output>
  );
}

function widthOf(percent: number): CSSProperties {
  return { inlineSize: `${percent}%` };
}
