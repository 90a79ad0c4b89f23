import { useLingui } from '@lingui/react/macro';
import { useHotkeys } from '../../../ui/keyboard/hotkeys.ts';

type Input = {
  isFolder: boolean;
  /** Returns false when the list has no field for new tasks. */
  onNewTask: () => boolean | void;
  onCopyLink: () => void;
  onToggleCompleted: () => void;
  /** Returns false when there is nothing to undo. */
  onUndo: () => boolean;
};

/** The keys of the list as a whole (docs/design.md#keyboard). */
export function useListHotkeys({ isFolder, onNewTask, onCopyLink, onToggleCompleted, onUndo }: Input) {
  const { t } = useLingui();
  useHotkeys(
    {
      N: { label: t`New task`, run: onNewTask },
      'Shift+L': { label: t`Copy link to this folder`, run: () => (isFolder ? onCopyLink() : false) },
      H: { label: t`Show completed`, run: () => (isFolder ? onToggleCompleted() : false) },
      'Mod+Z': { label: t`Undo`, run: (event) => (isTyping(event.target) ? false : onUndo()) },
    },
    { scope: 'list' },
  );
}

/** Fields undo their own text. */
function isTyping(target: EventTarget | null): boolean {
  const fields = 'input:not([type="checkbox"], [type="radio"]), textarea, [contenteditable="true"]';
  return target instanceof Element && target.closest(fields) !== null;
}
