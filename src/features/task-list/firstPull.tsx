import { Plural, useLingui } from '@lingui/react/macro';
import styles from './firstPull.module.css';

/** A folder that is being read for the first time: what is there can be used, and there is more to come. */
export function FirstPull({ count }: { count: number }) {
  const { t } = useLingui();
  return (
    <div className={styles['pull']}>
      <progress className={styles['bar']} aria-label={t`Fetching tasks`} />
      <span className={styles['words']}>
        <Plural value={count} one="# task so far, more are coming" other="# tasks so far, more are coming" />
      </span>
    </div>
  );
}
