import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import CloudOff from 'lucide-react/icons/cloud-off';
import CloudUpload from 'lucide-react/icons/cloud-upload';
import Settings from 'lucide-react/icons/settings';
import TriangleAlert from 'lucide-react/icons/triangle-alert';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { useDeps } from '../../data/dataProvider.tsx';
import { useSyncStatus } from '../../data/outbox/usePendingChanges.ts';
import { useToday } from '../../data/account/useTimeZone.ts';
import { appUrls } from '../../domain/urls/appUrls.ts';
import { Button } from '../../ui/controls/button.tsx';
import { clockLabel } from '../../ui/labels/dateLabels.ts';
import { useDateLocale } from '../../ui/dates/useDateLocale.ts';
import { AccountButton } from './accountButton.tsx';
import { SyncedIcon } from './syncedIcon.tsx';
import type { SidebarProps } from './sidebarProps.ts';
import styles from './sidebarFooter.module.css';

/** The account and the sync status. */
export function SidebarFooter({ onSignOut, onNavigate }: Pick<SidebarProps, 'onSignOut' | 'onNavigate'>) {
  const { t } = useLingui();
  return (
    <div className={styles.footer}>
      <SyncStatusBar onNavigate={onNavigate} />
      <div className={styles.line}>
        <AccountButton onSignOut={onSignOut} onNavigate={onNavigate} hasName />
        <SyncStatusIcon onNavigate={onNavigate} />
        <Link
          to={appUrls.settings()}
          className={styles.icon}
          aria-label={t`Settings`}
          title={t`Settings`}
          onClick={onNavigate}
        >
          <Settings aria-hidden />
        </Link>
      </div>
    </div>
  );
}

type StatusProps = { onNavigate?: (() => void) | undefined };

/** Shown only while changes wait for the network, for sign-in or for the user, or storage fails. */
export function SyncStatusBar({ onNavigate }: StatusProps) {
  const { t } = useLingui();
  const { session } = useDeps();
  const { state, waiting, parked, storage } = useSyncStatus();
  if (state === 'signIn') {
    return (
      <div className={styles.bar} role="status">
        <CloudOff aria-hidden />
        <span className={styles.label}>{t`Sign-in needed`}</span>
        <Button variant="secondary" onPress={() => session.signIn()}>{t`Sign in`}</Button>
      </div>
    );
  }
  if (storage !== null) {
    return (
      <BarLink icon={<TriangleAlert aria-hidden />} onNavigate={onNavigate}>
        {storage === 'outdated'
          ? t`A newer version is open elsewhere: reload this page to continue`
          : storage === 'full'
            ? t`This device’s storage is full: changes would be lost with this page`
            : t`This browser keeps nothing: changes would be lost with this page`}
      </BarLink>
    );
  }
  if (state === 'offline') {
    return (
      <BarLink icon={<CloudOff aria-hidden />} onNavigate={onNavigate}>
        {waiting === 0 ? t`Offline` : t`Offline · ${waiting} waiting`}
      </BarLink>
    );
  }
  if (parked === 0) return null;
  return (
    <BarLink icon={<TriangleAlert aria-hidden />} onNavigate={onNavigate}>
      {t`${plural(parked, { one: '# change needs your decision', other: '# changes need your decision' })}`}
    </BarLink>
  );
}

function BarLink({ icon, children, onNavigate }: StatusProps & { icon: ReactNode; children: ReactNode }) {
  return (
    <div role="status">
      <Link to={appUrls.waiting()} className={styles.bar} onClick={onNavigate}>
        {icon}
        <span className={styles.label}>{children}</span>
      </Link>
    </div>
  );
}

/** Synced, or the number of changes being sent. Hidden while the bar is shown. */
export function SyncStatusIcon({ onNavigate }: StatusProps) {
  const { t } = useLingui();
  const locale = useDateLocale();
  const { state, waiting, lastSynced, pausedUntil } = useSyncStatus();
  const { zone } = useToday();
  if (state !== 'online') return null;
  const time = lastSynced === null ? null : clockLabel(lastSynced, zone, locale);
  const label =
    waiting > 0
      ? pausedUntil === null
        ? t`${plural(waiting, { one: '# change is being sent', other: '# changes are being sent' })}`
        : t`The server is busy. ${plural(waiting, { one: '# change waits', other: '# changes wait' })}.`
      : time === null
        ? t`Everything is saved`
        : t`Everything is saved. Last synced at ${time}.`;
  return (
    <Link to={appUrls.waiting()} className={styles.icon} aria-label={label} title={label} onClick={onNavigate}>
      {waiting > 0 ? <CloudUpload aria-hidden /> : <SyncedIcon aria-hidden />}
      {waiting > 0 && <span className={styles.waiting}>{waiting}</span>}
    </Link>
  );
}
