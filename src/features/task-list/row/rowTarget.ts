import type { Task } from '../../../domain/task/task.ts';
import type { CompletingTask } from './rowPlan.ts';

/** A task's row, with the place to hold it in when it completes. */
export type RowTarget = {
  task: Task;
  element: HTMLElement;
  /** The task's entry where its completion is in transition. */
  held: CompletingTask | undefined;
  place: Omit<CompletingTask, 'isCollapsing'>;
};
