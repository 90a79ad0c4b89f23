import { useLingui } from '@lingui/react/macro';
import { Button } from '../../ui/controls/button.tsx';
import type { BatchProgress } from './useBatchJob.ts';
import styles from './bulkActions.module.css';

/** Progress of a batch, in the place of its toast. CSS delays it, so short batches never show it. */
export function ProgressCard({ label, done, total, stop }: BatchProgress) {
  const { t } = useLingui();
  return (
    <section className={styles['region']} aria-label={t`In progress`} data-react-aria-top-layer="true">
      <div className={styles['card']}>
        <span className={styles['label']}>
          {label}
          <span className={styles['count']}>{t`${done} of ${total}`}</span>
        </span>
        <div
          className={styles['bar']}
          role="progressbar"
          aria-label={label}
          aria-valuemin={0}
          aria-valuemax={total}
          aria-valuenow={done}
        >
          <div className={styles['fill']} style={{ inlineSize: `${(100 * done) / Math.max(1, total)}%` }} />
        </div>
        {stop !== null && <Button variant="quiet" className={styles['stop'] ?? ''} onPress={stop}>{t`Cancel`}</Button>}
      </div>
    </section>
  );
}
