import { useLingui } from '@lingui/react/macro';
import { useSyncExternalStore } from 'react';
import { Banner } from '../../ui/feedback/banner.tsx';
import { appUpdates } from './appUpdates.ts';
import styles from '../shell/shell.module.css';

/** Said quietly above everything once a newer version is on this device. It waits; what is typed survives the reload. */
export function UpdateBanner() {
  const { t } = useLingui();
  if (!useSyncExternalStore(appUpdates.subscribe, appUpdates.isReady)) return null;
  return (
    <div className={styles['notice']}>
      <Banner kind="neutral" action={{ label: t`Reload`, onAction: appUpdates.take }}>
        {t`A new version is ready.`}
      </Banner>
    </div>
  );
}
