import { useLingui } from '@lingui/react/macro';
import CloudOffIcon from 'lucide-react/icons/cloud-off';
import RetryIcon from 'lucide-react/icons/rotate-cw';
import XIcon from 'lucide-react/icons/x';
import { useUploadProgress } from '../../../../data/attachments/useUploadProgress.ts';
import { useRetryChange, useSyncStatus } from '../../../../data/outbox/usePendingChanges.ts';
import type { Attachment } from '../../../../domain/task/attachment.ts';
import { displayFileName } from '../../../../domain/task/fileName.ts';
import { Button, IconButton } from '../../../../ui/controls/button.tsx';
import { useDateLocale } from '../../../../ui/dates/useDateLocale.ts';
import { truncateName } from '../../../../ui/labels/truncateName.ts';
import { fileSizeLabel } from '../../../../ui/labels/fileSizeLabel.ts';
import { AttachmentIcon } from './attachmentIcon.tsx';
import { ItemDetails, LinkDetails } from './attachmentDetails.tsx';
import { AttachmentMenu } from './attachmentMenu.tsx';
import type { AttachmentRowProps } from '../attachmentsProps.ts';
import { parseWebUrl } from '../links/webUrl.ts';
import styles from './attachmentRow.module.css';

/** One attachment: its kind, its upload progress and its actions. */
export function AttachmentRow(props: AttachmentRowProps) {
  const { t } = useLingui();
  const retrying = useRetryChange();
  const { shown, onOpen, onRemove } = props;
  const { attachment, pendingState, changeId } = shown;
  const name = displayFileName(attachment.name, t`Attachment`);
  const shortName = truncateName(name);
  const isParked = pendingState === 'parked';
  // Offline, an upload waits inside its own retries without progress.
  const isOffline = useSyncStatus().state === 'offline';
  const progress = useUploadProgress(changeId);
  const isStopped = isParked || (pendingState === 'waiting' && progress > 0 && !isOffline);
  return (
    <li className={styles.row}>
      <AttachmentIcon {...props} isBad={isParked} />
      <span className={styles.text}>
        {pendingState === 'sending' && attachment.kind === 'file' && !isOffline ? (
          <Uploading name={name} progress={progress} onOpen={onOpen} attachment={attachment} />
        ) : (
          <>
            <Name name={name} attachment={attachment} onOpen={onOpen} />
            <Details {...props} progress={progress} />
          </>
        )}
      </span>
      {changeId !== null && !isStopped && (isOffline || pendingState === 'waiting') && (
        <span className={styles.state}>
          <CloudOffIcon aria-hidden />
        </span>
      )}
      {isStopped && changeId !== null && (
        <Button
          icon={<RetryIcon aria-hidden />}
          aria-label={t`Try again: ${shortName}`}
          onPress={() => retrying.mutate(changeId)}
        >{t`Try again`}</Button>
      )}
      {changeId === null ? (
        <AttachmentMenu {...props} name={name} />
      ) : (
        onRemove && <IconButton label={t`Cancel ${shortName}`} icon={<XIcon aria-hidden />} onPress={onRemove} />
      )}
    </li>
  );
}

type NameProps = { name: string; attachment: Attachment; onOpen: () => void };

/** A web link opens in a new tab; everything else opens in the viewer. */
function Name({ name, attachment, onOpen }: NameProps) {
  if (attachment.kind !== 'reference') {
    return (
      <button type="button" className={styles.name} onClick={onOpen}>
        <bdi>{name}</bdi>
      </button>
    );
  }
  const address = parseWebUrl(attachment.sourceUrl);
  return address === null ? (
    <bdi className={styles.name}>{name}</bdi>
  ) : (
    <a className={styles.name} href={address.href} target="_blank" rel="noopener noreferrer">
      <bdi>{name}</bdi>
    </a>
  );
}

function Uploading({ name, progress, attachment, onOpen }: NameProps & { progress: number }) {
  const { t } = useLingui();
  const locale = useDateLocale();
  const [done, total] = [fileSizeLabel(progress * attachment.size, locale), fileSizeLabel(attachment.size, locale)];
  const share = new Intl.NumberFormat(locale, { style: 'percent' }).format(progress);
  return (
    <>
      <span className={styles.line}>
        <Name name={name} attachment={attachment} onOpen={onOpen} />
        {progress > 0 && <span className={styles.share}>{share}</span>}
      </span>
      <progress
        className={styles.bar}
        aria-label={t`Sending ${truncateName(name)}`}
        max={1}
        value={progress > 0 ? progress : undefined}
      />
      <span className={styles.details}>{progress > 0 ? t`${done} of ${total}` : t`${total} · sending`}</span>
    </>
  );
}

function Details({ task, mailbox, shown, progress }: AttachmentRowProps & { progress: number }) {
  const { t } = useLingui();
  const locale = useDateLocale();
  const { state } = useSyncStatus();
  const { attachment, pendingState, failure } = shown;
  if (pendingState === 'parked') {
    const why = failure?.message ?? '';
    return <span className={styles.problem}>{why === '' ? t`Not sent` : t`Not sent: ${why}`}</span>;
  }
  if (attachment.kind === 'item') return <ItemDetails task={task} mailbox={mailbox} shown={shown} />;
  if (attachment.kind === 'reference') return <LinkDetails link={attachment} isWaiting={pendingState !== 'saved'} />;
  const size = fileSizeLabel(attachment.size, locale);
  if (pendingState === 'saved') return <span className={styles.details}>{size}</span>;
  if (progress > 0) {
    const share = new Intl.NumberFormat(locale, { style: 'percent' }).format(progress);
    return (
      <span className={styles.details}>
        {state === 'offline' ? t`Connection lost at ${share}. It continues from there.` : t`Stopped at ${share}`}
      </span>
    );
  }
  return <span className={styles.details}>{t`${size} · waiting to upload`}</span>;
}
