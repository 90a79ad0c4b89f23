import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import type { BinItem } from '../../data/bin/useBin.ts';
import { ConfirmDialog } from '../../ui/overlays/dialog.tsx';
import { truncateName } from '../../ui/labels/truncateName.ts';

/** The items to delete permanently; `empty` means all of them. */
export type PurgeRequest = { kind: 'purge' | 'empty'; items: readonly BinItem[] };

type Props = { request: PurgeRequest; isBusy: boolean; onConfirm: () => void; onCancel: () => void };

/** Names what is deleted permanently, with the number of tasks in it: there is no undo. */
export function PurgeBinDialog({ request, isBusy, onConfirm, onCancel }: Props) {
  const { t } = useLingui();
  const { kind, items } = request;
  const [first, second] = items;
  const name = truncateName(first?.name ?? '');
  const count = items.length;
  const tasks = items.reduce((sum, item) => sum + item.taskCount, 0);
  const taskCount = t`${plural(tasks, { one: '# task', other: '# tasks' })}`;
  const isOne = second === undefined;
  const title =
    kind === 'empty'
      ? t`Empty the bin?`
      : isOne
        ? t`Delete “${name}” permanently?`
        : t`${plural(count, { one: 'Delete # item permanently?', other: 'Delete # items permanently?' })}`;
  const what =
    isOne && first !== undefined
      ? first.kind === 'folder'
        ? t`The folder “${name}” with ${taskCount}`
        : t`“${name}” and its notes`
      : t`${plural(count, { one: '# item', other: '# items' })} with ${taskCount} in all`;
  return (
    <ConfirmDialog
      isOpen
      isDanger
      isBusy={isBusy}
      title={title}
      body={t`Removed from the mailbox at once: ${what}. This cannot be undone.`}
      confirmLabel={kind === 'empty' ? t`Empty bin` : t`Delete permanently`}
      cancelLabel={isOne ? t`Keep it` : t`Keep them`}
      onConfirm={onConfirm}
      onCancel={onCancel}
    />
  );
}
