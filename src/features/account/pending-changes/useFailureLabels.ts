import { useLingui } from '@lingui/react/macro';
import type { PendingItem } from '../../../data/outbox/usePendingChanges.ts';

type Failure = NonNullable<PendingItem['failure']>;

/** Why a change was not sent, and what that means (docs/design.md#wording). */
export function useFailureLabels(): (failure: Failure) => string {
  const { t } = useLingui();
  return (failure) => {
    if (failure.mayHaveArrived === true) return t`It may have arrived: check the task before you try again.`;
    switch (failure.kind) {
      case 'changed':
        return t`Changed elsewhere. Choose what to keep; nothing is lost until you do.`;
      case 'missing':
        return t`It was deleted elsewhere.`;
      case 'refused':
        if (failure.code === 'ErrorQuotaExceeded')
          return t`The mailbox is full. Delete what is not needed, empty the Bin, then try again.`;
        if (failure.code === 'ErrorInsufficientResources')
          return t`The server’s disk is full. Your change is safe here; try again later.`;
        return t`The server refused it: ${failure.message}`;
      default:
        return t`The server answered with an error. Your change is safe here.`;
    }
  };
}
