import { useLingui } from '@lingui/react/macro';
import CalendarIcon from 'lucide-react/icons/calendar-arrow-down';
import FolderIcon from 'lucide-react/icons/folder';
import PlusIcon from 'lucide-react/icons/plus';
import SunIcon from 'lucide-react/icons/sun';
import type { ReactNode } from 'react';
import { NavLink } from 'react-router';
import { addressOf } from '../domain/place.ts';
import styles from './shell.module.css';

/** The phone's way around (design.md §4). */
export function TabBar({ onAdd }: { onAdd: () => void }) {
  const { t } = useLingui();
  return (
    <nav className={styles['tabs']} aria-label={t`Places`} data-pane="tabs">
      <Tab to={addressOf.view('today')} icon={<SunIcon aria-hidden />}>{t`Today`}</Tab>
      <Tab to={addressOf.view('upcoming')} icon={<CalendarIcon aria-hidden />}>{t`Upcoming`}</Tab>
      <button type="button" className={styles['add']} aria-label={t`New task`} onClick={onAdd}>
        <PlusIcon aria-hidden />
      </button>
      <Tab to={addressOf.folders()} icon={<FolderIcon aria-hidden />}>{t`Folders`}</Tab>
    </nav>
  );
}

function Tab({ to, icon, children }: { to: string; icon: ReactNode; children: string }) {
  return (
    <NavLink to={to} className={styles['tab'] ?? ''}>
      {icon}
      {children}
    </NavLink>
  );
}
