import CalendarIcon from 'lucide-react/icons/calendar';
import CloudIcon from 'lucide-react/icons/cloud';
import FileIcon from 'lucide-react/icons/file';
import FileTextIcon from 'lucide-react/icons/file-text';
import FilmIcon from 'lucide-react/icons/film';
import ImageIcon from 'lucide-react/icons/image';
import MailIcon from 'lucide-react/icons/mail';
import MusicIcon from 'lucide-react/icons/music';
import ClipIcon from 'lucide-react/icons/paperclip';
import AlertIcon from 'lucide-react/icons/triangle-alert';
import UserIcon from 'lucide-react/icons/user-round';
import { useAttachmentItem } from '../../../../data/attachments/useAttachmentContent.ts';
import type { AttachmentRowProps } from '../attachmentsProps.ts';
import { previewKind } from '../preview/previewKind.ts';
import styles from './attachmentRow.module.css';

const fileIcons = {
  image: ImageIcon,
  audio: MusicIcon,
  video: FilmIcon,
  pdf: FileTextIcon,
  text: FileTextIcon,
} as const;
const itemIcons = { event: CalendarIcon, message: MailIcon, contact: UserIcon } as const;

type Props = Pick<AttachmentRowProps, 'task' | 'mailbox' | 'shown'> & { isBad: boolean };

export function AttachmentIcon(props: Props) {
  const { attachment } = props.shown;
  if (props.isBad) {
    return (
      <span className={`${styles.thumb} ${styles.error}`} aria-hidden>
        <AlertIcon />
      </span>
    );
  }
  if (attachment.kind === 'item') return <ItemIcon {...props} />;
  const kind = attachment.kind === 'file' ? previewKind(attachment.name, attachment.contentType)?.kind : undefined;
  const Icon = attachment.kind === 'reference' ? CloudIcon : kind === undefined ? FileIcon : fileIcons[kind];
  return (
    <span className={styles.thumb} aria-hidden>
      <Icon />
    </span>
  );
}

function ItemIcon(props: Props) {
  const { content } = useAttachmentItem(props);
  const Icon = content === undefined ? ClipIcon : itemIcons[content.kind];
  return (
    <span className={styles.thumb} aria-hidden>
      <Icon />
    </span>
  );
}
