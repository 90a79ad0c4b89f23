import { useLingui } from '@lingui/react/macro';
import { useAttachedItem } from '../../../../data/attachments/useAttachmentContent.ts';
import type { Attachment } from '../../../../domain/task/attachment.ts';
import type { RowProps } from './attachmentRow.tsx';
import { useItemWords } from '../preview/itemLabels.ts';
import { useLinkWords } from '../links/linkLabels.ts';
import { webAddress } from '../links/webUrl.ts';
import styles from './attachmentRow.module.css';

/** `Event · Tue 17 Mar 10:00–11:00 · Mill Lane 4`. */
export function AboutItem(props: Pick<RowProps, 'task' | 'mailbox' | 'shown'>) {
  const { t } = useLingui();
  const { content, failure } = useAttachedItem(props);
  const { inShort } = useItemWords();
  const words =
    content === undefined ? [failure === null ? t`Event, message or contact` : t`Not read yet`] : inShort(content);
  const isWaiting = props.shown.pendingState !== 'saved';
  return <span className={styles.about}>{[...words, ...(isWaiting ? [t`waiting to send`] : [])].join(' · ')}</span>;
}

/** `drive.example · Link to a folder · people can view`: where it leads comes first, and whole. */
export function AboutLink({
  link,
  isWaiting,
}: {
  link: Extract<Attachment, { kind: 'reference' }>;
  isWaiting: boolean;
}) {
  const { t } = useLingui();
  const { kindOf, permissionOf } = useLinkWords();
  const host = webAddress(link.sourceUrl)?.host;
  const words = [
    host ?? t`Its address cannot be opened`,
    kindOf(link),
    permissionOf(link.permission),
    isWaiting ? t`waiting to send` : '',
  ];
  return <span className={`${styles.about} ${styles.whole}`}>{words.filter((word) => word !== '').join(' · ')}</span>;
}
