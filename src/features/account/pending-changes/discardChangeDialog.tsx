import { Trans, useLingui } from '@lingui/react/macro';
import { useDependentChanges, type PendingItem } from '../../../data/outbox/usePendingChanges.ts';
import { ConfirmDialog } from '../../../ui/overlays/dialog.tsx';
import styles from './pendingChangeRow.module.css';
import { useChangeLabels } from './useChangeLabels.ts';

type Props = { item: PendingItem; name: string; what: string; onDrop: () => void; onKeep: () => void };

/** Dropping a change has no undo, and may take later ones along: all of them are named. */
export function DiscardChangeDialog({ item, name, what, onDrop, onKeep }: Props) {
  const { t } = useLingui();
  const wordsOf = useChangeLabels();
  const along = useDependentChanges(item.id).filter((other) => other.id !== item.id);
  return (
    <ConfirmDialog
      isOpen
      isDanger
      title={t`Drop this change of “${name}”?`}
      body={
        <>
          <Trans>“{what}” is forgotten and never sent.</Trans>
          {along.length > 0 && (
            <>
              {' '}
              <Trans>These go with it:</Trans>
              <span className={styles.along}>
                {along.map((other) => (
                  <span key={other.id}>
                    {other.subject} · {wordsOf(other.change)}
                  </span>
                ))}
              </span>
            </>
          )}
        </>
      }
      confirmLabel={t`Drop it`}
      cancelLabel={t`Keep it`}
      onConfirm={onDrop}
      onCancel={onKeep}
    />
  );
}
