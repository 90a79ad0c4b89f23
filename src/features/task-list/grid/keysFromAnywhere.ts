import { taskKeys } from '../../../domain/task/taskKeys.ts';
import { useHotkeys } from '../../../ui/keyboard/hotkeys.ts';

const keys = ['ArrowDown', 'ArrowUp', 'J', 'K', 'X', ...Object.keys(taskKeys)].filter((key) => !key.endsWith('Delete'));

/** The keys of the list that work wherever the focus is; those that delete need a row with the focus. */
export function useKeysFromAnywhere(run: (event: KeyboardEvent) => boolean): void {
  useHotkeys(Object.fromEntries(keys.map((key) => [key, run])), { scope: 'list' });
}

/** The first of these only moves the focus to the list. */
export const isMove = (key: string) => /^(Arrow|[jk]$)/i.test(key);

/** Whether the key belongs to what has the focus: a field, another pane or widget, or a control that it presses or moves. */
export function hasOwnKeys({ target, key }: KeyboardEvent): boolean {
  const widgets =
    'input, textarea, select, [contenteditable], [role=tree], [role=grid], [data-pane=editor], [data-pane=reminders]';
  const controls = key === ' ' ? ', a, button' : key.length > 1 ? ', [role]:not(main)' : '';
  return target instanceof Element && target.closest(widgets + controls) !== null;
}
