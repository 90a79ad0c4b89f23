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
  /** Called after every render. */
  onRender: () => void;
  onClose: () => void;
};

/** The open task beside its list, or over it on a phone (docs/design.md#layout). */
export function EditorPane({ taskId, folder, selected, onRender, onClose }: Props) {
  const { t } = useLingui();
  const { layout, editorWidth, setEditorWidth } = useShell();
  const isPhone = layout === 'phone';
  const isOpen = taskId !== undefined;
  const editor = useLazySurface(lazyFeatures.editor, isOpen, onClose, 'leavesFocus');
  const sheet = useLazySurface(lazyFeatures.sheet, isOpen && isPhone, onClose);
  const selection = isPhone ? null : selected;
  const bulk = useLazySurface(lazyFeatures.bulkEditor, selection !== null, () => {}, 'leavesFocus');
  // The key survives the change from a local id to the server's, so drafts are kept.
  const keyOf = useStableKey();
  const pane = useRef<HTMLElement>(null);
  useEffect(onRender);
  useRestoreFocus(pane, (selection !== null && bulk !== null) || (isOpen && !isPhone));

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
  const chosen = selection !== null && bulk !== null && (
    <bulk.BulkEditor mailbox={selection.mailbox} tasks={selection.tasks} onClear={selection.clear} />
  );
  if (taskId === undefined && chosen === false) return null;
  return (
    <aside
      ref={pane}
      className={styles['editor']}
      aria-label={chosen === false ? t`Task` : t`Selection`}
      data-pane="editor"
    >
      {layout === 'wide' && (
        <PaneResizer pane="editor" label={t`Width of the task`} width={editorWidth} onChange={setEditorWidth} />
      )}
      {chosen === false ? content : chosen}
    </aside>
  );
}

/** Moves the focus to the list when the pane closes with the focus inside. */
function useRestoreFocus(pane: { current: HTMLElement | null }, isOpen: boolean) {
  useEffect(() => {
    const element = pane.current;
    if (!isOpen || element === null) return undefined;
    let isInside = element.contains(document.activeElement);
    const onFocusIn = (event: FocusEvent) => {
      isInside = event.target instanceof Node && element.contains(event.target);
    };
    document.addEventListener('focusin', onFocusIn);
    return () => {
      document.removeEventListener('focusin', onFocusIn);
      if (isInside) focusMain();
    };
  }, [pane, isOpen]);
}
