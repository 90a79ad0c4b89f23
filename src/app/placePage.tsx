import { useLingui } from '@lingui/react/macro';
import { useEffect, useRef } from 'react';
import { Navigate, useLocation, useNavigate, useParams } from 'react-router';
import { useDeps } from '../data/deps.tsx';
import { useFolders } from '../data/folders.ts';
import { useResolvedId } from '../data/pending.ts';
import { useTask } from '../data/tasks.ts';
import { addressOf, type ViewName } from '../domain/place.ts';
import type { Place } from '../domain/task.ts';
import { viewLook } from '../features/sidebar/viewLook.tsx';
import { TaskListPane } from '../features/task-list/taskListPane.tsx';
import { EditorPane } from './editorPane.tsx';
import { rememberPlace } from './lastPlace.ts';
import { focusEditor } from './panes.ts';
import { Part } from './part.tsx';
import { parts } from './parts.ts';
import { PlaceLead } from './placeLead.tsx';
import styles from './shell.module.css';
import { useTitle } from './title.ts';

/** `/today` and the other smart views, with or without an open task. */
export function ViewRoute({ view }: { view: ViewName }) {
  const { i18n } = useLingui();
  const { taskId } = useParams();
  return <ListPage source={{ kind: 'view', name: view }} name={i18n._(viewLook[view].name)} taskId={taskId} />;
}

/** A folder of one's own mailbox. An id that this device made up is replaced by the server's in the address. */
export function FolderRoute() {
  const { folderId = '', taskId } = useParams();
  const id = useResolvedId(folderId);
  const { folders, isPending, failure } = useFolders();
  const folder = folders.find((one) => one.id === id);
  if (folder === undefined && !isPending && failure === null) return <Refused kind="notFound" />;
  return <ListPage source={{ kind: 'folder', place: { mailbox: 'me', id } }} name={folder?.name} taskId={taskId} />;
}

/** A folder of another mailbox. One's own address is the long way to say `/folders/…`. */
export function PersonRoute() {
  const { address = '', folderId = '', taskId } = useParams();
  const { search, hash } = useLocation();
  const { session } = useDeps();
  if (address.toLowerCase() !== session.account.address.toLowerCase())
    return <Refused kind="notOpen" address={address} />;
  const own: Place = { mailbox: 'me', id: folderId };
  const short = taskId === undefined ? addressOf.folder(own) : addressOf.task(own, taskId);
  return <Navigate replace to={{ pathname: short, search, hash }} />;
}

type RefusedProps = { kind: 'notFound' } | { kind: 'notOpen'; address: string };

/** An address that leads nowhere, or where this account may not go. */
export function Refused(props: RefusedProps) {
  const { t } = useLingui();
  useTitle(t`Not here`);
  return (
    <div className={styles['list']}>
      <Part of={parts.refusal}>{(page) => <page.RefusalPage {...props} />}</Part>
    </div>
  );
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
  const { task } = useTask(openTaskId ?? '', folder?.id);
  const list =
    folder === undefined ? addressOf.view(source.kind === 'view' ? source.name : 'today') : addressOf.folder(folder);
  const taskAddress = (id: string) =>
    source.kind === 'view' ? addressOf.view(source.name, id) : addressOf.task(source.place, id);
  const right = openTaskId === undefined ? list : taskAddress(openTaskId);
  /** The task that was just opened is to have the focus as soon as it is drawn. */
  const takesFocus = useRef(false);
  const isOpenedHere = isOpened(location.state);

  useEffect(() => {
    if (location.pathname === right) return;
    void navigate(
      { pathname: right, search: location.search, hash: location.hash },
      { replace: true, state: location.state },
    );
  }, [navigate, location, right]);
  useEffect(() => rememberPlace(session.account.key, list), [session.account.key, list]);
  useTitle(openTaskId === undefined ? undefined : task?.subject, name);

  function open(id: string) {
    // Enter goes into the task; a click leaves the focus on its row, where the arrows go on.
    const goesIn = document.activeElement?.matches('[role=row]:focus-visible') === true;
    if (id === openTaskId) {
      if (goesIn) focusEditor();
      return;
    }
    takesFocus.current = goesIn;
    void navigate(taskAddress(id), { state: { isOpened: openTaskId === undefined } });
  }
  function goIn() {
    if (takesFocus.current && focusEditor()) takesFocus.current = false;
  }
  /** Closing undoes the step that opened the task from the list, so that Back does not open it again. */
  function close() {
    if (openTaskId === undefined) return;
    void (isOpenedHere ? navigate(-1) : navigate(list));
  }
  return (
    <>
      <div className={`${styles['list']} ${openTaskId === undefined ? '' : 'crease'}`} data-pane="list">
        <TaskListPane
          source={source}
          openTaskId={openTaskId}
          onOpen={open}
          onClose={close}
          lead={<PlaceLead isTop={source.kind === 'view' && (source.name === 'today' || source.name === 'upcoming')} />}
        />
      </div>
      <EditorPane taskId={openTaskId} folder={folder} onDraw={goIn} onClose={close} />
    </>
  );
}

/** Whether the entry in the browser's history was made by opening a task from its list. */
function isOpened(state: unknown): boolean {
  return typeof state === 'object' && state !== null && 'isOpened' in state && state.isOpened === true;
}
