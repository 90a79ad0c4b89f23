import { useLingui } from '@lingui/react/macro';
import { useSyncExternalStore } from 'react';
import { Stripe } from '../../ui/feedback/banner.tsx';
import { updates } from './appUpdates.ts';
import styles from '../shell/shell.module.css';

/** Said quietly above everything once a newer version is on this device. It waits; what is typed survives the reload. */
export function UpdateStripe() {
  const { t } = useLingui();
  if (!useSyncExternalStore(updates.subscribe, updates.isReady)) return null;
  return (
    <div className={styles['notice']}>
      <Stripe kind="neutral" action={{ label: t`Reload`, onAction: updates.take }}>
        {t`A new version is ready.`}
      </Stripe>
    </div>
  );
}
