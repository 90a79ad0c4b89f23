import { useLingui } from '@lingui/react/macro';
import Calendar from 'lucide-react/icons/calendar';
import Check from 'lucide-react/icons/check';
import FolderIcon from 'lucide-react/icons/folder';
import Paperclip from 'lucide-react/icons/paperclip';
import Pencil from 'lucide-react/icons/pencil';
import Plus from 'lucide-react/icons/plus';
import Trash from 'lucide-react/icons/trash-2';
import TriangleAlert from 'lucide-react/icons/triangle-alert';
import Undo from 'lucide-react/icons/undo-2';
import { useState } from 'react';
import { Link } from 'react-router';
import type { ReactNode } from 'react';
import { useUploadProgress } from '../../../data/attachments/useUploadProgress.ts';
import { useReportNotSaved } from '../../../data/commandReport.tsx';
import { useRecreateTask, useConflict } from '../../../data/tasks/useConflict.ts';
import { useDiscardChange, useRetryChange, type PendingItem } from '../../../data/outbox/usePendingChanges.ts';
import { useToday } from '../../../data/account/useTimeZone.ts';
import type { Change } from '../../../domain/changes/change.ts';
import { appUrls } from '../../../domain/urls/appUrls.ts';
import { dateOf } from '../../../domain/time/time.ts';
import { Button, IconButton } from '../../../ui/controls/button.tsx';
import { clockLabel, dateLabel } from '../../../ui/labels/dateLabels.ts';
import { useDateLocale } from '../../../ui/dates/useDateLocale.ts';
import { toasts } from '../../../ui/feedback/toast.tsx';
import { truncateName } from '../../../ui/labels/truncateName.ts';
import { ConflictChoice } from './conflictChoice.tsx';
import { DiscardChangeDialog } from './discardChangeDialog.tsx';
import { useChangeLabels } from './useChangeLabels.ts';
import { useFailureLabels } from './useFailureLabels.ts';

import styles from './pendingChangeRow.module.css';

type Props = {
  item: PendingItem;
  /** The service asked for a pause: started changes wait, too. */
  isHeldBack?: boolean;
};

/** One change: what it was, when it was made, and its actions. */
export function PendingChangeRow({ item, isHeldBack = false }: Props) {
  const { t } = useLingui();
  const locale = useDateLocale();
  const { today, zone } = useToday();
  const wordsOf = useChangeLabels();
  const failureWords = useFailureLabels();
  const retry = useRetryChange();
  const drop = useDiscardChange();
  const conflict = useConflict(item);
  const recreate = useRecreateTask(item);
  const [isAsking, setIsAsking] = useState(false);

  const madeOn = dateOf(item.madeAt, zone);
  const made = madeOn === today ? clockLabel(item.madeAt, zone, locale) : dateLabel(madeOn, today, locale);
  const name = item.subject === '' ? t`Task without a subject` : truncateName(item.subject);
  const isParked = item.state === 'parked';
  const place = placeOf(item.change);
  const percent = Math.floor(useUploadProgress(item.id) * 100);
  const sent = percent === 0 ? null : t`${percent}% sent`;
  const reportNotSaved = useReportNotSaved();
  const failedToReach = () =>
    toasts.show({ kind: 'error', text: t`“${name}” could not be restored. Try again when you are online.` });
  const dropNow = () => drop.mutate(item.id, { onError: reportNotSaved });

  return (
    <div className={styles.row} data-parked={isParked || undefined}>
      <span className={styles.tile} aria-hidden>
        {isParked ? <TriangleAlert /> : iconOf(item.change)}
      </span>
      <div className={styles.text}>
        <p className={styles.name}>{name}</p>
        <p className={styles.details}>
          {wordsOf(item.change)} · {item.state !== 'sending' ? made : (sent ?? (isHeldBack ? made : t`sending now`))}
        </p>
        {item.failure !== undefined && <p className={styles.reason}>{failureWords(item.failure)}</p>}
      </div>
      {isParked && (
        <div className={styles.actions}>
          {recreate !== undefined && (
            <Button
              variant="secondary"
              aria-label={t`Restore: ${name}`}
              onPress={() => void recreate().catch(failedToReach)}
            >{t`Restore`}</Button>
          )}
          {conflict === null && recreate === undefined && (
            <Button
              variant="secondary"
              aria-label={t`Try again: ${name}`}
              isBusy={retry.isPending}
              onPress={() => retry.mutate(item.id, { onError: reportNotSaved })}
            >{t`Try again`}</Button>
          )}
          {place !== null && (
            <Link to={place} className={styles.open} aria-label={t`Open: ${name}`}>
              {t`Open`}
            </Link>
          )}
          <Button
            variant="quiet"
            aria-label={t`Discard: ${name}`}
            onPress={() => setIsAsking(true)}
          >{t`Discard`}</Button>
        </div>
      )}
      {conflict !== null && <ConflictChoice conflict={conflict} name={name} onFailed={reportNotSaved} />}
      {item.state === 'waiting' && (
        <IconButton
          label={t`Undo: ${name}`}
          icon={<Undo aria-hidden />}
          // Discarding a delete loses nothing; anything else may hold text stored nowhere else.
          onPress={item.change.kind === 'deleteTask' ? dropNow : () => setIsAsking(true)}
        />
      )}
      {isAsking && (
        <DiscardChangeDialog
          item={item}
          name={name}
          what={wordsOf(item.change)}
          onDiscard={() => {
            setIsAsking(false);
            dropNow();
          }}
          onKeep={() => setIsAsking(false)}
        />
      )}
    </div>
  );
}

/** The page where the text of a change can be edited. */
function placeOf(change: Change): string | null {
  const { mailbox, id } = change;
  if (
    change.kind.endsWith('Group') ||
    change.kind.endsWith('Category') ||
    change.kind === 'deleteFolder' ||
    change.kind === 'deleteTask'
  )
    return null;
  if (!('folderId' in change)) return appUrls.folder({ mailbox, id });
  const folderId = change.kind === 'moveTask' ? change.toFolderId : change.folderId;
  return appUrls.task({ mailbox, id: folderId }, 'taskId' in change ? change.taskId : id);
}

function iconOf(change: Change): ReactNode {
  switch (change.kind) {
    case 'completeTask':
      return <Check />;
    case 'createTask':
    case 'createCategory':
      return <Plus />;
    case 'deleteTask':
    case 'deleteFolder':
    case 'deleteGroup':
    case 'deleteCategory':
      return <Trash />;
    case 'addAttachment':
    case 'removeAttachment':
      return <Paperclip />;
    case 'restoreTask':
    case 'restoreFolder':
    case 'undoComplete':
      return <Undo />;
    case 'moveTask':
    case 'createFolder':
    case 'moveFolder':
    case 'createGroup':
      return <FolderIcon />;
    case 'updateTask':
      return change.patch.due === undefined && change.patch.start === undefined ? <Pencil /> : <Calendar />;
    default:
      return <Pencil />;
  }
}
