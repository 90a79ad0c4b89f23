import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import Check from 'lucide-react/icons/check';
import CloudOff from 'lucide-react/icons/cloud-off';
import LoaderCircle from 'lucide-react/icons/loader-circle';
import TriangleAlert from 'lucide-react/icons/triangle-alert';
import { Link } from 'react-router';
import { useUnsentAttachments } from '../../data/attachments/useAttachments.ts';
import { useSyncStatus } from '../../data/outbox/usePendingChanges.ts';
import { useDeps } from '../../data/dataProvider.tsx';
import { useToday } from '../../data/account/useTimeZone.ts';
import { useAuthors } from '../../data/sharing/useTaskAuthors.ts';
import type { PendingState } from '../../domain/listing/listing.ts';
import { appUrls } from '../../domain/urls/appUrls.ts';
import { isSameEmailAddress } from '../../domain/task/folderSharing.ts';
import type { Mailbox, Task } from '../../domain/task/task.ts';
import { dateOf } from '../../domain/time/time.ts';
import { clockLabel, dateLabel } from '../../ui/labels/dateLabels.ts';
import { useDateLocale } from '../../ui/dates/useDateLocale.ts';
import { truncateName } from '../../ui/labels/truncateName.ts';
import type { AutosaveState } from './editing/useAutosave.ts';
import styles from './editorFooter.module.css';

type Props = { mailbox: Mailbox; task: Task; pendingState: 'saved' | PendingState; typing: AutosaveState };

/** Where the words are now, and when the task was made and changed. */
export function EditorFooter({ mailbox, task, pendingState, typing }: Props) {
  const { t } = useLingui();
  const locale = useDateLocale();
  const { today, zone } = useToday();
  const { state } = useSyncStatus();
  const author = useAuthor(mailbox, task);
  const attached = useUnsentAttachments(task);
  const isHeld = state === 'offline' || state === 'signIn';

  if (typing === 'stuck') {
    return (
      <footer className={styles.foot}>
        <span className={styles.amber}>
          <TriangleAlert aria-hidden />
          {t`Not saved`}
        </span>
      </footer>
    );
  }
  if (pendingState === 'parked' || attached.isParked) {
    return (
      <footer className={styles.foot}>
        <span className={styles.amber} role="status">
          <TriangleAlert aria-hidden />
          {t`Not sent`}
        </span>
        <Link to={appUrls.waiting()} className={styles.link}>{t`Not synced yet`}</Link>
      </footer>
    );
  }
  if (isHeld && (pendingState !== 'saved' || attached.count > 0) && typing === 'none') {
    return (
      <footer className={styles.foot}>
        <span role="status" className={styles.state}>
          <CloudOff aria-hidden />
          {t`Saved on this device`}
        </span>
        <span>{state === 'offline' ? t`Sends when you are back online` : t`Sends when you are signed in`}</span>
      </footer>
    );
  }
  const isSaving = typing === 'open' || pendingState !== 'saved';
  const isSending = !isSaving && attached.count > 0;
  const created = dateLabel(dateOf(task.createdAt, zone), today, locale);
  const changedOn = dateOf(task.modifiedAt, zone);
  const changed = changedOn === today ? clockLabel(task.modifiedAt, zone, locale) : dateLabel(changedOn, today, locale);
  return (
    <footer className={styles.foot}>
      <span className={styles.state}>
        {isSaving || isSending ? <LoaderCircle aria-hidden /> : <Check aria-hidden />}
        <span>
          {isSending
            ? t`${plural(attached.count, { one: 'Sending # attachment', other: 'Sending # attachments' })}`
            : isSaving
              ? t`Saving`
              : t`Saved`}
        </span>
      </span>
      <span>{author === null ? t`Created ${created} · changed ${changed}` : t`Changed by ${author}, ${changed}`}</span>
    </footer>
  );
}

/** Who changed the task last, where others could have; null where there is nobody else, or before the service has told. */
function useAuthor(mailbox: Mailbox, task: Task): string | null {
  const { t } = useLingui();
  const { session } = useDeps();
  const person = useAuthors(mailbox, task)?.modifiedBy;
  if (person === undefined || person === null) return null;
  return isSameEmailAddress(person.address, session.account.address)
    ? t`you`
    : truncateName(person.name || person.address);
}
