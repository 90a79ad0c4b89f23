import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useFolderTaskCount } from '../../../data/tasks/useFolderTaskCount.ts';
import type { Place } from '../../../domain/task/task.ts';
import styles from './firstPull.module.css';

export type FirstPullProps = {
  /** How many are here. */
  count: number;
  /** Absent where many folders are read. */
  folder: Place | undefined;
};

/** A folder that is being read for the first time: what is there can be used, and how much more there is to come. */
export function FirstPull({ count, folder }: FirstPullProps) {
  const { t, i18n } = useLingui();
  const total = useFolderTaskCount(folder);
  // More may have come since it was counted.
  const isKnown = total !== null && total > count;
  const there = i18n.number(count);
  const words = isKnown
    ? t`${there} of ${plural(total, { one: '# task', other: '# tasks' })}, more are coming`
    : t`${plural(count, { one: '# task so far, more are coming', other: '# tasks so far, more are coming' })}`;
  return (
    <div className={styles['pull']}>
      <progress
        className={styles['bar']}
        aria-label={t`Fetching tasks`}
        {...(isKnown && { value: count, max: total })}
      />
      <span className={styles['words']}>{words}</span>
    </div>
  );
}
