import { useLingui } from '@lingui/react/macro';
import { useSyncExternalStore } from 'react';
import { Banner } from '../../ui/feedback/banner.tsx';
import { appUpdates } from './appUpdates.ts';
import styles from '../shell/shell.module.css';

/** Offers to reload once a newer version is on this device. Drafts survive the reload. */
export function UpdateBanner() {
  const { t } = useLingui();
  if (!useSyncExternalStore(appUpdates.subscribe, appUpdates.isReady)) return null;
  return (
    <div className={styles['notice']}>
      <Banner kind="neutral" action={{ label: t`Reload`, onAction: appUpdates.activate }}>
        {t`A new version is ready.`}
      </Banner>
    </div>
  );
}
