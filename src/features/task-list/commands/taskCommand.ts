/** What a key does to the focused task, or to all selected tasks. */
export type TaskCommand =
  'open' | 'toggle' | 'remove' | 'purge' | 'importance' | 'due' | 'move' | 'categories' | 'link';
