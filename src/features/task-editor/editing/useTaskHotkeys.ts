import { useLingui } from '@lingui/react/macro';
import { useEffect } from 'react';
import type { RefObject } from 'react';
import { useLinkTo } from '../../../data/sharing/useLinkTo.ts';
import type { Place, Task } from '../../../domain/task/task.ts';
import { taskKeys } from '../../../domain/task/taskKeys.ts';
import type { TaskKeyCommand } from '../../../domain/task/taskKeys.ts';
import { useLinkActions } from '../../../ui/browser/linkActions.ts';
import { taskKeyLabels } from '../../../ui/labels/taskKeyLabels.ts';
import { toasts } from '../../../ui/feedback/toast.tsx';
import { dispatchHotkey, useHotkeys } from '../../../ui/keyboard/hotkeys.ts';
import type { DateFieldName } from '../dates/dateCard.tsx';
import type { TaskBulkActions } from './useTaskBulkActions.ts';
import type { TaskEdits } from './useTaskEdits.ts';

type Input = {
  /** The editor: its keys work while the focus is inside. */
  root: RefObject<HTMLElement | null>;
  place: Place;
  task: Task;
  edits: TaskEdits;
  bulkActions: TaskBulkActions;
  isReadOnly: boolean;
  openStatus: () => void;
  openCategories: () => void;
  openPicker: (picker: DateFieldName) => void;
  onAttach: () => void;
  onDelete: () => void;
  onClose: () => void;
};

/** The keys of the open task (docs/design.md#keyboard). */
export function useTaskHotkeys(input: Input): void {
  const { root, place, task, edits, bulkActions, isReadOnly, openPicker, onDelete, onClose } = input;
  const { t, i18n } = useLingui();
  const linkTo = useLinkTo();
  const { copy } = useLinkActions();

  const commands: Readonly<Record<TaskKeyCommand, (event: KeyboardEvent) => boolean | void>> = {
    toggle: (event) => runOffControls(event, task.status === 'completed' ? edits.reopen : edits.complete),
    status: input.openStatus,
    importance: () => bulkActions.pick('importance'),
    categories: input.openCategories,
    due: () => openPicker('due'),
    start: () => openPicker('start'),
    reminder: () => openPicker('reminder'),
    repeat: () => openPicker('repeat'),
    move: () => bulkActions.pick('move'),
    attach: input.onAttach,
    link: () => copy(linkTo(place, task.id)),
    remove: onDelete,
    purge: () => bulkActions.purge?.(),
  };
  const hotkeys = Object.entries(taskKeys).map(([key, command]) => [
    key,
    { label: i18n._(taskKeyLabels[command]), run: commands[command] },
  ]);
  useHotkeys(Object.fromEntries(hotkeys), { scope: 'task', within: root, isEnabled: !isReadOnly });
  const explain = () => void toasts.show({ text: t`View only.` });
  useHotkeys(Object.fromEntries(Object.keys(taskKeys).map((key) => [key, key === 'Space' ? () => false : explain])), {
    scope: 'task',
    within: root,
    isEnabled: isReadOnly,
  });
  useHotkeys(
    {
      L: { label: t`Copy link`, run: () => copy(linkTo(place, task.id)) },
      Escape: { label: t`Close`, run: onClose },
    },
    { scope: 'task', within: root },
  );
  useHotkeys(
    {
      // Works in a field, too; a checklist item with the focus is ticked instead.
      'Mod+Enter': {
        label: t`Complete or reopen`,
        run({ target }) {
          if (target instanceof Element && target.closest('[data-check-line]') !== null) return false;
          return task.status === 'completed' ? edits.reopen() : edits.complete();
        },
      },
    },
    { scope: 'task', within: root, isEnabled: !isReadOnly },
  );

  useEffect(() => {
    const element = root.current;
    // Buttons and fields handle Ctrl+Enter themselves, so the capture phase dispatches it first.
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && dispatchHotkey(event)) event.stopPropagation();
    };
    element?.addEventListener('keydown', onKeyDown, { capture: true });
    return () => element?.removeEventListener('keydown', onKeyDown, { capture: true });
  }, [root]);
}

/** Space presses a focused control; only elsewhere in the pane does it complete the task. */
function runOffControls(event: KeyboardEvent, run: () => void): boolean {
  const isOnControl =
    event.target instanceof Element && event.target.closest('button, a, input, textarea, [role=radio]') !== null;
  if (!isOnControl) run();
  return !isOnControl;
}
