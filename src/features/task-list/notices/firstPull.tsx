import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useFolderTaskCount } from '../../../data/tasks/useFolderTaskCount.ts';
import type { Place } from '../../../domain/task/task.ts';
import styles from './firstPull.module.css';

export type FirstPullProps = {
  /** Tasks pulled so far. */
  count: number;
  /** Absent in a smart view. */
  folder: Place | undefined;
};

/** Progress of a folder's first pull: the tasks pulled so far, and their total. */
export function FirstPull({ count, folder }: FirstPullProps) {
  const { t, i18n } = useLingui();
  const total = useFolderTaskCount(folder);
  // More tasks may have arrived since the total was counted.
  const isKnown = total !== null && total > count;
  const there = i18n.number(count);
  const label = isKnown
    ? t`${there} of ${plural(total, { one: '# task', other: '# tasks' })}, more are coming`
    : t`${plural(count, { one: '# task so far, more are coming', other: '# tasks so far, more are coming' })}`;
  return (
    <span className={styles['pull']}>
      <progress
        className={styles['bar']}
        aria-label={t`Fetching tasks`}
        {...(isKnown && { value: count, max: total })}
      />
      <span className={styles['label']}>{label}</span>
    </span>
  );
}
