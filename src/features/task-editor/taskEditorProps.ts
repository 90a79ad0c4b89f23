import type { Place, Task } from '../../domain/task/task.ts';

/** One task, to look at and change. Draws content that fits a pane and a phone sheet; the shell decides the container. */
export type TaskEditorProps = {
  taskId: string;
  /** The folder of the address, when the address names one. It makes the look-up cheap and names the way back. */
  folder?: Place | undefined;
  /** `sheet` draws the phone's bar and its foot with Complete. */
  shape?: 'pane' | 'sheet' | undefined;
  onClose: () => void;
  /** Called once the task was deleted (its undo toast is already shown). Without it, `onClose` is called. */
  onDeleted?: ((task: Task) => void) | undefined;
};
