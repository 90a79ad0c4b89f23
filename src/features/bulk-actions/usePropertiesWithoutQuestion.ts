import { useLingui } from '@lingui/react/macro';
import { queueDroppedFiles } from '../../data/attachments/useDroppedFiles.ts';
import { useDeps } from '../../data/dataProvider.tsx';
import { useStableKey } from '../../data/outbox/usePendingChanges.ts';
import { useLinkTo } from '../../data/sharing/useLinkTo.ts';
import type { QueuedAction } from '../../data/tasks/useBulkActions.ts';
import { useLinkActions } from '../../ui/browser/linkActions.ts';
import { toasts } from '../../ui/feedback/toast.tsx';

type Pick = Extract<QueuedAction, { kind: 'pick' }>;

/** Does what a property key asks no value for, or says why it cannot; null for a property with a picker. */
export function usePropertiesWithoutQuestion(): (action: Pick) => Promise<void> | null {
  const { t } = useLingui();
  const { capabilities } = useDeps();
  const keyOf = useStableKey();
  const linkTo = useLinkTo();
  const { copy } = useLinkActions();

  function attach({ tasks, onOpen }: Pick) {
    const [task, ...others] = tasks;
    if (task === undefined || others.length > 0)
      return toasts.show({ text: t`Files are attached to one task at a time.` });
    const input = document.createElement('input');
    input.type = 'file';
    input.multiple = true;
    input.addEventListener('change', () => {
      queueDroppedFiles({ task: keyOf(task.id), files: [...(input.files ?? [])], folders: [], link: null });
      onOpen?.(task);
    });
    input.click();
  }

  return (action) => {
    const { property, tasks, mailbox } = action;
    if (property === 'attach') attach(action);
    else if (property === 'link') {
      const links = tasks.map((task) => linkTo({ mailbox, id: task.folderId }, task.id));
      copy(links.includes(null) ? null : links.join('\n'));
    } else if (property === 'move' && !capabilities.move) toasts.show({ text: t`This server cannot move tasks.` });
    else return null;
    return Promise.resolve();
  };
}
