import { useLingui } from '@lingui/react/macro';
import { useEffect, useRef } from 'react';
import { useStableKey } from '../../data/outbox/usePendingChanges.ts';
import type { Place } from '../../domain/task/task.ts';
import type { TaskSelection } from '../../features/task-list/taskListProps.ts';
import { useLazySurface } from '../../ui/overlays/useLazySurface.ts';
import { PaneResizer } from './paneResizer.tsx';
import { focusMain } from './paneFocus.ts';
import { lazyFeatures } from '../lazyFeatures.ts';
import { useShell } from './shellContext.ts';
import styles from './shell.module.css';

type Props = {
  taskId: string | undefined;
  folder: Place | undefined;
  /** In a wide window, the editor of the selection replaces the task (docs/design.md#components). */
  selected: TaskSelection | null;
  /** Called whenever the pane was drawn. */
  onDraw: () => void;
  onClose: () => void;
};

/** One task beside its list, or over it on a phone. With no task open it takes no room (docs/design.md#layout). */
export function EditorPane({ taskId, folder, selected, onDraw, onClose }: Props) {
  const { t } = useLingui();
  const { room, editorWidth, setEditorWidth } = useShell();
  const isPhone = room === 'phone';
  const isOpen = taskId !== undefined;
  const editor = useLazySurface(lazyFeatures.editor, isOpen, onClose, 'leavesFocus');
  const sheet = useLazySurface(lazyFeatures.sheet, isOpen && isPhone, onClose);
  const many = isPhone ? null : selected;
  const bulk = useLazySurface(lazyFeatures.bulk, many !== null, () => {}, 'leavesFocus');
  // The same while a local id becomes the server's: nothing typed is lost.
  const keyOf = useStableKey();
  const pane = useRef<HTMLElement>(null);
  useEffect(onDraw);
  useFocusGivenBack(pane, (many !== null && bulk !== null) || (isOpen && !isPhone));

  const content = taskId !== undefined && editor !== null && (
    <editor.TaskEditor
      key={keyOf(taskId)}
      taskId={taskId}
      folder={folder}
      shape={isPhone ? 'sheet' : 'pane'}
      onClose={onClose}
    />
  );
  if (isPhone) {
    if (sheet === null) return null;
    return (
      <sheet.Sheet shape="sheet" label={t`Task`} isOpen={isOpen} onClose={onClose}>
        {content}
      </sheet.Sheet>
    );
  }
  const chosen = many !== null && bulk !== null && (
    <bulk.BulkEditor mailbox={many.mailbox} tasks={many.tasks} onClear={many.clear} />
  );
  if (taskId === undefined && chosen === false) return null;
  return (
    <aside
      ref={pane}
      className={styles['editor']}
      aria-label={chosen === false ? t`Task` : t`Selection`}
      data-pane="editor"
    >
      {room === 'wide' && (
        <PaneResizer pane="editor" label={t`Width of the task`} width={editorWidth} onChange={setEditorWidth} />
      )}
      {chosen === false ? content : chosen}
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
