import { useLingui } from '@lingui/react/macro';
import FolderIcon from 'lucide-react/icons/folder';
import PlusIcon from 'lucide-react/icons/plus';
import type { ReactNode } from 'react';
import { NavLink } from 'react-router';
import { useSyncStatus } from '../../data/outbox/usePendingChanges.ts';
import { appUrls, type ViewName } from '../../domain/urls/appUrls.ts';
import { smartViewDisplay } from '../../features/sidebar/smartViewIcon.tsx';
import styles from './shell.module.css';

/** The navigation of a phone (docs/design.md#phone). */
export function TabBar({ onAdd }: { onAdd: () => void }) {
  const { t } = useLingui();
  const { state, storage } = useSyncStatus();
  // The folders page shows the details.
  const mark =
    state === 'offline' ? t`Offline` : state !== 'online' || storage !== null ? t`Needs your decision` : undefined;
  return (
    <nav className={styles['tabs']} aria-label={t`Places`} data-pane="tabs">
      <ViewTab view="today" />
      <ViewTab view="upcoming" />
      <button type="button" className={styles['addButton']} aria-label={t`New task`} onClick={onAdd}>
        <PlusIcon aria-hidden />
      </button>
      <Tab to={appUrls.folders()} icon={<FolderIcon aria-hidden />} mark={mark}>{t`Folders`}</Tab>
    </nav>
  );
}

function ViewTab({ view }: { view: ViewName }) {
  const { i18n } = useLingui();
  const { name, Icon } = smartViewDisplay[view];
  return (
    <Tab to={appUrls.view(view)} icon={<Icon aria-hidden />}>
      {i18n._(name)}
    </Tab>
  );
}

type TabProps = { to: string; icon: ReactNode; mark?: string | undefined; children: string };

function Tab({ to, icon, mark, children }: TabProps) {
  return (
    <NavLink to={to} className={styles['tab'] ?? ''}>
      {icon}
      {children}
      {mark !== undefined && <span className={styles['badge']} role="img" aria-label={mark} />}
    </NavLink>
  );
}
