import { useLingui } from '@lingui/react/macro';
import { useEffect, useRef, useState } from 'react';
import { useFolder } from '../../data/folders/useFolders.ts';
import { queueDroppedFiles } from '../../data/attachments/useDroppedFiles.ts';
import { useStableKey } from '../../data/outbox/usePendingChanges.ts';
import { useLinkTo } from '../../data/sharing/useLinkTo.ts';
import { useRole } from '../../data/sharing/useSharing.ts';
import { useTask } from '../../data/tasks/useTasks.ts';
import type { PendingState } from '../../domain/listing/listing.ts';
import type { Importance, Mailbox, Place, Task } from '../../domain/task/task.ts';
import { dispatchHotkey, useHotkeys } from '../../ui/keyboard/hotkeys.ts';
import { useLinkActions } from '../../ui/browser/linkActions.ts';
import { useFileDrop } from './attachments/add/useFileDrop.ts';
import { LazyAttachments } from './attachments/lazyAttachments.tsx';
import { DateCard, type DateFieldName } from './dates/dateCard.tsx';
import { EditorToolbar } from './editorToolbar.tsx';
import { EditorFooter } from './editorFooter.tsx';
import { MissingTask } from './missingTask.tsx';
import { Notes } from './notes/notes.tsx';
import { ReadOnlyHint } from './readOnlyHint.tsx';
import { TaskProperties } from './taskProperties.tsx';
import type { TaskEditorProps } from './taskEditorProps.ts';
import { FieldConflictMessage, ParkedChangeNotice } from './conflict/fieldConflict.tsx';
import { SheetFooter } from './sheetFooter.tsx';
import { SubjectField } from './subjectField.tsx';
import { useFieldConflicts } from './conflict/useFieldConflicts.ts';
import type { AutosaveState } from './editing/useAutosave.ts';
import { useTaskEdits } from './editing/useTaskEdits.ts';
import { useTaskBulkActions } from './editing/useTaskBulkActions.ts';
import styles from './taskEditor.module.css';

/** One task, to read and to change; saved while it is typed (docs/design.md#components). */
export function TaskEditor({ taskId, folder, shape = 'pane', onClose, onDeleted }: TaskEditorProps) {
  const { task, pendingState, isPending } = useTask(taskId, folder?.id, folder?.mailbox);
  // What stood here last, so that a task deleted elsewhere is named when it goes.
  const [seen, setSeen] = useState<string>();
  if (task !== undefined && task.subject !== seen) setSeen(task.subject);
  if (task === undefined) {
    return (
      <MissingTask isPending={isPending} seen={seen} folder={folder} isSheet={shape === 'sheet'} onClose={onClose} />
    );
  }
  return (
    <OpenTask
      mailbox={folder?.mailbox ?? 'me'}
      task={task}
      pendingState={pendingState}
      isSheet={shape === 'sheet'}
      onClose={onClose}
      onDeleted={onDeleted ?? onClose}
    />
  );
}

const importanceAfter: Readonly<Record<Importance, Importance>> = { normal: 'high', high: 'low', low: 'normal' };

type OpenTaskProps = {
  mailbox: Mailbox;
  task: Task;
  pendingState: 'saved' | PendingState;
  isSheet: boolean;
  onClose: () => void;
  onDeleted: (task: Task) => void;
};

