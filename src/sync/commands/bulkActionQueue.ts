import type { Importance, Mailbox, Task, TaskPatch, TaskStatus } from '../../domain/task/task.ts';
import type { TaskProperty } from '../../domain/task/taskKeys.ts';
import type { Day } from '../../domain/time/time.ts';
import { createEmitter } from '../../domain/async/observable.ts';
import { createUndoStack } from './undoStack.ts';
import type { UndoEntry, UndoStack } from './undoStack.ts';

/** Tasks that the pointer carries. */
export type DraggedTasks = { mailbox: Mailbox; tasks: readonly Task[] };

type Tasks = DraggedTasks & {
  /** Called when they are gone for good. */
  onPurged?: () => void;
};

/**
 * Something to be done to one task or many. Lists, the editor and the sidebar ask for it; one place does it, so that the same
 * thing has the same words, the same progress and one way back, wherever it was asked for.
 */
export type BulkAction = Tasks &
  (
    | { kind: 'complete' | 'delete' | 'purge' | 'duplicate' }
    /** Asks for the value, or does at once what asks for none. */
    | {
        kind: 'pick';
        property: TaskProperty;
        /** Opens the task that files were chosen for; absent where it is open. */
        onOpen?: ((task: Task) => void) | undefined;
      }
    | { kind: 'move'; toFolderId: string }
    | { kind: 'start' | 'due'; day: Day | null }
    /** Later by so many days, whatever day each is due. */
    | { kind: 'postpone'; days: number }
    | { kind: 'reminderOff' }
    | { kind: 'status'; status: TaskStatus }
    | { kind: 'importance'; importance: Importance }
    | { kind: 'categories'; add: readonly string[]; remove: readonly string[] }
  );

/** A task that was typed or pasted. */
export type EnteredTask = {
  patch: TaskPatch;
  /** The folder that the line names; without one, that of the list. */
  folderId?: string;
  /** What was typed: it returns to the field when the task cannot be saved. */
  line: string;
};

/** Tasks that were pasted: one for each line, the first of them on top. */
export type AddTasksAction = {
  kind: 'add';
  mailbox: Mailbox;
  folderId: string;
  tasks: readonly EnteredTask[];
  /** What the folder is called, where it is not the list on the screen. */
  folderName: string | undefined;
  /** Hears which are not on this device yet, the first ones: after each step, at the end, and all once they are taken back. */
  onNotSaved: (left: readonly EnteredTask[], isOver: boolean) => void;
};

export type QueuedAction = BulkAction | AddTasksAction;

export type BulkActionQueue = {
  enqueue: (action: QueuedAction) => void;
  /** The oldest that is not done yet; it stays until it is `done`. */
  current: () => QueuedAction | null;
  complete: (action: QueuedAction) => void;
  subscribe: (listener: () => void) => () => void;
  /** Taken by the pointer, to be dropped somewhere; null when it let go. */
  setDragged: (dragged: DraggedTasks | null) => void;
  dragged: () => DraggedTasks | null;
  /** What can be undone; of a queued action once it is complete. */
  undoStack: UndoStack;
  /** How to undo what the running action has changed so far, in place of what was given for it before. */
  setActionUndo: (entry: UndoEntry) => void;
  /** Undoes an entry of the stack or of the running action. */
  undo: (entry: UndoEntry) => void;
  /**
   * Undoes what was done last; false when there is nothing. A queued action is undone as soon as its changes are made, or
   * when it is complete.
   */
  undoLast: () => boolean;
};

/** What ends for good has no way back, and a dialog holds the keys while it stands. */
const isUndoable = ({ kind }: QueuedAction) => kind !== 'purge';

export function createBulkActionQueue(): BulkActionQueue {
  const { subscribe, emit } = createEmitter();
  const undoStack = createUndoStack();
  let queued: readonly QueuedAction[] = [];
  let draggedTasks: DraggedTasks | null = null;
  /** Undo was asked for while this action was waiting or running. */
  let pendingUndo: QueuedAction | null = null;
  let actionEntry: UndoEntry | null = null;
  const undone = new WeakSet<QueuedAction>();
  function undo(entry: UndoEntry) {
    const [running] = queued;
    if (actionEntry === entry && running !== undefined) undone.add(running);
    if (actionEntry === entry) actionEntry = null;
    undoStack.run(entry);
  }

  return {
    subscribe,
    enqueue(action) {
      queued = [...queued, action];
      emit();
    },
    current: () => queued[0] ?? null,
    complete(action) {
      queued = queued.filter((one) => one !== action);
      const entry = actionEntry;
      actionEntry = null;
      const isUndone = pendingUndo === action;
      if (isUndone) pendingUndo = null;
      // An action that changed nothing leaves no entry, and no other one is what Undo was asked for.
      if (entry !== null) {
        if (isUndone) undoStack.run(entry);
        else undoStack.push(entry);
      }
      emit();
    },
    setDragged: (dragged) => void (draggedTasks = dragged),
    dragged: () => draggedTasks,
    undoStack,
    setActionUndo(entry) {
      if (queued.length === 0) return undoStack.push(entry);
      actionEntry = entry;
      if (pendingUndo !== queued[0]) return;
      pendingUndo = null;
      undo(entry);
    },
    undo,
    undoLast() {
      const action = queued.findLast((one) => isUndoable(one) && !undone.has(one));
      if (action === undefined) return undoStack.runLast();
      // Its changes are made: what it still does, such as copying files, ends now.
      if (action === queued[0] && actionEntry !== null) undo(actionEntry);
      else pendingUndo = action;
      return true;
    },
  };
}
