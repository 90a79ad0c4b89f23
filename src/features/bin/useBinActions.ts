import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type { Bin, BinItem, PendingBinItem } from '../../data/bin/useBin.ts';
import { errorCauseOf } from '../../data/errorCause.ts';
import { truncateName } from '../../ui/labels/truncateName.ts';
import { toasts } from '../../ui/feedback/toast.tsx';
import { errorMessage } from '../../ui/labels/errorMessages.ts';

/** Restores and purges deleted items, and reports the result in a toast. */
export function useBinActions(bin: Bin) {
  const { t, i18n } = useLingui();
  const [isBusy, setIsBusy] = useState(false);

  async function restore(items: readonly (BinItem | PendingBinItem)[]) {
    const [first] = items;
    if (first === undefined) return;
    try {
      for (const item of items) await bin.restore(item);
      toasts.show({
        text:
          items.length === 1
            ? t`Restored “${truncateName(first.name)}”`
            : t`${plural(items.length, { one: 'Restored # item', other: 'Restored # items' })}`,
      });
    } catch (error) {
      const why = i18n._(errorMessage(errorCauseOf(error)));
      toasts.show({ kind: 'error', text: t`Not everything was restored. ${why}` });
    }
  }

  /** Runs a permanent deletion. Items that the service keeps stay in the list; the toast says why. */
  async function runPurge(work: () => Promise<void>, message: string) {
    setIsBusy(true);
    try {
      await work();
      toasts.show({ text: message });
    } catch (error) {
      const why = i18n._(errorMessage(errorCauseOf(error)));
      toasts.show({ kind: 'error', text: t`Not everything was deleted; what is left is still in the bin. ${why}` });
      bin.retry();
    } finally {
      setIsBusy(false);
    }
  }

  return {
    isBusy,
    restore,
    purge: (items: readonly BinItem[]) =>
      runPurge(
        async () => {
          for (const item of items) await bin.purge(item);
        },
        items.length === 1
          ? t`“${truncateName(items[0]?.name ?? '')}” is deleted permanently`
          : t`${plural(items.length, { one: '# item is deleted permanently', other: '# items are deleted permanently' })}`,
      ),
    empty: () => runPurge(() => bin.empty(), t`The bin is empty now`),
  };
}
