import { useLingui } from '@lingui/react/macro';
import { useEffect, useRef, useState } from 'react';
import { Navigate, useLocation, useNavigate, useParams } from 'react-router';
import { useDeps } from '../../data/dataProvider.tsx';
import { useFolders } from '../../data/folders/useFolders.ts';
import { useResolvedId, useStableKey } from '../../data/outbox/usePendingChanges.ts';
import { useAccess, useCanShare, useRefreshWhenMissing } from '../../data/sharing/useSharing.ts';
import { useTask, useTasks } from '../../data/tasks/useTasks.ts';
import { isLocalId } from '../../domain/changes/change.ts';
import { appUrls, type ViewName } from '../../domain/urls/appUrls.ts';
import { isSameEmailAddress, type SharedFolder } from '../../domain/task/folderSharing.ts';
import type { Place } from '../../domain/task/task.ts';
import { smartViewDisplay } from '../../features/sidebar/smartViewIcon.tsx';
import type { TaskSelection } from '../../features/task-list/taskListProps.ts';
import type { PlaceUnavailablePageProps } from '../../features/account/accountProps.ts';
import { TaskListPane } from '../../features/task-list/list/taskListPane.tsx';
import { EditorPane } from '../shell/editorPane.tsx';
import { lastPlace, saveLastPlace } from '../shell/lastPlace.ts';
import { focusEditor } from '../shell/paneFocus.ts';
import { LazyBoundary } from '../shell/lazyBoundary.tsx';
import { lazyFeatures } from '../lazyFeatures.ts';
import { BackButton } from '../shell/backButton.tsx';
import { useShell } from '../shell/shellContext.ts';
import styles from '../shell/shell.module.css';
import { useDocumentTitle } from '../../ui/browser/documentTitle.ts';
import { useOpenedTaskFocus } from './useOpenedTaskFocus.ts';

/** `/today` and the other smart views, with or without an open task. */
export function ViewRoute({ view }: { view: ViewName }) {
  const { i18n } = useLingui();
  const { taskId } = useParams();
  return <ListPage source={{ kind: 'view', name: view }} name={i18n._(smartViewDisplay[view].name)} taskId={taskId} />;
}

/** A folder of the own mailbox. The address changes from a local id to the server's once it is known. */
export function FolderRoute() {
  const { folderId = '', taskId } = useParams();
  const id = useResolvedId(folderId);
  const { folders, isPending, failure } = useFolders();
  const folder = folders.find((candidate) => candidate.id === id);
  if (folder === undefined && !isPending && failure === null) return <UnavailablePlace kind="notFound" />;
  return <ListPage source={{ kind: 'folder', place: { mailbox: 'me', id } }} name={folder?.name} taskId={taskId} />;
}

/** A folder of another mailbox. The own address redirects to `/folders/…`. */
export function OtherMailboxRoute() {
  const { address = '', folderId = '', taskId } = useParams();
  const { search, hash } = useLocation();
  const { session } = useDeps();
  if (!isSameEmailAddress(address, session.account.address)) {
    return <SharedRoute key={`${address}/${folderId}`} place={{ mailbox: address, id: folderId }} taskId={taskId} />;
  }
  const ownPlace: Place = { mailbox: 'me', id: folderId };
  const short = taskId === undefined ? appUrls.folder(ownPlace) : appUrls.task(ownPlace, taskId);
  return <Navigate replace to={{ pathname: short, search, hash }} />;
}

type SharedProps = { place: Place; taskId: string | undefined };

/** A shared folder while it is shared; empty until access is known (docs/design.md#components). */
function SharedRoute({ place, taskId }: SharedProps) {
  const access = useAccess(place);
  const [seen, setSeen] = useState<SharedFolder>();
  if (access.state === 'open' && access.shared !== seen) setSeen(access.shared);
  if (access.state === 'open') return <OpenShared shared={access.shared} taskId={taskId} />;
  if (access.state === 'untold')
    return <ListPage source={{ kind: 'folder', place }} name={undefined} taskId={taskId} />;
  if (access.state === 'unknown')
    return <UnavailablePlace kind="notKnown" failure={access.failure} onRetry={access.retry} />;
  if (access.state === 'pending') return <main className={styles['list']} aria-busy />;
  return seen === undefined ? (
    <UnavailablePlace kind="notOpen" address={place.mailbox} />
  ) : (
    <UnavailablePlace kind="closed" shared={seen} />
  );
}

function OpenShared({ shared, taskId }: { shared: SharedFolder; taskId: string | undefined }) {
  // The owner's spelling of the address keeps one replica and one sidebar row per folder.
  const place: Place = { mailbox: shared.owner.address, id: shared.folder.id };
  useRefreshWhenMissing(useTasks(place).failure);
  return <ListPage source={{ kind: 'folder', place }} name={shared.folder.name} taskId={taskId} />;
}

