import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { usePurgeTask } from '../../data/bin/useBin.ts';
import { errorCauseOf } from '../../data/errorCause.ts';
import type { Mailbox, Task } from '../../domain/task/task.ts';
import { truncateName } from '../../ui/labels/truncateName.ts';
import { toasts } from '../../ui/feedback/toast.tsx';
import { errorMessage } from '../../ui/labels/errorMessages.ts';
import type { BatchProgress } from './useBatchJob.ts';

/**
 * Deletes tasks permanently, one request each, and can be stopped between two. There is no undo, so the toasts count what
 * is deleted and what is not, and say why.
 */
export function usePurgeTasks(mailbox: Mailbox, show: (progress: BatchProgress | null) => void) {
  const { t, i18n } = useLingui();
  const purging = usePurgeTask(mailbox);
  return async (tasks: readonly Task[]) => {
    const abort = new AbortController();
    const total = tasks.length;
    const label = t`${plural(total, { one: 'Deleting # task permanently', other: 'Deleting # tasks permanently' })}`;
    let done = 0;
    try {
      for (const task of tasks) {
        if (abort.signal.aborted) break;
        show({ label, done, total, stop: () => abort.abort() });
        await purging.mutateAsync({ task });
        done += 1;
      }
    } catch (error) {
      const why = i18n._(errorMessage(errorCauseOf(error)));
      const notDeleted = t`${plural(total - done, { one: '# task was not deleted and is still there.', other: '# tasks were not deleted and are still there.' })}`;
      toasts.show({ kind: 'error', text: t`${notDeleted} ${why}` });
    } finally {
      show(null);
    }
    const [first] = tasks;
    if (done === 0 || first === undefined) return;
    const message =
      total === 1
        ? t`“${truncateName(first.subject)}” is deleted permanently`
        : t`${plural(done, { one: '# task is deleted permanently', other: '# tasks are deleted permanently' })}`;
    if (done === total || abort.signal.aborted) toasts.show({ text: done < total ? t`Stopped. ${message}` : message });
  };
}
