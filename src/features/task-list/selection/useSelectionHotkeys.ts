import { taskKeys } from '../../../domain/task/taskKeys.ts';
import { useHotkeys } from '../../../ui/keyboard/hotkeys.ts';
import type { Hotkeys } from '../../../ui/keyboard/hotkeys.ts';
import type { SelectionBarProps } from './selectionBarProps.ts';

/** The keys of the selection. They work from the list, the bar and the pane beside them. */
export function useSelectionHotkeys({
  onCommand,
  onAll,
  onClear,
}: Pick<SelectionBarProps, 'onCommand' | 'onAll' | 'onClear'>): void {
  const hotkeys = Object.fromEntries(
    Object.entries(taskKeys)
      // Space presses the control with the focus.
      .filter(([key]) => key !== 'Space')
      .map(([key, command]) => [key, outsideOwnKeys(() => onCommand(command))]),
  );
  useHotkeys({ ...hotkeys, 'Mod+A': outsideOwnKeys(onAll), Escape: outsideOwnKeys(onClear) }, { scope: 'list' });
}

/** Places with keys of their own or about other tasks: the folder tree, reminders, and text fields. */
const ownKeys =
  '[data-pane="sidebar"], [data-pane="reminders"], input:not([type="checkbox"]), textarea, [contenteditable="true"]';

function outsideOwnKeys(run: () => void): Hotkeys[string] {
  return ({ target }) => {
    if (target instanceof Element && target.closest(ownKeys) !== null) return false;
    run();
    return true;
  };
}
