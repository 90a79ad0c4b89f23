import { Trans, useLingui } from '@lingui/react/macro';
import { useDependentChanges, type PendingItem } from '../../../data/outbox/usePendingChanges.ts';
import { ConfirmDialog } from '../../../ui/overlays/dialog.tsx';
import styles from './pendingChangeRow.module.css';
import { useChangeLabels } from './useChangeLabels.ts';

type Props = { item: PendingItem; name: string; what: string; onDiscard: () => void; onKeep: () => void };

/** Confirms discarding a change, which cannot be undone, and lists the dependent changes that go with it. */
export function DiscardChangeDialog({ item, name, what, onDiscard, onKeep }: Props) {
  const { t } = useLingui();
  const wordsOf = useChangeLabels();
  const dependents = useDependentChanges(item.id).filter((other) => other.id !== item.id);
  return (
    <ConfirmDialog
      isOpen
      isDanger
      title={t`Discard this change to “${name}”?`}
      body={
        <>
          <Trans>“{what}” is discarded and will not be sent.</Trans>
          {dependents.length > 0 && (
            <>
              {' '}
              <Trans>These go with it:</Trans>
              <span className={styles.dependents}>
                {dependents.map((other) => (
                  <span key={other.id}>
                    {other.subject} · {wordsOf(other.change)}
                  </span>
                ))}
              </span>
            </>
          )}
        </>
      }
      confirmLabel={t`Discard it`}
      cancelLabel={t`Keep it`}
      onConfirm={onDiscard}
      onCancel={onKeep}
    />
  );
}
