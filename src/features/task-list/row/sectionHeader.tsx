import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import ChevronIcon from 'lucide-react/icons/chevron-right';
import type { Day } from '../../../domain/time/time.ts';
import type { SectionBlock } from './rowPlan.ts';
import { headKey } from './rowPlan.ts';
import { sectionLabel } from '../../../ui/labels/listLabels.ts';
import styles from '../grid/taskGrid.module.css';

export type SectionHeaderProps = { block: SectionBlock; isActive: boolean; today: Day; locale: string } & {
  onReschedule: (() => void) | undefined;
};

/** A section's name and count, which stick while its tasks scroll. The grid handles presses, as it does for rows. */
export function SectionHeader({ block, isActive, today, locale, onReschedule }: SectionHeaderProps) {
  const { i18n, t } = useLingui();
  const name = sectionLabel(i18n, block.key, today, locale);
  const tasks = t`${plural(block.count, { one: '# task', other: '# tasks' })}`;
  const label = (
    <>
      <span className={styles['name']} aria-hidden>
        {name}
      </span>
      <span className={styles['count']} aria-hidden>
        {i18n.number(block.count)}
      </span>
      <span className="hidden-visually">
        {name}, {tasks}
      </span>
    </>
  );
  return (
    <div role="row" aria-rowindex={block.first + 1} data-section={block.key} className={styles['head']}>
      <div role="gridcell" className={styles['headCell']}>
        <h2 className={styles['heading']}>
          {block.isClosable ? (
            <button
              type="button"
              tabIndex={isActive ? 0 : -1}
              aria-expanded={!block.isClosed}
              data-row={headKey(block.key)}
              className={styles['toggle']}
            >
              <ChevronIcon className={`${styles['chevron']} mirrored`} aria-hidden />
              {label}
            </button>
          ) : (
            label
          )}
        </h2>
        {onReschedule !== undefined && (
          <button type="button" className={styles['reschedule']} onClick={onReschedule}>
            <Trans>Reschedule all</Trans>
          </button>
        )}
      </div>
    </div>
  );
}
