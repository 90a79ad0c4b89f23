import { useLingui } from '@lingui/react/macro';
import AlertIcon from 'lucide-react/icons/triangle-alert';
import XIcon from 'lucide-react/icons/x';
import { maxFileSize } from '../../../../domain/task/attachment.ts';
import { Button, IconButton } from '../../../../ui/controls/button.tsx';
import { useDateLocale } from '../../../../ui/dates/useDateLocale.ts';
import { truncateName } from '../../../../ui/labels/truncateName.ts';
import { fileSizeLabel } from '../../../../ui/labels/fileSizeLabel.ts';
import type { RejectedFile } from '../add/useAddFiles.ts';
import styles from './attachmentRow.module.css';

type Props = {
  rejected: RejectedFile;
  quota: { used: number; limit: number } | null;
  onLink: () => void;
  onDismiss: () => void;
};

/** A file that could not be attached and why; a link to it may be attached instead. */
export function RejectedFileRow({ rejected, quota, onLink, onDismiss }: Props) {
  const { t } = useLingui();
  const locale = useDateLocale();
  const { name, size, reason } = rejected;
  const [has, most] = [fileSizeLabel(size, locale), fileSizeLabel(maxFileSize, locale)];
  const left = fileSizeLabel(quota === null ? 0 : Math.max(0, quota.limit - quota.used), locale);
  const messages: Record<RejectedFile['reason'], string> = {
    size: t`${has} is over the ${most} limit`,
    quota: t`${has}, and the mailbox has ${left} left`,
    folder: t`A folder cannot be attached; its files can`,
    device: t`No storage left on this device to keep it until it is sent`,
  };
  return (
    <li className={styles.row}>
      <span className={`${styles.thumb} ${styles.error}`} aria-hidden>
        <AlertIcon />
      </span>
      <span className={styles.text}>
        <bdi className={styles.name}>{name}</bdi>
        <span className={styles.problem}>{messages[reason]}</span>
      </span>
      {reason !== 'device' && <Button onPress={onLink}>{t`Add as link`}</Button>}
      <IconButton label={t`Dismiss ${truncateName(name)}`} icon={<XIcon aria-hidden />} onPress={onDismiss} />
    </li>
  );
}
