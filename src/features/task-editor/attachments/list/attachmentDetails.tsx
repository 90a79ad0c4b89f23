import { useLingui } from '@lingui/react/macro';
import { useAttachmentItem } from '../../../../data/attachments/useAttachmentContent.ts';
import type { Attachment } from '../../../../domain/task/attachment.ts';
import type { AttachmentRowProps } from '../attachmentsProps.ts';
import { useItemLabels } from '../preview/itemLabels.ts';
import { useLinkLabels } from '../links/linkLabels.ts';
import { parseWebUrl } from '../links/webUrl.ts';
import styles from './attachmentRow.module.css';

/** `Event · Tue 17 Mar 10:00–11:00 · Mill Lane 4`. */
export function ItemDetails(props: Pick<AttachmentRowProps, 'task' | 'mailbox' | 'shown'>) {
  const { t } = useLingui();
  const { content, failure } = useAttachmentItem(props);
  const { summaryOf } = useItemLabels();
  const details =
    content === undefined ? [failure === null ? t`Event, message or contact` : t`Not read yet`] : summaryOf(content);
  const isWaiting = props.shown.pendingState !== 'saved';
  return <span className={styles.details}>{[...details, ...(isWaiting ? [t`not synced yet`] : [])].join(' · ')}</span>;
}

/** `drive.example · Link to a folder · people can view`: the host comes first and is never cut. */
export function LinkDetails({
  link,
  isWaiting,
}: {
  link: Extract<Attachment, { kind: 'reference' }>;
  isWaiting: boolean;
}) {
  const { t } = useLingui();
  const { kindOf, permissionOf } = useLinkLabels();
  const host = parseWebUrl(link.sourceUrl)?.host;
  const details = [
    host ?? t`Its address cannot be opened`,
    kindOf(link),
    permissionOf(link.permission),
    isWaiting ? t`not synced yet` : '',
  ];
  return (
    <span className={`${styles.details} ${styles.wrapped}`}>{details.filter((part) => part !== '').join(' · ')}</span>
  );
}
