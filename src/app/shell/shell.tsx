import { useLingui } from '@lingui/react/macro';
import { useEffect, useState, type CSSProperties } from 'react';
import { Outlet, useLocation, useNavigate } from 'react-router';
import { useSharedReplicas } from '../../data/sharing/useSharing.ts';
import { appUrls } from '../../domain/urls/appUrls.ts';
import { Sidebar } from '../../features/sidebar/sidebar.tsx';
import { useLazyChunk, runWhenIdle } from '../../ui/loading/lazyChunk.ts';
import { holdKeys } from '../../ui/keyboard/heldKeys.ts';
import { useMinWidth } from '../../ui/browser/mediaQueries.ts';
import { useLazySurface } from '../../ui/overlays/useLazySurface.ts';
import { ToastRegion } from '../../ui/feedback/toast.tsx';
import { BulkActionHost } from './bulkActionHost.tsx';
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
import styles from './shell.module.css';

function useRoom(): ShellLayout {
  const isWide = useMinWidth(1280);
  const hasThree = useMinWidth(1024);
  const hasTwo = useMinWidth(720);
  return isWide ? 'wide' : hasThree ? 'threePanes' : hasTwo ? 'twoPanes' : 'phone';
}

/** The frame around every place: sidebar or tab bar, the place, and the edges between (docs/design.md#layout). */
export function Shell() {
  const { t } = useLingui();
  const room = useRoom();
  const navigate = useNavigate();
  const { pathname, search } = useLocation();
  const [widths, setWidths] = useState(() => parsePaneWidths(persistence.read('panes')));
  const [isHidden, setIsHidden] = useState(() => persistence.read('sidebar') === 'hidden');
  /** The drawer belongs to the place it was opened over: going somewhere closes it. */
  const [drawerAt, setDrawerAt] = useState<string>();
  const isDrawerOpen = room === 'twoPanes' && drawerAt === pathname;
  const drawer = useLazySurface(lazyFeatures.sheet, isDrawerOpen, () => setDrawerAt(undefined));
  const isBeside = room === 'wide' || room === 'threePanes';
  const isSidebarShown = isBeside && !isHidden;
  /** Counts how often signing out was asked for. */
  const [signOutAsked, setSignOutAsked] = useState(0);
  const question = useLazySurface(lazyFeatures.signOut, signOutAsked > 0, () => setSignOutAsked(0), 'leavesFocus');
  // What the system opened the app with stands in the query.
  const installed = useLazyChunk(lazyFeatures.installed, search !== '');
  const reminders = useLazyChunk(lazyFeatures.reminders, false);
  const beside = useLazyChunk(lazyFeatures.beside, false);
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
  /** Today takes new tasks from everywhere that takes none itself. */
  function addTask() {
    if (focusQuickAdd()) return;
    void navigate(appUrls.view('today'));
    holdKeys({ isThere: focusQuickAdd });
  }
  useNavigationHotkeys({ toggleSidebar, addTask });

  const state: ShellState = {
    room,
    editorWidth: widths.editor,
    setEditorWidth: (width, isDone) => setWidth('editor', width, isDone),
    isSidebarShown,
    toggleSidebar,
    share: setSharing,
    signOut: () => setSignOutAsked((times) => times + 1),
  };
  const style: CSSProperties & Record<'--sidebar' | '--editor', string> = {
    '--sidebar': `${widths.sidebar}px`,
    '--editor': `${widths.editor}px`,
  };
  const edge = room === 'wide' && (
    <PaneResizer
      pane="sidebar"
      label={t`Width of the folders`}
      width={widths.sidebar}
      onChange={(width, isDone) => setWidth('sidebar', width, isDone)}
    />
  );
  return (
    <ShellContext value={state}>
      <button type="button" className={styles['skip']} onClick={focusMain}>{t`Skip to tasks`}</button>
      <div className={styles['frame']} data-room={room} style={style}>
        {installed.state === 'here' && <installed.part.PwaIntegration addTask={addTask} />}
        <UpdateBanner />
        <SignInBanner />
        {reminders.state === 'here' && <reminders.part.ReminderBand />}
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
        {room === 'phone' && <TabBar onAdd={addTask} />}
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
      {beside.state === 'here' && <beside.part.ImportExportHost />}
      {question !== null && <question.SignOutDialog asked={signOutAsked} />}
    </ShellContext>
  );
}
