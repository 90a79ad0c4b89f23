import { useLingui } from '@lingui/react/macro';
import { Navigate, useSearchParams } from 'react-router';
import { useDeps } from '../../data/dataProvider.tsx';
import { Part } from '../shell/lazyBoundary.tsx';
import { parts } from '../lazyFeatures.ts';
import { PlaceLead } from '../shell/backButton.tsx';
import { useShell } from '../shell/shellContext.ts';
import styles from '../shell/shell.module.css';
import { useTitle } from '../../ui/browser/documentTitle.ts';

/** `/folders`: a page on a phone; where there is room, the sidebar shows them beside any place. */
export function FoldersRoute() {
  const { t } = useLingui();
  const { room, share, signOut } = useShell();
  useTitle(t`Folders`);
  if (room !== 'phone') return <Navigate replace to="/" />;
  return (
    <div className={styles['list']}>
      <Part of={parts.folders}>{(page) => <page.FoldersPage onSignOut={signOut} onShare={share} />}</Part>
    </div>
  );
}

export function AccountRoute() {
  const { t } = useLingui();
  useTitle(t`Settings`);
  return (
    <div className={styles['list']} data-pane="list">
      <Part of={parts.account}>{(page) => <page.AccountPage lead={<PlaceLead isTop={false} />} />}</Part>
    </div>
  );
}

export function WaitingRoute() {
  const { t } = useLingui();
  useTitle(t`Waiting to send`);
  return (
    <div className={styles['list']} data-pane="list">
      <Part of={parts.waiting}>{(page) => <page.WaitingPage lead={<PlaceLead isTop={false} />} />}</Part>
    </div>
  );
}

/** The bin, on a server that has one. */
export function BinRoute() {
  const { t } = useLingui();
  const { can } = useDeps();
  useTitle(t`Bin`);
  if (!can.bin) return <Navigate replace to="/" />;
  return (
    <div className={styles['list']} data-pane="list">
      <Part of={parts.bin}>{(page) => <page.BinPage lead={<PlaceLead isTop={false} />} />}</Part>
    </div>
  );
}

/** Export and import; the address names the folder to export. */
export function ExchangeRoute() {
  const { t } = useLingui();
  const [query] = useSearchParams();
  const id = query.get('folder');
  const folder = id === null ? null : { mailbox: query.get('mailbox') ?? 'me', id };
  useTitle(t`Export and import`);
  return (
    <div className={styles['list']} data-pane="list">
      <Part of={parts.exchange}>
        {(page) => <page.ExchangePage key={id} folder={folder} lead={<PlaceLead isTop={false} />} />}
      </Part>
    </div>
  );
}
