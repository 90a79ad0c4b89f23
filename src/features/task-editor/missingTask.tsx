import { useLingui } from '@lingui/react/macro';
import { useFolder } from '../../data/folders/useFolders.ts';
import { useSyncStatus } from '../../data/outbox/usePendingChanges.ts';
import type { Place } from '../../domain/task/task.ts';
import { Button } from '../../ui/controls/button.tsx';
import { EmptyState } from '../../ui/feedback/emptyState.tsx';
import { truncateName } from '../../ui/labels/truncateName.ts';
import { EditorToolbar } from './editorToolbar.tsx';
import styles from './missingTask.module.css';

type Props = {
  isPending: boolean;
  /** The subject that stood here before it went. */
  seen: string | undefined;
  folder: Place | undefined;
  isSheet: boolean;
  onClose: () => void;
};

/** No task to show: it is still being read, was never on this device, or is gone. */
export function MissingTask({ isPending, seen: last, folder, isSheet, onClose }: Props) {
  const { t } = useLingui();
  const { state } = useSyncStatus();
  const place = folder ?? { mailbox: 'me', id: '' };
  const found = useFolder(place);
  const seen = last === undefined ? undefined : truncateName(last);
  const isOffline = state === 'offline';
  const isUnread = isOffline && seen === undefined;
  return (
    <div className={styles.missing} data-task-editor tabIndex={-1}>
      <EditorToolbar place={place} folder={found} isSheet={isSheet} onClose={onClose} />
      {isPending && !isOffline && seen === undefined ? (
        <Skeleton />
      ) : (
        <div className={styles.message}>
          <EmptyState
            art={isUnread ? 'offline' : 'broken'}
            title={
              isUnread
                ? t`Not on this device yet`
                : seen === undefined
                  ? t`This task is not here`
                  : t`“${seen}” was deleted elsewhere`
            }
            text={
              isUnread
                ? t`Open it once while online to keep it available offline.`
                : seen === undefined
                  ? t`It was deleted or moved elsewhere, or the link is not complete.`
                  : t`It is no longer in the mailbox.`
            }
          >
            <Button variant="secondary" onPress={onClose}>{t`Back to the list`}</Button>
          </EmptyState>
        </div>
      )}
    </div>
  );
}

function Skeleton() {
  const { t } = useLingui();
  return (
    <div className={styles.skeleton} role="status" aria-label={t`Loading the task`}>
      <span className={styles.subject} />
      <span className={styles.card} />
      <span className={styles.subjectLine} />
      <span className={styles.subjectLine} />
      <span className={styles.bodyLine} />
    </div>
  );
}
