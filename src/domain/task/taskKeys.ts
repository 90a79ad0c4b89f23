/** What a key does to a task: alike on a row, on a selection and in the open task. */
export type TaskProperty =
  'status' | 'repeat' | 'reminder' | 'due' | 'start' | 'attach' | 'categories' | 'importance' | 'move' | 'link';

export type TaskKeyCommand = TaskProperty | 'toggle' | 'remove' | 'purge';

/** The keys of a task (docs/design.md#keyboard). Rows, selections, the open task and the list of shortcuts read them here. */
export const taskKeys: Readonly<Record<string, TaskKeyCommand>> = {
  Space: 'toggle',
  S: 'status',
  D: 'due',
  'Shift+D': 'start',
  R: 'repeat',
  'Shift+R': 'reminder',
  C: 'categories',
  I: 'importance',
  M: 'move',
  A: 'attach',
  L: 'link',
  Delete: 'remove',
  'Shift+Delete': 'purge',
};
