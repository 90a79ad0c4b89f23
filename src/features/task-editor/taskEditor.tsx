import { useRef, useState } from 'react';
import { useFolder } from '../../data/folders/useFolders.ts';
import { queueDroppedFiles } from '../../data/attachments/useDroppedFiles.ts';
import { useStableKey } from '../../data/outbox/usePendingChanges.ts';
import { useRole } from '../../data/sharing/useSharing.ts';
import { useTask } from '../../data/tasks/useTasks.ts';
import type { PendingState } from '../../domain/listing/listing.ts';
import type { Mailbox, Place, Task } from '../../domain/task/task.ts';
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
import { useTaskHotkeys } from './editing/useTaskHotkeys.ts';
import styles from './taskEditor.module.css';

/** One task, to read and to change; saved while it is typed (docs/design.md#components). */
export function TaskEditor({ taskId, folder, shape = 'pane', onClose, onDeleted }: TaskEditorProps) {
  const { task, pendingState, isPending } = useTask(taskId, folder?.id, folder?.mailbox);
  // The last subject shown, to name a task that is deleted elsewhere.
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

type OpenTaskProps = {
  mailbox: Mailbox;
  task: Task;
  pendingState: 'saved' | PendingState;
  isSheet: boolean;
  onClose: () => void;
  onDeleted: (task: Task) => void;
};

function OpenTask({ mailbox, task, pendingState, isSheet, onClose, onDeleted }: OpenTaskProps) {
  const place: Place = { mailbox, id: task.folderId };
  const folder = useFolder(place);
  const isReadOnly = useRole(place) === 'read';
  const edits = useTaskEdits(mailbox, task);
  const bulkActions = useTaskBulkActions(mailbox, task, () => onDeleted(task));
  const conflicts = useFieldConflicts(task.id);
  const [isCategoriesOpen, setIsCategoriesOpen] = useState(false);
  const [picker, setPicker] = useState<DateFieldName | null>(null);
  const [typing, setTyping] = useState<{ subject: AutosaveState; notes: AutosaveState }>({
    subject: 'none',
    notes: 'none',
  });
  const root = useRef<HTMLDivElement>(null);
  const statusBox = useRef<HTMLDivElement>(null);
  const attach = useRef<() => void>(null);

  // Drops work before the attachments have loaded: the section picks them up.
  const keyOf = useStableKey();
  const draggedCount = useFileDrop(root, !isReadOnly, (dropped) =>
    queueDroppedFiles({ ...dropped, task: keyOf(task.id) }),
  );

  function remove() {
    edits.remove();
    onDeleted(task);
  }

  useTaskHotkeys({
    root,
    place,
    task,
    edits,
    bulkActions,
    isReadOnly,
    openStatus: () => statusBox.current?.querySelector('button')?.click(),
    openCategories: () => setIsCategoriesOpen(true),
    openPicker: setPicker,
    onAttach: () => attach.current?.(),
    onDelete: remove,
    onClose,
  });

  return (
    <div ref={root} className={styles.editor} data-task-editor tabIndex={-1}>
      <EditorToolbar
        place={place}
        folder={folder}
        task={task}
        isSheet={isSheet}
        bulkActions={isReadOnly ? undefined : bulkActions}
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
          <FieldConflictMessage conflict={conflicts.of('subject')} />
          <ParkedChangeNotice items={conflicts.items} />
          {isReadOnly && <ReadOnlyHint place={place} />}
          {/* Disables every control at once where the task is read-only. */}
          <fieldset className={styles.fields} disabled={isReadOnly}>
            <DateCard task={task} edits={edits} openPicker={picker} onPicker={setPicker} />
            <FieldConflictMessage conflict={conflicts.of('start')} />
            <FieldConflictMessage conflict={conflicts.of('due')} />
            <FieldConflictMessage conflict={conflicts.of('reminder')} />
            <FieldConflictMessage conflict={conflicts.of('recurrence')} />
            <TaskProperties
              mailbox={mailbox}
              task={task}
              edits={edits}
              isReadOnly={isReadOnly}
              statusBox={statusBox}
              isCategoriesOpen={isCategoriesOpen}
              onCategoriesOpenChange={setIsCategoriesOpen}
              conflictOf={conflicts.of}
            />
          </fieldset>
          <Notes
            mailbox={mailbox}
            task={task}
            edits={edits}
            isReadOnly={isReadOnly}
            onTyping={(notes) => setTyping((was) => ({ ...was, notes }))}
          />
          <FieldConflictMessage conflict={conflicts.of('body')} />
          <LazyAttachments
            mailbox={mailbox}
            task={task}
            isReadOnly={isReadOnly}
            draggedCount={draggedCount}
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

/** The state that matters most to the person. */
function worst(...all: readonly AutosaveState[]): AutosaveState {
  return all.includes('stuck') ? 'stuck' : all.includes('open') ? 'open' : 'none';
}
