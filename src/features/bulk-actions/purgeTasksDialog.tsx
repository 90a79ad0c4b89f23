import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import type { Task } from '../../domain/task/task.ts';
import { ConfirmDialog } from '../../ui/overlays/dialog.tsx';
import { truncateName } from '../../ui/labels/truncateName.ts';

type Props = { tasks: readonly Task[]; onConfirm: () => void; onCancel: () => void };

/** The only delete that asks first: it cannot be undone (docs/design.md#confirmation-and-undo). */
export function PurgeTasksDialog({ tasks, onConfirm, onCancel }: Props) {
  const { t } = useLingui();
  const [first, second, third] = tasks.map(({ subject }) => truncateName(subject));
  const count = tasks.length;
  const more = count - 2;
  const body =
    count === 1
      ? t`“${first}” and its notes are removed from the mailbox at once. This cannot be undone.`
      : count === 2
        ? t`“${first}” and “${second}” with their notes are removed from the mailbox at once. This cannot be undone.`
        : count === 3
          ? t`“${first}”, “${second}” and “${third}” with their notes are removed from the mailbox at once. This cannot be undone.`
          : t`“${first}”, “${second}” and ${plural(more, { one: '# more task', other: '# more tasks' })} with their notes are removed from the mailbox at once. This cannot be undone.`;
  return (
    <ConfirmDialog
      isOpen
      isDanger
      title={t`${plural(count, { one: 'Delete permanently?', other: 'Delete # tasks permanently?' })}`}
      body={body}
      confirmLabel={t`Delete permanently`}
      cancelLabel={t`${plural(count, { one: 'Keep it', other: 'Keep them' })}`}
      onConfirm={onConfirm}
      onCancel={onCancel}
    />
  );
}
