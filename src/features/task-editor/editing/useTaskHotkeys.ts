import { useLingui } from '@lingui/react/macro';
import { useEffect } from 'react';
import type { RefObject } from 'react';
import { useLinkTo } from '../../../data/sharing/useLinkTo.ts';
import type { Importance, Place, Task } from '../../../domain/task/task.ts';
import { useLinkActions } from '../../../ui/browser/linkActions.ts';
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
  onDelete: () => void;
  onClose: () => void;
};

const importanceAfter: Readonly<Record<Importance, Importance>> = { normal: 'high', high: 'low', low: 'normal' };

/** The keys of the open task (docs/design.md#keyboard). */
export function useTaskHotkeys(input: Input): void {
  const { root, place, task, edits, bulkActions, isReadOnly, openPicker, onDelete, onClose } = input;
  const { t } = useLingui();
  const linkTo = useLinkTo();
  const { copy } = useLinkActions();

  useHotkeys(
    {
      L: { label: t`Copy link`, run: () => copy(linkTo(place, task.id)) },
      Escape: { label: t`Close`, run: onClose },
    },
    { scope: 'task', within: root },
  );
  useHotkeys(
    {
      Space: {
        label: t`Complete or reopen`,
        run: (event) => runOffControls(event, task.status === 'completed' ? edits.reopen : edits.complete),
      },
      // Works in a field, too; a checklist item with the focus is ticked instead.
      'Mod+Enter': {
        label: t`Complete or reopen`,
        run({ target }) {
          if (target instanceof Element && target.closest('[data-check-line]') !== null) return false;
          return task.status === 'completed' ? edits.reopen() : edits.complete();
        },
      },
      S: { label: t`Status`, run: input.openStatus },
      I: { label: t`Importance`, run: () => edits.update({ importance: importanceAfter[task.importance] }) },
      C: { label: t`Categories`, run: input.openCategories },
      D: { label: t`Due date`, run: () => openPicker('due') },
      'Shift+D': { label: t`Start day`, run: () => openPicker('start') },
      R: { label: t`Reminder`, run: () => openPicker('reminder') },
      'Shift+R': { label: t`Repeat`, run: () => openPicker('repeat') },
      M: { label: t`Move to folder`, run: () => bulkActions.move?.() },
      Delete: { label: t`Delete`, run: onDelete },
      'Shift+Delete': { label: t`Delete permanently`, run: () => bulkActions.purge?.() },
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
