import type { Task } from '../../../domain/task/task.ts';
import type { Day } from '../../../domain/time/time.ts';
import type { RowAction } from '../row/rowActions.ts';
import type { CompletingTask } from '../row/rowPlan.ts';
import type { RowTarget } from '../row/rowTarget.ts';
import type { SelectionCommand } from './useSelectionCommands.ts';
import type { TaskCommand } from './taskCommand.ts';
import type { TaskActions } from './useTaskActions.ts';

type Input = {
  isReadOnly: boolean;
  isSelecting: boolean;
  today: Day;
  actions: TaskActions;
  commands: {
    forSelected: (command: SelectionCommand) => void;
    forTasks: (command: SelectionCommand, tasks: readonly Task[]) => void;
  };
  /** The completion transition of a row. */
  hold: (place: Omit<CompletingTask, 'isCollapsing'>) => void;
  release: (taskId: string) => void;
  onOpen: (taskId: string) => void;
  onCopyLink: (task: Task) => void;
  onMenu: (kind: 'all' | 'due', target: RowTarget, anchor: Element) => void;
  /** Closes the task where it is the open one. */
  close: (task: Task) => void;
  onRefused: () => void;
};

/** What the controls and keys of a row do; in a read-only list, which of them are refused. */
export function createRowCommands(input: Input) {
  const { isReadOnly, isSelecting, today, actions, commands, hold, release } = input;
  const { onOpen, onCopyLink, onMenu, close, onRefused } = input;

  function remove(task: Task) {
    if (isReadOnly) return onRefused();
    actions.remove(task);
    close(task);
  }

  function toggle({ task, held, place }: Pick<RowTarget, 'task' | 'held' | 'place'>) {
    if (held !== undefined) {
      actions.undoComplete(task);
      release(task.id);
    } else if (task.status === 'completed') {
      actions.reopen(task);
    } else {
      hold(place);
      actions.complete(task, () => release(task.id));
    }
  }

  return {
    remove,
    toggle,
    /** A control of the row was pressed. */
    runAction: (action: RowAction, target: RowTarget, control: Element) => {
      const { task } = target;
      if (isReadOnly && action !== 'more') onRefused();
      else if (action === 'toggle') toggle(target);
      else if (action === 'delete') remove(task);
      else if (action === 'today') actions.setDue(task, today);
      else if (action === 'flag') actions.setImportance(task, task.importance === 'high' ? 'normal' : 'high');
      else onMenu(action === 'due' ? 'due' : 'all', target, control);
    },
    /** A key was pressed on the row. */
    runCommand: (command: TaskCommand, target: RowTarget) => {
      const { task } = target;
      if (command === 'open') onOpen(task.id);
      else if (command === 'link' && !isSelecting) onCopyLink(task);
      else if (isReadOnly) onRefused();
      else if (isSelecting) commands.forSelected(command);
      else if (command === 'toggle') toggle(target);
      else if (command === 'remove') remove(task);
      else commands.forTasks(command, [task]);
    },
  };
}