/** The page for an unknown address, or one that this account has no access to. */
export function UnavailablePlace(props: PlaceUnavailablePageProps) {
  const { t } = useLingui();
  useDocumentTitle(t`Not here`);
  useForgetLastPlace();
  return (
    <div className={styles['list']}>
      <LazyBoundary of={lazyFeatures.placeUnavailable}>
        {(page) => <page.PlaceUnavailablePage {...props} />}
      </LazyBoundary>
    </div>
  );
}

/** An unavailable place must become neither the start page nor the target of "Go to my tasks". */
function useForgetLastPlace() {
  const { session } = useDeps();
  const { pathname } = useLocation();
  const { key } = session.account;
  useEffect(() => {
    if (pathname.startsWith(lastPlace(key))) saveLastPlace(key, appUrls.view('today'));
  }, [key, pathname]);
}

type ListPageProps = {
  source: { kind: 'folder'; place: Place } | { kind: 'view'; name: ViewName };
  name: string | undefined;
  taskId: string | undefined;
};

function ListPage({ source, name, taskId }: ListPageProps) {
  const navigate = useNavigate();
  const location = useLocation();
  const { session } = useDeps();
  const resolved = useResolvedId(taskId ?? '');
  const openTaskId = taskId === undefined ? undefined : resolved;
  const folder = source.kind === 'folder' ? source.place : undefined;
  const { layout, share } = useShell();
  const canShare = useCanShare() && folder?.mailbox === 'me' && !isLocalId(folder.id) && name !== undefined;
  const [selected, setSelected] = useState<TaskSelection | null>(null);
  const { task } = useTask(openTaskId ?? '', folder?.id, folder?.mailbox);
  const list =
    folder === undefined ? appUrls.view(source.kind === 'view' ? source.name : 'today') : appUrls.folder(folder);
  const taskAddress = (id: string) =>
    source.kind === 'view' ? appUrls.view(source.name, id) : appUrls.task(source.place, id);
  const canonical = openTaskId === undefined ? list : taskAddress(openTaskId);
  const keyOf = useStableKey();
  const openedFocus = useOpenedTaskFocus(openTaskId === undefined ? undefined : keyOf(openTaskId), close);
  const isOpenedHere = isOpened(location.state);
  /** Set while history goes back, which takes a moment; going back twice would leave the list. */
  const leaving = useRef<typeof location>(undefined);

  useEffect(() => {
    if (location.pathname === canonical) return;
    // The person is leaving: the browser's address is ahead of the page that is drawn.
    if (window.location.pathname !== location.pathname) return;
    void navigate(
      { pathname: canonical, search: location.search, hash: location.hash },
      { replace: true, state: location.state },
    );
  }, [navigate, location, canonical]);
  useEffect(() => saveLastPlace(session.account.key, list), [session.account.key, list]);
  useDocumentTitle(openTaskId === undefined ? undefined : task?.subject, name);

  function open(id: string) {
    // Enter moves the focus into the task; a click leaving it on the row, for the arrow keys.
    const movesFocus = document.activeElement?.matches('[role=row]:focus-visible') === true;
    if (id === openTaskId) {
      if (movesFocus) focusEditor();
      return;
    }
    if (movesFocus) openedFocus.expect(keyOf(id));
    else openedFocus.stopWaiting();
    void navigate(taskAddress(id), { state: { isOpened: openTaskId === undefined } });
  }
  /** Goes back in history if the task was opened from the list, so that Back does not reopen it. */
  function close() {
    openedFocus.stopWaiting();
    if (openTaskId === undefined || leaving.current === location) return;
    leaving.current = location;
    void (isOpenedHere ? navigate(-1) : navigate(list));
  }
  return (
    <>
      <div
        className={`${styles['list']} ${openTaskId === undefined && (selected === null || layout === 'phone') ? '' : 'crease'}`}
        data-pane="list"
      >
        <TaskListPane
          source={source}
          openTaskId={openTaskId}
          onOpen={open}
          onClose={close}
          onSelect={setSelected}
          onShare={canShare ? () => share({ id: folder.id, name }) : undefined}
          lead={
            <BackButton isTop={source.kind === 'view' && (source.name === 'today' || source.name === 'upcoming')} />
          }
        />
      </div>
      <EditorPane
        taskId={openTaskId}
        folder={folder}
        selected={selected}
        onRender={openedFocus.takeFocus}
        onClose={close}
      />
    </>
  );
}

/** Whether this history entry was created by opening a task from its list. */
function isOpened(state: unknown): boolean {
  return typeof state === 'object' && state !== null && 'isOpened' in state && state.isOpened === true;
}
