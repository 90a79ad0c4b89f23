import { useHotkeys } from '../../../ui/keyboard/hotkeys.ts';
import type { Hotkeys } from '../../../ui/keyboard/hotkeys.ts';
import type { SelectionBarProps } from './selectionBarProps.ts';

/** The keys of the selection. They work from the list, the bar and the pane beside them. */
export function useSelectionHotkeys({
  onCommand,
  onAll,
  onClear,
}: Pick<SelectionBarProps, 'onCommand' | 'onAll' | 'onClear'>): void {
  const keys: Readonly<Record<string, () => void>> = {
    D: () => onCommand('due'),
    M: () => onCommand('move'),
    C: () => onCommand('categories'),
    I: () => onCommand('importance'),
    Delete: () => onCommand('remove'),
    'Shift+Delete': () => onCommand('purge'),
    'Mod+A': onAll,
    Escape: onClear,
  };
  useHotkeys(Object.fromEntries(Object.entries(keys).map(([key, run]) => [key, outsideOwnKeys(run)])), {
    scope: 'list',
  });
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
