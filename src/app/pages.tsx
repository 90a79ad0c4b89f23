import { useLingui } from '@lingui/react/macro';
import { Navigate } from 'react-router';
import { later } from './later.ts';
import { PlaceLead } from './placeLead.tsx';
import { useShell } from './shellState.ts';
import styles from './shell.module.css';
import { useTitle } from './title.ts';

const folders = later(() => import('../features/sidebar/foldersPage.tsx'));
const accounts = later(() => import('../features/account/accountPage.tsx'));
const waiting = later(() => import('../features/account/waitingPage.tsx'));

/** `/folders`: a page on a phone; where there is room, the sidebar shows them beside any place. */
export function FoldersRoute() {
  const { t } = useLingui();
  const { room, signOut } = useShell();
  const page = folders.useIt(room === 'phone');
  useTitle(t`Folders`);
  if (room !== 'phone') return <Navigate replace to="/" />;
  return <div className={styles['list']}>{page !== undefined && <page.FoldersPage onSignOut={signOut} />}</div>;
}

export function AccountRoute() {
  const { t } = useLingui();
  const page = accounts.useIt();
  useTitle(t`Settings`);
  return (
    <div className={styles['list']} data-pane="list">
      {page !== undefined && <page.AccountPage lead={<PlaceLead isTop={false} />} />}
    </div>
  );
}

export function WaitingRoute() {
  const { t } = useLingui();
  const page = waiting.useIt();
  useTitle(t`Waiting to send`);
  return (
    <div className={styles['list']} data-pane="list">
      {page !== undefined && <page.WaitingPage lead={<PlaceLead isTop={false} />} />}
    </div>
  );
}
