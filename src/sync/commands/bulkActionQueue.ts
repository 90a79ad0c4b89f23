import type { Importance, Mailbox, Task, TaskPatch, TaskStatus } from '../../domain/task/task.ts';
import type { Day } from '../../domain/time/time.ts';
import { createEmitter } from '../platform/observable.ts';

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
    /** Asks where to. */
    | { kind: 'pickFolder' }
    | { kind: 'move'; toFolderId: string }
    | { kind: 'start' | 'due'; day: Day | null }
    /** Asks which day. */
    | { kind: 'pickDue' }
    /** Later by so many days, whatever day each is due. */
    | { kind: 'postpone'; days: number }
    | { kind: 'reminderOff' }
    | { kind: 'status'; status: TaskStatus }
    | { kind: 'importance'; importance: Importance }
    | { kind: 'categories'; add: readonly string[]; remove: readonly string[] }
    /** Asks which categories come and which go. */
    | { kind: 'pickCategories' }
  );

export type MoveFolderAction = { kind: 'moveFolder'; id: string; name: string; toGroup: string };

/** Tasks that were pasted: one for each line, the first of them on top. */
export type AddTasksAction = {
  kind: 'add';
  mailbox: Mailbox;
  folderId: string;
  patches: readonly TaskPatch[];
  /** What the folder is called, where it is not the list on the screen. */
  folderName: string | undefined;
  /** Hears which are not on this device yet, the first ones: after each step, at the end, and all once they are taken back. */
  onNotSaved: (left: readonly TaskPatch[], isOver: boolean) => void;
};

export type QueuedAction = BulkAction | MoveFolderAction | AddTasksAction;

/** What was done last, for Undo by key: whoever did it. */
export type UndoableAction = { undo: () => void };

export type BulkActionQueue = {
  enqueue: (action: QueuedAction) => void;
  /** The oldest that is not done yet; it stays until it is `done`. */
  current: () => QueuedAction | null;
  complete: (action: QueuedAction) => void;
  subscribe: (listener: () => void) => () => void;
  /** Taken by the pointer, to be dropped somewhere; null when it let go. */
  setDragged: (dragged: DraggedTasks | null) => void;
  dragged: () => DraggedTasks | null;
  /** Remembers the way back from what was just done, in place of any older one. */
  pushUndo: (step: UndoableAction) => void;
  /** The same for what the running action has changed; it is the last thing once the action is complete. */
  pushActionUndo: (step: UndoableAction) => void;
  removeUndo: (step: UndoableAction) => void;
  /** Takes the last thing back, once; false when there is nothing. An action that still runs is taken back when it is done. */
  undoLast: () => boolean;
};

/** What ends for good has no way back, and a dialog holds the keys while it stands. */
const isUndoable = ({ kind }: QueuedAction) => kind !== 'purge';

export function createBulkActionQueue(): BulkActionQueue {
  const { subscribe, emit } = createEmitter();
  let queued: readonly QueuedAction[] = [];
  let last: UndoableAction | null = null;
  let draggedTasks: DraggedTasks | null = null;
  /** Undo was asked for while `action` was waiting or running, and `before` was the last step. */
  let pendingUndo: { action: QueuedAction; before: UndoableAction | null } | null = null;
  /** What the running action has left. */
  let actionStep: UndoableAction | null = null;
  const undoLast = () => {
    const step = last;
    last = null;
    step?.undo();
    return step !== null;
  };
  return {
    subscribe,
    enqueue(action) {
      queued = [...queued, action];
      emit();
    },
    current: () => queued[0] ?? null,
    complete(action) {
      queued = queued.filter((one) => one !== action);
      const step = actionStep;
      actionStep = null;
      if (pendingUndo?.action === action) {
        const { before } = pendingUndo;
        pendingUndo = null;
        // An action that changed nothing leaves no step, and no other one is what Undo was asked for.
        if (step !== null && last === before) last = null;
        step?.undo();
      } else if (step !== null) last = step;
      emit();
    },
    setDragged: (dragged) => void (draggedTasks = dragged),
    dragged: () => draggedTasks,
    pushUndo: (step) => void (last = step),
    pushActionUndo(step) {
      if (queued.length === 0) last = step;
      else actionStep = step;
    },
    removeUndo(step) {
      if (last === step) last = null;
      if (actionStep === step) actionStep = null;
    },
    undoLast() {
      const action = queued.findLast(isUndoable);
      if (action === undefined) return undoLast();
      pendingUndo = { action, before: last };
      return true;
    },
  };
}
