import { useLingui } from '@lingui/react/macro';
import { useEffect, useRef } from 'react';
import { useStableKey } from '../data/pending.ts';
import type { Place } from '../domain/task.ts';
import { later } from './later.ts';
import { PaneEdge } from './paneEdge.tsx';
import { focusMain } from './panes.ts';
import { useShell } from './shellState.ts';
import styles from './shell.module.css';

/** The editor is not on the first screen; it is fetched as soon as that is painted (providers.tsx preloads it). */
export const editors = later(() => import('../features/task-editor/taskEditor.tsx'));
const sheets = later(() => import('./sheet.tsx'));

type Props = { taskId: string | undefined; folder: Place | undefined; onClose: () => void };

/** One task beside its list, or over it on a phone. With no task open it takes no room (design.md §4). */
export function EditorPane({ taskId, folder, onClose }: Props) {
  const { t } = useLingui();
  const { room, editorWidth, setEditorWidth } = useShell();
  const isPhone = room === 'phone';
  const editor = editors.useIt(taskId !== undefined);
  const sheet = sheets.useIt(isPhone);
  // The same while a local id becomes the server's: nothing typed is lost.
  const keyOf = useStableKey();
  const pane = useRef<HTMLElement>(null);
  useFocusGivenBack(pane, taskId !== undefined && !isPhone);

  const content = taskId !== undefined && editor !== undefined && (
    <editor.TaskEditor
      key={keyOf(taskId)}
      taskId={taskId}
      folder={folder}
      shape={isPhone ? 'sheet' : 'pane'}
      onClose={onClose}
    />
  );
  if (isPhone) {
    if (sheet === undefined) return null;
    return (
      <sheet.Sheet shape="sheet" label={t`Task`} isOpen={taskId !== undefined} onClose={onClose}>
        {content}
      </sheet.Sheet>
    );
  }
  if (taskId === undefined) return null;
  return (
    <aside ref={pane} className={styles['editor']} aria-label={t`Task`} data-pane="editor">
      {room === 'wide' && (
        <PaneEdge pane="editor" label={t`Width of the task`} width={editorWidth} onChange={setEditorWidth} />
      )}
      {content}
    </aside>
  );
}

/** A pane that closes with the focus in it gives the focus to the list. */
function useFocusGivenBack(pane: { current: HTMLElement | null }, isOpen: boolean) {
  useEffect(() => {
    const element = pane.current;
    if (!isOpen || element === null) return undefined;
    let isInside = element.contains(document.activeElement);
    const note = (event: FocusEvent) => {
      isInside = event.target instanceof Node && element.contains(event.target);
    };
    document.addEventListener('focusin', note);
    return () => {
      document.removeEventListener('focusin', note);
      if (isInside) focusMain();
    };
  }, [pane, isOpen]);
}
