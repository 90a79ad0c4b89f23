import { useLingui } from '@lingui/react/macro';
import { useEffect, useState, type CSSProperties } from 'react';
import { Outlet, useLocation } from 'react-router';
import { useSharedReplicas } from '../../data/sharing/useSharing.ts';
import { appUrls } from '../../domain/urls/appUrls.ts';
import { Sidebar } from '../../features/sidebar/sidebar.tsx';
import { useLazyChunk } from '../../ui/loading/useLazyChunk.ts';
import { runWhenIdle } from '../../ui/loading/idleLoading.ts';
import { useMinWidth } from '../../ui/browser/mediaQueries.ts';
import { useLazySurface } from '../../ui/overlays/useLazySurface.ts';
import { ToastRegion } from '../../ui/feedback/toast.tsx';
import { BulkActionHost } from './bulkActionHost.tsx';
import { ImportExportMount } from './importExportMount.tsx';
import { ErrorBoundary } from './errorBoundary.tsx';
import { ErrorPage } from './errorPage.tsx';
import { persistence } from '../persistence.ts';
import { lazyFeatures } from '../lazyFeatures.ts';
import { PaneResizer } from './paneResizer.tsx';
import { parsePaneWidths, formatPaneWidths, type PaneName } from './paneWidths.ts';
import { focusMain, focusQuickAdd, useFocusAfterNavigation, usePaneHotkeys } from './paneFocus.ts';
import { ShellContext, type ShellLayout, type ShellState } from './shellContext.ts';
import { SignInBanner } from '../auth/signInBanner.tsx';
import { TabBar } from './tabBar.tsx';
import { UpdateBanner } from '../pwa/updateBanner.tsx';
import { useNavigationHotkeys } from './navigationHotkeys.ts';
import { useNavigateWithKeys } from './useNavigateWithKeys.ts';
import styles from './shell.module.css';

function useLayout(): ShellLayout {
  const isWide = useMinWidth(1280);
  const hasThree = useMinWidth(1024);
  const hasTwo = useMinWidth(720);
  return isWide ? 'wide' : hasThree ? 'threePanes' : hasTwo ? 'twoPanes' : 'phone';
}

/** The layout around every page: sidebar or tab bar, the page, and resizable edges (docs/design.md#layout). */
export function Shell() {
  const { t } = useLingui();
  const layout = useLayout();
  const navigateWithKeys = useNavigateWithKeys();
  const { pathname, search } = useLocation();
  const [widths, setWidths] = useState(() => parsePaneWidths(persistence.read('panes')));
  const [isHidden, setIsHidden] = useState(() => persistence.read('sidebar') === 'hidden');
  /** The path that the drawer was opened at: navigation closes it. */
  const [drawerAt, setDrawerAt] = useState<string>();
  const isDrawerOpen = layout === 'twoPanes' && drawerAt === pathname;
  const drawer = useLazySurface(lazyFeatures.sheet, isDrawerOpen, () => setDrawerAt(undefined));
  const isBeside = layout === 'wide' || layout === 'threePanes';
  const isSidebarShown = isBeside && !isHidden;
  /** How many times sign-out was requested. */
  const [signOutRequests, setSignOutRequests] = useState(0);
  const question = useLazySurface(
    lazyFeatures.signOut,
    signOutRequests > 0,
    () => setSignOutRequests(0),
    'leavesFocus',
  );
  // The query holds what the system opened the app with.
  const pwa = useLazyChunk(lazyFeatures.pwa, search !== '');
  const reminders = useLazyChunk(lazyFeatures.reminders, false);
  const clock = useLazyChunk(lazyFeatures.clock, false);
  useEffect(() => runWhenIdle(() => Object.values(lazyFeatures).forEach((part) => part.load())), []);
  const [sharing, setSharing] = useState<Parameters<ShellState['share']>[0]>();
  const dialog = useLazySurface(lazyFeatures.share, sharing !== undefined, () => setSharing(undefined));
  useSharedReplicas();
  usePaneHotkeys();
  useFocusAfterNavigation(pathname.replace(/\/tasks\/[^/]*$/, ''));

  function toggleSidebar() {
    if (!isBeside) return setDrawerAt(isDrawerOpen ? undefined : pathname);
    persistence.save('sidebar', isHidden ? 'shown' : 'hidden');
    setIsHidden(!isHidden);
  }
  function setWidth(pane: PaneName, width: number, isDone: boolean) {
    const next = { ...widths, [pane]: width };
    if (isDone) persistence.save('panes', formatPaneWidths(next));
    setWidths(next);
  }
  /** Places without a field for new tasks navigate to Today. */
  function addTask() {
    if (focusQuickAdd()) return;
    navigateWithKeys(appUrls.view('today'), focusQuickAdd);
  }
  useNavigationHotkeys({ toggleSidebar, addTask });

  const state: ShellState = {
    layout,
    editorWidth: widths.editor,
    setEditorWidth: (width, isDone) => setWidth('editor', width, isDone),
    isSidebarShown,
    toggleSidebar,
    share: setSharing,
    signOut: () => setSignOutRequests((times) => times + 1),
  };
  const style: CSSProperties & Record<'--sidebar' | '--editor', string> = {
    '--sidebar': `${widths.sidebar}px`,
    '--editor': `${widths.editor}px`,
  };
  const edge = layout === 'wide' && (
    <PaneResizer
      pane="sidebar"
      label={t`Width of the folders`}
      width={widths.sidebar}
      onChange={(width, isDone) => setWidth('sidebar', width, isDone)}
    />
  );
  return (
    <ShellContext value={state}>
      <button type="button" className={styles['skipLink']} onClick={focusMain}>{t`Skip to tasks`}</button>
      <div className={styles['frame']} data-layout={layout} style={style}>
        {pwa.state === 'here' && <pwa.part.PwaIntegration addTask={addTask} />}
        <UpdateBanner />
        <SignInBanner />
        {clock.state === 'here' && <clock.part.ClockBanner />}
        {reminders.state === 'here' && <reminders.part.ReminderBanner />}
        <div className={styles['panes']}>
          {isSidebarShown && (
            <div className={`${styles['sidebar']} crease`} data-pane="sidebar">
              <Sidebar onSignOut={state.signOut} onShare={setSharing} edge={edge} />
            </div>
          )}
          <ErrorBoundary place={pathname} renderFailure={(error, retry) => <ErrorPage error={error} retry={retry} />}>
            <Outlet />
          </ErrorBoundary>
        </div>
        {layout === 'phone' && <TabBar onAdd={addTask} />}
        <BulkActionHost />
        <ToastRegion />
      </div>
      {drawer !== null && (
        <drawer.Sheet shape="drawer" label={t`Folders`} isOpen={isDrawerOpen} onClose={() => setDrawerAt(undefined)}>
          <Sidebar
            onSignOut={state.signOut}
            onShare={(folder) => {
              setDrawerAt(undefined);
              setSharing(folder);
            }}
            onNavigate={() => setDrawerAt(undefined)}
          />
        </drawer.Sheet>
      )}
      {dialog !== null && sharing !== undefined && (
        <dialog.ShareDialog key={sharing.id} folder={sharing} onClose={() => setSharing(undefined)} />
      )}
      <ImportExportMount />
      {question !== null && <question.SignOutDialog requests={signOutRequests} />}
    </ShellContext>
  );
}
