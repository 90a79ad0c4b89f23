import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type { Bin, BinItem, PendingBinItem } from '../../data/bin/useBin.ts';
import { errorCauseOf } from '../../data/errorCause.ts';
import { truncateName } from '../../ui/labels/truncateName.ts';
import { toasts } from '../../ui/feedback/toast.tsx';
import { errorMessage } from '../../ui/labels/errorMessages.ts';

/** What can be done with what lies in the bin, and the words for how it went. */
export function useBinActions(bin: Bin) {
  const { t, i18n } = useLingui();
  const [busy, setBusy] = useState(false);

  async function restore(items: readonly (BinItem | PendingBinItem)[]) {
    const [first] = items;
    if (first === undefined) return;
    try {
      for (const item of items) await bin.restore(item);
      toasts.show({
        text:
          items.length === 1
            ? t`Restored “${truncateName(first.name)}”`
            : t`${plural(items.length, { one: 'Restored # thing', other: 'Restored # things' })}`,
      });
    } catch (error) {
      const why = i18n._(errorMessage(errorCauseOf(error)));
      toasts.show({ kind: 'error', text: t`Not everything was restored. ${why}` });
    }
  }

  /** Ends things for good; what the service did not take stays in the list, and the toast says so, and why. */
  async function forGood(work: () => Promise<void>, said: string) {
    setBusy(true);
    try {
      await work();
      toasts.show({ text: said });
    } catch (error) {
      const why = i18n._(errorMessage(errorCauseOf(error)));
      toasts.show({ kind: 'error', text: t`Not everything was deleted; what is left is still in the bin. ${why}` });
      bin.retry();
    } finally {
      setBusy(false);
    }
  }

  return {
    busy,
    restore,
    purge: (items: readonly BinItem[]) =>
      forGood(
        async () => {
          for (const item of items) await bin.purge(item);
        },
        items.length === 1
          ? t`“${truncateName(items[0]?.name ?? '')}” is deleted permanently`
          : t`${plural(items.length, { one: '# thing is deleted permanently', other: '# things are deleted permanently' })}`,
      ),
    empty: () => forGood(() => bin.empty(), t`The bin is empty now`),
  };
}