function OpenTask({ mailbox, task, pendingState, isSheet, onClose, onDeleted }: OpenTaskProps) {
  const { t } = useLingui();
  const place: Place = { mailbox, id: task.folderId };
  const folder = useFolder(place);
  const isReadOnly = useRole(place) === 'read';
  const linkTo = useLinkTo();
  const { copy } = useLinkActions();
  const edits = useTaskEdits(mailbox, task);
  const errands = useTaskBulkActions(mailbox, task, () => onDeleted(task));
  const refusals = useFieldConflicts(task.id);
  const [isChoosing, setIsChoosing] = useState(false);
  const [picker, setPicker] = useState<DateFieldName | null>(null);
  const [typing, setTyping] = useState<{ subject: AutosaveState; notes: AutosaveState }>({
    subject: 'none',
    notes: 'none',
  });
  const root = useRef<HTMLDivElement>(null);
  const statusBox = useRef<HTMLDivElement>(null);
  const attach = useRef<() => void>(null);

  // Heard from the first moment; the attachments take it, once they are drawn.
  const keyOf = useStableKey();
  const over = useFileDrop(root, !isReadOnly, (dropped) => queueDroppedFiles({ ...dropped, task: keyOf(task.id) }));

  function remove() {
    edits.remove();
    onDeleted(task);
  }

  useHotkeys(
    {
      L: { label: t`Copy link`, run: () => copy(linkTo(place, task.id)) },
      Escape: { label: t`Close`, run: onClose },
    },
    { scope: 'task', within: root },
  );
  useHotkeys(
    {
      Space: {
        label: t`Complete or reopen`,
        run: (event) => onlyAtRest(event, task.status === 'completed' ? edits.reopen : edits.complete),
      },
      // The same while a field has the focus; a line of the checklist ticks itself.
      'Mod+Enter': {
        label: t`Complete or reopen`,
        run({ target }) {
          if (target instanceof Element && target.closest('[data-check-line]') !== null) return false;
          return task.status === 'completed' ? edits.reopen() : edits.complete();
        },
      },
      S: { label: t`Status`, run: () => statusBox.current?.querySelector('button')?.click() },
      I: { label: t`Importance`, run: () => edits.update({ importance: importanceAfter[task.importance] }) },
      C: { label: t`Categories`, run: () => setIsChoosing(true) },
      D: { label: t`Due day`, run: () => setPicker('due') },
      'Shift+D': { label: t`Start day`, run: () => setPicker('start') },
      R: { label: t`Reminder`, run: () => setPicker('reminder') },
      'Shift+R': { label: t`Repeat`, run: () => setPicker('repeat') },
      M: { label: t`Move to folder`, run: () => errands.move?.() },
      Delete: { label: t`Delete`, run: remove },
      'Shift+Delete': { label: t`Delete permanently`, run: () => errands.purge?.() },
    },
    { scope: 'task', within: root, isEnabled: !isReadOnly },
  );

  useEffect(() => {
    const element = root.current;
    // Buttons and fields take Enter for themselves, with Ctrl too: this one is asked before them.
    const hear = (event: KeyboardEvent) => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && dispatchHotkey(event)) event.stopPropagation();
    };
    element?.addEventListener('keydown', hear, { capture: true });
    return () => element?.removeEventListener('keydown', hear, { capture: true });
  }, []);

  return (
    <div ref={root} className={styles.editor} data-task-editor tabIndex={-1}>
      <EditorToolbar
        place={place}
        folder={folder}
        task={task}
        isSheet={isSheet}
        errands={isReadOnly ? undefined : errands}
        onAttach={isReadOnly ? undefined : () => attach.current?.()}
        onDelete={isReadOnly ? undefined : remove}
        onClose={onClose}
      />
      <div className={styles.scroll}>
        <h2 className="hidden-visually">{task.subject}</h2>
        <SubjectField
          task={task}
          edits={edits}
          isReadOnly={isReadOnly}
          onTyping={(subject) => setTyping((was) => ({ ...was, subject }))}
        />
        <div className={styles.parts}>
          <FieldConflictMessage refusal={refusals.of('subject')} />
          <ParkedChangeNotice items={refusals.items} />
          {isReadOnly && <ReadOnlyHint place={place} />}
          {/* Whoever may only look keeps the layout; every control in here is off at once. */}
          <fieldset className={styles.fields} disabled={isReadOnly}>
            <DateCard task={task} edits={edits} openPicker={picker} onPicker={setPicker} />
            <FieldConflictMessage refusal={refusals.of('start')} />
            <FieldConflictMessage refusal={refusals.of('due')} />
            <FieldConflictMessage refusal={refusals.of('reminder')} />
            <FieldConflictMessage refusal={refusals.of('recurrence')} />
            <TaskProperties
              mailbox={mailbox}
              task={task}
              edits={edits}
              isReadOnly={isReadOnly}
              statusBox={statusBox}
              isChoosing={isChoosing}
              onChoosing={setIsChoosing}
              refusalOf={refusals.of}
            />
          </fieldset>
          <Notes
            mailbox={mailbox}
            task={task}
            edits={edits}
            isReadOnly={isReadOnly}
            onTyping={(notes) => setTyping((was) => ({ ...was, notes }))}
          />
          <FieldConflictMessage refusal={refusals.of('body')} />
          <LazyAttachments
            mailbox={mailbox}
            task={task}
            isReadOnly={isReadOnly}
            root={root}
            over={over}
            attach={attach}
          />
        </div>
      </div>
      <EditorFooter
        mailbox={mailbox}
        task={task}
        pendingState={pendingState}
        typing={worst(typing.subject, typing.notes)}
      />
      {isSheet && !isReadOnly && (
        <SheetFooter task={task} edits={edits} onAttach={() => attach.current?.()} onDelete={remove} />
      )}
    </div>
  );
}

function worst(...all: readonly AutosaveState[]): AutosaveState {
  return all.includes('stuck') ? 'stuck' : all.includes('open') ? 'open' : 'none';
}

/** Space presses the control that has the focus; only on the pane itself is it the task's key. */
function onlyAtRest(event: KeyboardEvent, run: () => void): boolean {
  const isOnControl =
    event.target instanceof Element && event.target.closest('button, a, input, textarea, [role=radio]') !== null;
  if (!isOnControl) run();
  return !isOnControl;
}
