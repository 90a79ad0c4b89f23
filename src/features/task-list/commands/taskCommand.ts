import type { TaskKeyCommand } from '../../../domain/task/taskKeys.ts';

/** What a key does to the focused task, or to all selected tasks. */
export type TaskCommand = TaskKeyCommand | 'open';
