import { useLingui } from '@lingui/react/macro';
import { useEffect } from 'react';
import { Navigate, useSearchParams } from 'react-router';
import { useDeps } from '../../data/dataProvider.tsx';
import { LazyBoundary } from '../shell/lazyBoundary.tsx';
import { lazyFeatures } from '../lazyFeatures.ts';
import { BackButton } from '../shell/backButton.tsx';
import { useShell } from '../shell/shellContext.ts';
import styles from '../shell/shell.module.css';
import { useDocumentTitle } from '../../ui/browser/documentTitle.ts';

/** `/folders`: a page on a phone; wider windows show the sidebar instead. */
export function FoldersRoute() {
  const { t } = useLingui();
  const { layout, share, signOut } = useShell();
  useDocumentTitle(t`Folders`);
  if (layout !== 'phone') return <Navigate replace to="/" />;
  return (
    <div className={styles['list']}>
      <LazyBoundary of={lazyFeatures.folders}>
        {(page) => <page.FoldersPage onSignOut={signOut} onShare={share} />}
      </LazyBoundary>
    </div>
  );
}

export function AccountRoute() {
  const { t } = useLingui();
  useDocumentTitle(t`Settings`);
  return (
    <div className={styles['list']} data-pane="list">
      <LazyBoundary of={lazyFeatures.account}>
        {(page) => <page.AccountPage lead={<BackButton isTop={false} />} />}
      </LazyBoundary>
    </div>
  );
}

export function PendingChangesRoute() {
  const { t } = useLingui();
  useDocumentTitle(t`Not synced yet`);
  return (
    <div className={styles['list']} data-pane="list">
      <LazyBoundary of={lazyFeatures.pendingChanges}>
        {(page) => <page.PendingChangesPage lead={<BackButton isTop={false} />} />}
      </LazyBoundary>
    </div>
  );
}

/** The bin, where the server has one. */
export function BinRoute() {
  const { t } = useLingui();
  const { capabilities } = useDeps();
  useDocumentTitle(t`Bin`);
  if (!capabilities.bin) return <Navigate replace to="/" />;
  return (
    <div className={styles['list']} data-pane="list">
      <LazyBoundary of={lazyFeatures.bin}>
        {(page) => <page.BinPage lead={<BackButton isTop={false} />} />}
      </LazyBoundary>
    </div>
  );
}

/** Export and import; the query names the folder to export. */
export function ImportExportRoute() {
  const { t } = useLingui();
  const [query] = useSearchParams();
  const id = query.get('folder');
  const folder = id === null ? null : { mailbox: query.get('mailbox') ?? 'me', id };
  useDocumentTitle(t`Export and import`);
  // Only a mounted host sees an import start, and reports its end on other pages.
  useEffect(() => lazyFeatures.importExportHost.load(), []);
  return (
    <div className={styles['list']} data-pane="list">
      <LazyBoundary of={lazyFeatures.importExport}>
        {(page) => <page.ImportExportPage key={id} folder={folder} lead={<BackButton isTop={false} />} />}
      </LazyBoundary>
    </div>
  );
}
